"""Read the adaptability ledger of CVs: dated, quoted facts, one row an event or a claim.

The rows are quoted facts of a CV, no measure of a personality; never show them as one.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema.words import DIMENSIONS
from models.adaptability.career import career_events
from models.adaptability.ledger import LEDGER
from models.adaptability.reader import Reader
from models.adaptability.sentences import sentence_spans, tidy

Embed: TypeAlias = Callable[[Sequence[str]], NDArray[np.floating]]
"""Vectors of kind "passage", one row a text, of the encoder that the reader was fitted on."""

TELLING_SECTIONS: Final = (
    "summary",
    "experience",
    "projects",
    "education",
    "certifications",
    "other",
)
STRENGTH: Final = {1: 0.1, 2: 0.25, 3: 1.0}
"""Of an evidence level, before the certainty that the sentence was read rightly."""


def read_events(
    documents: pl.DataFrame,
    passages: pl.DataFrame,
    reader: Reader,
    embed: Embed,
    experiences: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Return the adaptability table: one row a sentence that tells an event or claims a quality.

    With `experiences` the career itself is read as well (`career.career_events`).

    Only sentences whose wording could tell are embedded (`Reader.worth_embedding`). A sentence that
    a CV repeats counts once. `date` is the last day of the experience that tells it, of a running
    one its first; null outside experiences.
    """
    told = _told(cut_sentences(documents, passages), reader, embed)
    if experiences is None:
        return told
    return pl.concat([told, career_events(documents, experiences)])


def _told(sentences: pl.DataFrame, reader: Reader, embed: Embed) -> pl.DataFrame:
    sentences = sentences.filter(pl.Series(reader.worth_embedding(sentences["tidy"].to_list())))
    if sentences.is_empty():
        return pl.DataFrame(schema=LEDGER)
    texts = sentences["tidy"].to_list()
    reading = reader.read(texts, np.asarray(embed(texts), dtype=np.float32))
    certainty = np.where(reading.evidence_level > 1, reading.told, reading.claimed)
    strength = np.array([0.0, *STRENGTH.values()])[reading.evidence_level]
    return (
        sentences.with_columns(
            dimension=pl.Series(np.array(DIMENSIONS)[reading.dimension]),
            level=pl.Series(certainty * strength).round(4),
            evidence_level=pl.Series(reading.evidence_level),
            date=pl.coalesce("end", "start"),
        )
        .filter(pl.col("evidence_level") > 0)
        .select(LEDGER.keys())
    )


def cut_sentences(documents: pl.DataFrame, passages: pl.DataFrame) -> pl.DataFrame:
    """Return the distinct telling sentences: candidate_id, quote, tidy, start, end."""
    rows = [
        (row["candidate_id"], row["text"][first:last], row["start"], row["end"])
        for row in passages.filter(pl.col("section").is_in(TELLING_SECTIONS))
        .join(documents.select("candidate_id"), on="candidate_id", how="semi")
        .iter_rows(named=True)
        for first, last in sentence_spans(row["text"])
    ]
    schema = {"candidate_id": pl.String, "quote": pl.String, "start": pl.Date, "end": pl.Date}
    sentences = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        tidy=pl.Series([tidy(row[1]) for row in rows], dtype=pl.String)
    )
    return sentences.unique(["candidate_id", "tidy"], keep="first", maintain_order=True)
