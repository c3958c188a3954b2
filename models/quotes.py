"""The passages that carry a requirement, as exact quotes with their place in the CV."""

import re
from collections.abc import Sequence, Set
from functools import cache, partial
from typing import Any

import numpy as np
import polars as pl

from models.bm25 import Floats
from models.coverage import TOP
from models.matching import Matches
from models.terms import query_terms
from models.tokens import tokenise

_LONGEST = 300  # characters of a quote
_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\[yr\]")  # or its mask
_SENTENCE = re.compile(r"[^.!?\n•]+[.!?]?")

Sentence = tuple[int, int, frozenset[str], bool]  # start, end, terms, whether it names a year

SCHEMA = {
    "brief_id": pl.String,
    "candidate_id": pl.String,
    "requirement": pl.Int32,
    "quote": pl.String,
    "section": pl.String,
    "start": pl.Date,
    "end": pl.Date,
    "evidence_level": pl.Int8,
    "coverage": pl.Float32,
    "passage": pl.Int32,
    "start_char": pl.Int64,
    "end_char": pl.Int64,
    "similarity": pl.Float32,
}


def evidence(matches: Matches, brief_id: str, candidate_id: str, *, top: int = TOP) -> pl.DataFrame:
    """The `top` passages of a candidate for each requirement of a brief, the best first.

    Columns as in `SCHEMA`: `quote` is an exact substring of the document, `coverage` that of the
    whole requirement, `similarity` the fused score of the passage.
    """
    ground, context = matches.ground, matches.by_brief[brief_id].context
    place = ground.places[candidate_id]
    language = ground.languages[ground.groups[place]]
    mine = np.arange(ground.bounds[place], ground.bounds[place + 1])
    near = ground.fetch(mine) @ matches.queries[language].T
    passages = ground.pool.passages[ground.passages[mine]].with_columns(level=ground.evidence[mine])
    told, cut = passages.rows(named=True), cache(partial(_sentences, language=language))
    rows = []
    for column, requirement in enumerate(context.requirements.iter_rows(named=True)):
        terms = frozenset(query_terms(requirement["text"], requirement["language"], language))
        scores: Floats = near[:, requirement["row"]]
        for best in np.argsort(-np.round(scores, 5), kind="stable")[:top]:
            passage = told[int(best)]
            rows.append(
                {
                    **_quote(passage, cut(passage["text"]), terms),
                    "brief_id": brief_id,
                    "candidate_id": candidate_id,
                    "requirement": requirement["requirement"],
                    "coverage": float(context.coverage[place, column]),
                    "similarity": round(float(scores[best]), 5),
                }
            )
    return pl.DataFrame(rows, schema=SCHEMA)


def _sentences(text: str, language: str) -> list[Sentence]:
    spans = [m.span() for m in _SENTENCE.finditer(text) if m.group().strip()] or [(0, len(text))]
    return [
        (a, b, frozenset(tokenise(text[a:b], language)), bool(_YEAR.search(text[a:b])))
        for a, b in spans
    ]


def _quote(
    passage: dict[str, Any], sentences: Sequence[Sentence], terms: Set[str]
) -> dict[str, Any]:
    """The sentence of a passage that shares most terms with the requirement, cut if too long.

    One with a year, mostly a line of title and dates, counts a term less; of equals, the longest.
    """
    text = passage["text"]
    start, end, _, _ = max(sentences, key=lambda s: (len(terms & s[2]) - s[3], s[1] - s[0], -s[0]))
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start : min(end, start + _LONGEST)].rstrip())
    return {
        "quote": text[start:end],
        "section": passage["section"],
        "start": passage.get("start"),
        "end": passage.get("end"),
        "evidence_level": passage["level"],
        "passage": passage["passage"],
        "start_char": passage["start_char"] + start,
        "end_char": passage["start_char"] + end,
    }
