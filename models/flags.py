"""What a recruiter should know of a pair before the score: flags, never penalties."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.echoes import strewn_terms
from models.levels import responsibility
from models.matching import Match, Matches
from models.overlap import FLAG, repeats, told_title
from models.pool import Ground
from models.profiles import wording
from models.tokens import tokenise

PASTED = "pasted_brief"
"""The flag of a CV that was written to the brief: in part copied, or strewn with its words."""
_ABOVE = 2  # steps of responsibility above the brief's title that are flagged
_COLUMNS = ("candidate_id", "flag", "brief_id", "detail")


def pair_flags(matches: Matches) -> pl.DataFrame:
    """Flags `pasted_brief` and `over_qualified`: candidate_id, flag, brief_id, detail."""
    rows: list[tuple[str, str, str, str | None]] = []
    for brief_id, one in matches.by_brief.items():
        ids = matches.ground.ids
        rows += [(ids[i], PASTED, brief_id, _share(one.copied[i])) for i in pasted(one)]
        rows += [(ids[i], "over_qualified", brief_id, None) for i in over_qualified(one)]
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def pasted(one: Match) -> list[int]:
    """The candidates whose CV repeats the brief: in sentences, in passages, in words, in its title.

    Each of them is what hardly any honest CV does (`models.overlap`, `models.echoes`).
    """
    context = one.context
    texts = wording(context.brief, context.requirements)
    strewn = np.zeros(context.size, np.bool_)
    for target in context.ground.languages:
        rows = context.ground.rows(target)
        words = context.ground.words
        language = context.brief.get("language") or "en"
        found = strewn_terms(context.ground.topics.index, words, texts, language, target)
        strewn[rows] = found[rows]
    copied = np.flatnonzero((one.copied >= FLAG) | strewn)
    titled = _claimants(context.ground, context.brief["title"])
    return sorted({*copied.tolist(), *one.echoes, *titled})


def over_qualified(one: Match) -> NDArray[np.int64]:
    """The candidates whose latest roles carry clearly more than the title of the brief does."""
    context = one.context
    lately = context.ground.roles.lately(context.size)
    return np.flatnonzero(lately >= responsibility(context.brief["title"]) + _ABOVE)


def _share(copied: np.float32) -> str | None:
    """How much of the brief was copied; nothing where its terms were only strewn."""
    return f"{copied:.0%}" if copied >= FLAG else None


def _claimants(ground: Ground, title: str) -> list[int]:
    """The candidates whose CV names the title word for word with what the client added to it."""
    told = told_title(title)
    if told is None:
        return []
    vocabulary, named = ground.topics.index.vocabulary, np.zeros(len(ground.ids), np.bool_)
    for language in ground.languages:
        terms = set(tokenise(title, language))
        known = [vocabulary[term] for term in terms & vocabulary.keys()]
        hits = np.bincount(ground.words[known].indices, minlength=len(ground.ids))
        rows = ground.rows(language)
        named[rows] = hits[rows] >= len(terms)
    ids = [ground.ids[place] for place in np.flatnonzero(named)]
    texts = ground.pool.documents.filter(pl.col("candidate_id").is_in(ids))
    return [
        ground.places[candidate]
        for candidate, text in texts["candidate_id", "text"].iter_rows()
        if repeats(told, text)
    ]
