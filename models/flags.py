"""What a recruiter should know of a pair before the score: flags, never penalties."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.levels import responsibility
from models.matching import Match, Matches
from models.overlap import FLAG

_ABOVE = 2  # steps of responsibility above the brief's title that are flagged
_COLUMNS = ("candidate_id", "flag", "brief_id", "detail")


def pair_flags(matches: Matches) -> pl.DataFrame:
    """Flags `pasted_brief` and `over_qualified`: candidate_id, flag, brief_id, detail."""
    rows: list[tuple[str, str, str, str | None]] = []
    for brief_id, one in matches.by_brief.items():
        ids = matches.ground.ids
        pasted = sorted({*np.flatnonzero(one.copied >= FLAG).tolist(), *one.echoes})
        rows += [(ids[i], "pasted_brief", brief_id, _share(one.copied[i])) for i in pasted]
        rows += [(ids[i], "over_qualified", brief_id, None) for i in over_qualified(one)]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _share(copied: np.float32) -> str | None:
    """How much of the brief was copied; nothing where its terms were only strewn."""
    return f"{copied:.0%}" if copied >= FLAG else None


def over_qualified(one: Match) -> NDArray[np.int64]:
    """The candidates whose latest roles carry clearly more than the title of the brief does."""
    context = one.context
    lately = context.ground.roles.lately(context.size)
    return np.flatnonzero(lately >= responsibility(context.brief["title"]) + _ABOVE)
