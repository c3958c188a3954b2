"""The inbox and the CVs as they stood on an earlier day, as far as an export can tell.

An export holds the latest state of a candidate. What carries a date is taken back to the day. Of
a candidate updated since, the columns that move with every update are unknown, and so is the
undated text that sums up a career; the other undated text (skills, education, languages) is kept,
less what names a later year. A role running on the day keeps its whole text: an export cannot
tell which of its lines were written later.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from data.inbox import Inbox
from data.known import known_at
from pipeline.stages.intake import Reading

MOVING: Final = (
    "headline",
    "max_distance_km",
    "work_modes",
    "available_from",
    "day_rate_eur",
    "sectors",
    "licences",
)
"""Columns of a candidate that an update may change; languages, country and place hardly do."""
_YEAR: Final = r"\b20\d\d\b"
_LETTER: Final = re.compile(r"[^\n]")
_SPAN: Final = ("candidate_id", "start_char", "end_char")


def inbox_of(inbox: Inbox, day: date) -> Inbox:
    """The inbox as known on a day, without what a later update may have written."""
    known = known_at(inbox, day)
    kept = ~_updated_later(day)
    candidates = known.candidates.with_columns(
        pl.when(kept).then(pl.col(name)).alias(name) for name in MOVING
    )
    return replace(known, candidates=candidates.with_columns(updated_at=None, last_contact=None))


def reading_of(
    reading: Reading, candidates: pl.DataFrame, day: date, rewritten: tuple[str, ...]
) -> Reading:
    """What the CVs told on a day; all other text is blank, so that every span still holds.

    Args:
        reading: what they tell now.
        candidates: candidate_id, updated_at of now.
        day: the day.
        rewritten: sections whose undated text an update writes anew.
    """
    later = candidates.filter(_updated_later(day))["candidate_id"]
    touched = pl.col("candidate_id").is_in(later.implode()) & pl.col("start").is_null()
    years = pl.col("text").str.extract_all(_YEAR).list.eval(pl.element().cast(pl.Int32))
    foreseen = (years.list.max() > day.year).fill_null(value=False)
    unknown = touched & (foreseen | pl.col("section").is_in(rewritten))
    passages = _begun(reading.passages, day).filter(~unknown)
    experiences = _begun(reading.experiences, day)
    spans = [table.select(_SPAN) for table in (passages, experiences)]
    documents = _covered(reading.documents, pl.concat(spans, how="vertical_relaxed"))
    return replace(reading, documents=documents, passages=passages, experiences=experiences)


def _covered(documents: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """The documents with spaces where no span of `kept` stands; line breaks stay."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for candidate, start, end in kept.drop_nulls().iter_rows():
        spans.setdefault(candidate, []).append((start, end))
    texts = []
    for candidate, text in documents.select("candidate_id", "text").iter_rows():
        letters = list(_LETTER.sub(" ", text))
        for start, end in spans.get(candidate, ()):
            letters[start:end] = text[start:end]
        texts.append("".join(letters))
    return documents.with_columns(text=pl.Series(texts, dtype=pl.String))


def _updated_later(day: date) -> pl.Expr:
    return (pl.col("updated_at") > day).fill_null(value=True)


def _begun(table: pl.DataFrame, day: date) -> pl.DataFrame:
    """Rows that do not start after the day; what ends later is still running."""
    begun = table.filter((pl.col("start") <= day).fill_null(value=True))
    return begun.with_columns(end=pl.when(pl.col("end") <= day).then(pl.col("end")))
