"""The inbox and the CVs as they stood on an earlier day, as far as an export can tell.

An export holds the latest state of a candidate. What carries a date is taken back to the day. Of
a candidate updated since, the columns that move with every update are unknown, and so is the
undated text that sums up a career; the other undated text (skills, education, languages) is kept,
less what names a later year. A role running on the day keeps its whole text: an export cannot
tell which of its lines were written later.
"""

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from data.inbox import Inbox
from data.known import known_at
from pipeline.intake import Reading

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
    """What the CVs told on a day; text that came later is blank, so that every span still holds.

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
    gone = [
        now.join(then, on=["candidate_id", number], how="anti").select(*_SPAN)
        for now, then, number in (
            (reading.passages, passages, "passage"),
            (reading.experiences, experiences, "experience"),
        )
    ]
    documents = _blanked(reading.documents, pl.concat(gone, how="vertical_relaxed"))
    return replace(reading, documents=documents, passages=passages, experiences=experiences)


def _blanked(documents: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """The documents with spaces where the spans in `gone` stood."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for candidate, start, end in gone.drop_nulls().select(*_SPAN).iter_rows():
        spans.setdefault(candidate, []).append((start, end))
    texts = dict(documents.select("candidate_id", "text").iter_rows())
    for candidate, own in spans.items():
        letters = list(texts[candidate])
        for start, end in own:
            letters[start:end] = " " * (end - start)
        texts[candidate] = "".join(letters)
    return documents.with_columns(text=pl.Series(texts.values(), dtype=pl.String))


def _updated_later(day: date) -> pl.Expr:
    return (pl.col("updated_at") > day).fill_null(value=True)


def _begun(table: pl.DataFrame, day: date) -> pl.DataFrame:
    """Rows that do not start after the day; what ends later is still running."""
    begun = table.filter((pl.col("start") <= day).fill_null(value=True))
    return begun.with_columns(end=pl.when(pl.col("end") <= day).then(pl.col("end")))
