"""Attacks on real CVs that do not suit a brief, and flags on real CVs that nobody attacked."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from models.flags import PASTED, pair_flags
from pipeline.audit.attacks import ATTACKS
from pipeline.audit.red_team import attempt, gains, unsuited
from pipeline.audit.world import open_world
from pipeline.benchmarks.night_real import AS_OF, SETS
from pipeline.benchmarks.real_inbox import judgements, write_real_inbox
from pipeline.journal import Journal, Silence
from pipeline.nightly import rank
from pipeline.settings import Settings
from pipeline.trials.count import Count

REAL: Final = Path("../shared/datasets")
AT_MOST: Final = 0.01
"""Share of clean CVs that may be flagged for any of the judged briefs."""


def attacks_on_real_cvs(
    folder: Path, *, pool: int, each: int, seed: int, data: Path = REAL
) -> Iterator[Count]:
    """Every attack on `each` CVs judged to be unfit and as many of the lower half, a brief.

    `pool` real CVs, the judged ones first; `folder` keeps inbox and runs.
    """
    if not data.is_dir():
        yield Count(what="attacks on real CVs: skipped: no ../shared", tried=0, held=0)
        return
    graded = judgements(data)
    _write_inbox(data, folder / "inbox", graded, pool)
    settings, journal = Settings(), Journal(Silence())
    ranking = rank(folder / "inbox", folder / "runs", settings, AS_OF, journal)
    unfit = graded.filter(grade=0).join(ranking.longlist, on=["brief_id", "candidate_id"])
    judged = unfit.sort("brief_id", "candidate_id").group_by("brief_id", maintain_order=True)
    by_brief = {brief: own["candidate_id"].to_list() for (brief,), own in judged}
    draw = random.Random(seed)  # noqa: S311 - no secret
    wanted = [
        (name, brief, candidate)
        for name in ATTACKS
        for known in (by_brief, unsuited(ranking.longlist))
        for brief, names in known.items()
        for candidate in draw.sample(names, min(each, len(names)))
    ]
    for gain in gains(attempt(open_world(ranking), wanted, draw)):
        note = (
            f"{gain.pairs} pairs, first ten {gain.top_before:.1%}, attacked {gain.top_after:.1%}, "
            f"unflagged {gain.unseen:.1%}; flagged {gain.flagged:.1%}; {gain.places:+.1f} places"
        )
        what = f"real CVs, {gain.attack}: gains no first place, or is flagged"
        yield Count(what=what, tried=1, held=gain.passes, note=note)
    flags = pair_flags(ranking.matches).filter(flag=PASTED)
    share = flags["candidate_id"].n_unique() / ranking.reading.documents.height
    pairs = f"{flags.height} of {ranking.longlist.height} pairs"
    note = f"{share:.2%} of {ranking.reading.documents.height} CVs, {pairs}"
    yield Count(
        what="real CVs left alone are not flagged", tried=1, held=share <= AT_MOST, note=note
    )


def _write_inbox(data: Path, inbox: Path, graded: pl.DataFrame, pool: int) -> None:
    write_real_inbox(data, inbox, SETS["own language"])
    file = inbox / "candidates.jsonl"
    judged = set(graded["candidate_id"])
    rows = pl.read_ndjson(file, infer_schema_length=None)
    first = rows.filter(pl.col("candidate_id").is_in(list(judged)))
    rest = rows.filter(~pl.col("candidate_id").is_in(list(judged)))
    pl.concat([first, rest]).head(pool).write_ndjson(file)
