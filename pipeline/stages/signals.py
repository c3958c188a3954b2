"""The adaptability ledger of a night's pool, and how far it takes each candidate."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

import data.text
import models.adaptability
import models.gender
import models.levels
from data.durable import whole
from data.schema.words import DIMENSIONS
from models.adaptability.events import read_events
from models.adaptability.ledger import LEDGER
from models.adaptability.saved import load_reader
from models.adaptability.score import dimension_levels
from pipeline.stages.intake import Reading, code_version
from pipeline.stages.vectors import CachedEncoder, Done

_CVS: Final = 500  # read before the next are begun: bounds the memory, and what a kill can cost
_EVENT: Final = pl.Struct({name: kind for name, kind in LEDGER.items() if name != "candidate_id"})
_KEPT: Final = pl.Schema([("cv", pl.String()), ("events", pl.List(_EVENT))])


def read_ledger(
    reading: Reading, encoder: CachedEncoder, done: Done, folder: Path | None = None
) -> pl.DataFrame:
    """The adaptability events of every CV, as `data.schema` describes them.

    `folder` keeps what was read from night to night, under a hash of everything that it was read
    from, so that an unchanged CV costs a look-up.
    """
    if folder is None:
        return _read(reading, encoder, done)
    version = code_version(models.adaptability, models.gender, models.levels, data.text)
    file = folder / f"{encoder.id}_{version[:16]}.parquet"
    kept = pl.read_parquet(file) if file.is_file() else pl.DataFrame(schema=_KEPT)
    contents = _contents(reading)
    new = contents.join(kept, on="cv", how="anti").unique("cv", maintain_order=True)
    for part in new.iter_slices(_CVS):
        kept = pl.concat([kept, _read_new(reading, part, encoder, done)])
        _replace(file, kept)
    events = contents.join(kept, on="cv", how="left", maintain_order="left")
    rows = events.select("candidate_id", "events").explode("events").drop_nulls("events")
    return rows.unnest("events").select(LEDGER.keys())


def levels(events: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """candidate_id, dimension, level in [0, 1) of everybody with an event."""
    people = events["candidate_id"].unique().sort().to_list()
    columns = dict.fromkeys(DIMENSIONS, pl.Float64)
    table = pl.DataFrame(dimension_levels(events, people, as_of), schema=columns)
    return table.with_columns(candidate_id=pl.Series(people, dtype=pl.String)).unpivot(
        index="candidate_id", variable_name="dimension", value_name="level"
    )


def _read(reading: Reading, encoder: CachedEncoder, done: Done) -> pl.DataFrame:
    return read_events(
        reading.documents,
        reading.passages,
        load_reader(encoder.id),
        lambda texts: encoder.encode(texts, kind="passage", done=done),
        reading.experiences,
    )


def _read_new(
    reading: Reading, new: pl.DataFrame, encoder: CachedEncoder, done: Done
) -> pl.DataFrame:
    """cv, events (nested; null where nothing is told) of the candidates in `new`."""
    own = pl.col("candidate_id").is_in(new["candidate_id"].implode())
    part = replace(
        reading,
        documents=reading.documents.filter(own),
        passages=reading.passages.filter(own),
        experiences=reading.experiences.filter(own),
    )
    nested = (
        _read(part, encoder, done)
        .group_by("candidate_id", maintain_order=True)
        .agg(events=pl.struct(pl.exclude("candidate_id")))
    )
    rows = new.join(nested, on="candidate_id", how="left", maintain_order="left")
    return rows.select("cv", "events").cast(_KEPT)


def _contents(reading: Reading) -> pl.DataFrame:
    """candidate_id, cv: a hash of all that the events of a CV are read from."""
    table = reading.documents.select("candidate_id", "text")
    places = ["section", "start_char", "end_char", "start", "end"]
    for name, rows in (
        ("passages", reading.passages.select("candidate_id", *places)),
        ("experiences", reading.experiences),
    ):
        line = pl.concat_str(
            pl.exclude("candidate_id").cast(pl.String).fill_null("\1"), separator="\2"
        )
        told = rows.select("candidate_id", line.alias(name)).group_by("candidate_id")
        table = table.join(
            told.agg(pl.col(name).str.join("\3")),
            on="candidate_id",
            how="left",
            maintain_order="left",
        )
    hashes = [
        hashlib.blake2b(
            "\4".join(part or "" for part in parts).encode(), digest_size=16
        ).hexdigest()
        for parts in table.select("text", "passages", "experiences").iter_rows()
    ]
    return table.select("candidate_id", cv=pl.Series(hashes, dtype=pl.String))


def _replace(file: Path, table: pl.DataFrame) -> None:
    """Write the file whole; what other code or another encoder read is no longer kept."""
    with whole(file) as part:
        table.write_parquet(part)
    for other in file.parent.glob("*.parquet"):
        if other != file:
            other.unlink()
