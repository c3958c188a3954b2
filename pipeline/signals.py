"""The adaptability ledger of a night's pool, and how far it takes each candidate."""

from datetime import date

import polars as pl

from data.schema.words import DIMENSIONS
from models.adaptability.events import read_events
from models.adaptability.saved import load_reader
from models.adaptability.score import dimension_levels
from pipeline.intake import Reading
from pipeline.vectors import CachedEncoder, Done


def read_ledger(reading: Reading, encoder: CachedEncoder, done: Done) -> pl.DataFrame:
    """The adaptability events of every CV, as `data.schema` describes them."""
    return read_events(
        reading.documents,
        reading.passages,
        load_reader(encoder.id),
        lambda texts: encoder.encode(texts, kind="passage", done=done),
        reading.experiences,
    )


def levels(events: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """candidate_id, dimension, level in [0, 1) of everybody with an event."""
    people = events["candidate_id"].unique().sort().to_list()
    columns = dict.fromkeys(DIMENSIONS, pl.Float64)
    table = pl.DataFrame(dimension_levels(events, people, as_of), schema=columns)
    return table.with_columns(candidate_id=pl.Series(people, dtype=pl.String)).unpivot(
        index="candidate_id", variable_name="dimension", value_name="level"
    )
