"""Whole CVs beside a whole brief: topics that the two share, and words."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from models.bm25 import Floats
from models.echoes import Echoes
from models.pool import Ground
from models.scaling import standardise
from models.terms import query_terms
from models.topics import unit_rows

_FEEDBACK = 15  # CVs that a brief's topics are completed from
_FEEDBACK_TERMS = 10  # different terms of a brief that they weigh as much as


def brief_text(brief: Mapping[str, Any], requirements: pl.DataFrame) -> str:
    """What a brief wants, in one text: requirements, title and function (measured the best)."""
    return " ".join([*requirements["text"], title_of(brief)])


def wording(brief: Mapping[str, Any], requirements: pl.DataFrame) -> list[str]:
    """All that a client lets a candidate read of a brief: what somebody could copy."""
    return [*requirements["text"], brief.get("description") or "", title_of(brief)]


def title_of(brief: Mapping[str, Any]) -> str:
    """Title and function of a brief."""
    return " ".join(filter(None, [brief["title"], brief.get("function")]))


def whole_cvs(ground: Ground, text: str, language: str, coverage: Floats, echoes: Echoes) -> Floats:
    """Topic similarity (candidates,) of every whole CV to `text` in `language`.

    The topics of a short brief are completed by those of the CVs that suit it best so far
    (Rocchio 1971), a long one hardly; `coverage` (candidates,) and BM25 help to choose these.
    Passages that repeat the brief count for nothing, and CVs with such complete no brief.
    """
    profile, words = np.zeros((2, len(ground.ids)), np.float32)
    vectors, terms, profiles = {}, 1, ground.profiles_without(echoes)
    for target in ground.languages:
        rows = ground.rows(target)
        counts = ground.topics.index.query([query_terms(text, language, target)])
        vectors[target] = ground.topics.place(counts)[0]
        terms = max(terms, counts.nnz)
        profile[rows] = profiles[rows] @ vectors[target]
        words[rows] = (counts @ ground.words).toarray()[0, rows]
    so_far = standardise(np.column_stack([profile, words, coverage]), ground.groups).sum(axis=1)
    so_far[list(echoes)] = -np.inf
    share = min(1.0, _FEEDBACK_TERMS / terms)
    for target, vector in vectors.items():
        rows = ground.rows(target)
        if rows.size > _FEEDBACK:
            best = rows[np.argsort(-np.round(so_far[rows], 4), kind="stable")[:_FEEDBACK]]
            centre = unit_rows(profiles[best].mean(axis=0, keepdims=True))[0]
            completed = unit_rows((vector + share * centre)[None])[0]
            profile[rows] = profiles[rows] @ completed
    return profile


def named_words(ground: Ground, text: str, language: str) -> Floats:
    """BM25 (candidates,) of every CV for the words of `text`."""
    found = np.zeros(len(ground.ids), np.float32)
    for target in ground.languages:
        rows = ground.rows(target)
        counts = ground.topics.index.query([query_terms(text, language, target)])
        found[rows] = (counts @ ground.words).toarray()[0, rows]
    return found


def titles_of(briefs: pl.DataFrame) -> pl.DataFrame:
    """Text (title and function) and language of every brief, to be embedded as requirements are."""
    rows = [
        {"text": title_of(brief), "language": brief.get("language") or "en"}
        for brief in briefs.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema={"text": pl.String, "language": pl.String})
