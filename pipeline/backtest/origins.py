"""One origin of the backtest: the briefs of a day ranked with what was known on that day."""

import hashlib
import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

import data
import models
from data.inbox import Inbox
from data.schema.words import PAIR
from data.vocabulary import function_of
from models.adaptability.demand import overall_demand
from models.blend import ineligible
from models.levels import DIRECTOR, EXECUTIVE, MANAGER, responsibility
from models.weights.registry import read_champion
from pipeline.backtest import snapshot
from pipeline.backtest.snapshot import inbox_of, reading_of
from pipeline.benchmarks.baselines import bm25_run, encoder_run
from pipeline.engines.choice import open_engine
from pipeline.journal import Journal, Silence
from pipeline.nightly import Ranking, rank_read
from pipeline.settings import Settings
from pipeline.stages.intake import Reading, code_version, read_candidates
from pipeline.stages.vectors import CachedEncoder

_SENIORITY = {EXECUTIVE: "executive", DIRECTOR: "director", MANAGER: "manager"}
_PAIRS, _STOPPED = "pairs.parquet", "stopped.parquet"


@dataclass(frozen=True, kw_only=True)
class Past:
    """What every origin is made from; `reading` is what the CVs tell with all recorded roles."""

    folder: Path
    inbox: Inbox
    reading: Reading
    runs: Path
    settings: Settings
    encoder: CachedEncoder


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The briefs of one origin, ranked.

    `pairs` are the eligible: `evaluation.pairs.Pairs` less weights and labels. `stopped` has
    brief_id, candidate_id, gate: whom a gate kept out.
    """

    pairs: pl.DataFrame
    stopped: pl.DataFrame


def ranked_on(past: Past, day: date, briefs: pl.DataFrame) -> Origin:
    """Rank `briefs` with what was known on a day.

    Kept in `runs/backtest/origins` under a hash of all that was known on the day: later facts do
    not even change the name.
    """
    inbox = inbox_of(past.inbox, day)
    reading = reading_of(
        _read(past, inbox),
        past.inbox.candidates,
        day,
        past.settings.backtest.rewritten_sections,
    )
    known = (inbox.candidates, inbox.placements, briefs, reading.documents, reading.passages)
    facts = (day, past.encoder.id, _code())
    name = f"{day}_{_digest((*known, reading.experiences), facts)}"
    folder = past.runs / "backtest" / "origins" / name
    if not folder.exists():
        _rank(past, day, inbox, briefs, reading, folder)
    return Origin(
        pairs=pl.read_parquet(folder / _PAIRS), stopped=pl.read_parquet(folder / _STOPPED)
    )


def _read(past: Past, inbox: Inbox) -> Reading:
    """What the CVs tell with the roles recorded by then; without later ones it is known already."""
    if inbox.experiences.equals(past.inbox.experiences):
        return past.reading
    return read_candidates(
        inbox.candidates,
        inbox.experiences,
        past.folder,
        past.runs / "cache" / "cvs",
        engine=open_engine(past.settings.night),
    )


def _rank(
    past: Past, day: date, inbox: Inbox, briefs: pl.DataFrame, reading: Reading, folder: Path
) -> None:
    """Rank, and write both tables; the folder bears its name only when they are whole."""
    ranking = rank_read(
        inbox,
        briefs,
        reading,
        past.encoder,
        past.runs,
        past.settings,
        day,
        Journal(Silence()),
        read_champion(past.runs),
    )
    part = folder.with_name(f".{folder.name}.{os.getpid()}")
    part.mkdir(parents=True, exist_ok=True)
    _pairs(ranking, past.encoder, day).write_parquet(part / _PAIRS)
    ineligible(ranking.matches).select(*PAIR, "gate").write_parquet(part / _STOPPED)
    part.replace(folder)


def _pairs(ranking: Ranking, encoder: CachedEncoder, day: date) -> pl.DataFrame:
    longlist = ranking.longlist.select(*PAIR, pl.col("^x_.*$"))
    baselines = {"b_bm25": bm25_run(ranking), "b_encoder": encoder_run(ranking, encoder)}
    pairs = longlist.join(_briefs(ranking), on="brief_id", how="left", maintain_order="left").join(
        ranking.reading.documents.select("candidate_id", cv_language="language"),
        on="candidate_id",
        how="left",
        maintain_order="left",
    )
    for name, run in baselines.items():
        scores = run.select(*PAIR, pl.col("score").round(6).alias(name))
        pairs = pairs.join(scores, on=PAIR, how="left", maintain_order="left")
    return pairs.with_columns(pl.col(*baselines).fill_null(0.0), as_of=pl.lit(day))


def _briefs(ranking: Ranking) -> pl.DataFrame:
    """What the slices of the backtest are made of, one row a brief."""
    demand = overall_demand(ranking.demand).select("brief_id", "demand")
    return ranking.briefs.select(
        "brief_id",
        "received_at",
        pl.coalesce("function", "title")
        .map_elements(function_of, return_dtype=pl.String)
        .alias("function"),
        "reason",
        "sector",
        pl.col("title").map_elements(_seniority, return_dtype=pl.String).alias("seniority"),
        brief_language="language",
        own_weights="weights",
    ).join(demand, on="brief_id", how="left", maintain_order="left")


def _seniority(title: str) -> str:
    return _SENIORITY.get(responsibility(title), "specialist")


def _digest(frames: Iterable[pl.DataFrame], facts: Iterable[Any]) -> str:
    digest = hashlib.sha256(repr(list(facts)).encode())
    for frame in frames:
        buffer = io.BytesIO()
        frame.rechunk().write_ipc(buffer)
        digest.update(buffer.getbuffer())
    return digest.hexdigest()[:16]


@cache
def _code() -> str:
    """A hash of the code that an origin is made by; how it is told later does not matter."""
    own = Path(__file__).read_bytes() + Path(snapshot.__file__).read_bytes()
    return code_version(data, models) + hashlib.sha256(own).hexdigest()
