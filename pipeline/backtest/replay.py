"""Ranks every past brief again with what was known when it came, and adds what came of it."""

import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from data.errors import InputError
from data.inbox import Inbox, read_inbox
from data.known import RECORDED
from data.schema.words import PAIR
from evaluation.labels import outcome_labels
from evaluation.pairs import Pairs, W, X
from models.weights.registry import read_champion
from pipeline.backtest.origins import Past, ranked_on
from pipeline.backtest.reweigh import reweigh
from pipeline.decisions.presentations import with_decisions
from pipeline.engines.choice import open_engine
from pipeline.journal import Journal
from pipeline.privacy.admission import admit
from pipeline.settings import Settings
from pipeline.stages.briefs import with_language
from pipeline.stages.intake import read_candidates
from pipeline.stages.signals import read_ledger
from pipeline.stages.vectors import open_encoder, passage_vectors


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """A past ranked again: the pairs, and whom a gate kept out (brief_id, candidate_id, gate)."""

    pairs: pl.DataFrame
    stopped: pl.DataFrame


def replay(
    inbox: Path,
    runs: Path,
    settings: Settings,
    journal: Journal,
    *,
    since: date | None = None,
    until: date | None = None,
) -> pl.DataFrame:
    """The pairs of `replay_past` alone; raises as it does."""
    return replay_past(inbox, runs, settings, journal, since=since, until=until).pairs


def replay_past(
    inbox: Path,
    runs: Path,
    settings: Settings,
    journal: Journal,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Replayed:
    """Every brief received from `since` to `until`, ranked under the champion's weights.

    Each brief counts in its first version. Every origin is kept as it is finished, so that a
    stopped replay goes on where it was; the whole goes to `runs/backtest/<key>/pairs.parquet`.

    Raises:
        InputError: the inbox cannot be used, or holds no dated brief of the span.
    """
    with journal.stage("check"):
        everything = past_inbox(inbox, runs, settings)
        briefs = past_briefs(everything, settings.backtest.origin_days, since, until)
        if undated := everything.briefs["received_at"].null_count():
            journal.warn(f"briefs: {undated} rows tell no received_at and cannot be replayed.")
    past = _read_once(inbox, everything, runs, settings, journal)
    origins = []
    with journal.stage("replay", briefs.height) as done:
        for day in briefs["origin"].unique(maintain_order=True):
            own = briefs.filter(pl.col("origin") == day)
            origins.append(ranked_on(past, day, own.drop("origin")))
            done(own.height)
    labels = outcome_labels(everything.presentations, everything.placements)
    pairs = with_labels(pl.concat(origin.pairs for origin in origins), labels)
    pairs = reweigh(pairs, read_champion(runs), settings.night.weights)
    pairs = pairs.select(*Pairs.column_names(), pl.col(f"^{X}.*$"), pl.col(f"^{W}.*$"))
    _keep(pairs, runs)
    return Replayed(pairs=pairs, stopped=pl.concat(origin.stopped for origin in origins))


def past_inbox(folder: Path, runs: Path, settings: Settings) -> Inbox:
    """The inbox with the decisions taken down, without whom it may not be read for any more.

    Whom to leave out is judged on the last day that the inbox tells of.

    Raises:
        InputError: the inbox cannot be used, or holds nobody who may be read.
    """
    inbox = with_decisions(read_inbox(folder, settings.inbox), runs)
    days = [getattr(inbox, table).get_column(column).max() for table, column in RECORDED]
    last = max((day for day in days if day is not None), default=date.min)
    admitted = admit(inbox, runs, last, settings.privacy)[0]
    if admitted.candidates.is_empty():
        raise InputError(
            f"A backtest needs candidates; of {inbox.candidates.height} none may be read any more "
            f"on {last}, the last day that the inbox tells of. Look for a mistyped date, or at the "
            "setting `retention_months`."
        )
    return admitted


def past_briefs(
    inbox: Inbox, origin_days: int, since: date | None, until: date | None
) -> pl.DataFrame:
    """The first version of every brief of the span, with its language and `origin`, by origin.

    Raises:
        InputError: the span holds none, or an origin lasts no day.
    """
    if origin_days < 1:
        raise InputError(f"`origin_days` must be at least 1, got {origin_days}.")
    first = inbox.briefs.sort("brief_id", "version").unique(
        "brief_id", keep="first", maintain_order=True
    )
    after_epoch = pl.col("received_at").cast(pl.Int32)
    briefs = first.filter(
        pl.col("received_at").is_between(since or date.min, until or date.max)
    ).with_columns(origin=(after_epoch - after_epoch % origin_days).cast(pl.Date))
    if briefs.is_empty():
        raise InputError(
            f"A backtest needs briefs with `received_at` from {since or 'the start'} to "
            f"{until or 'the end'}; of {first.height} briefs none has one. Check --from and --to."
        )
    return with_language(briefs).sort("origin", "received_at", "brief_id")


def _read_once(
    folder: Path, inbox: Inbox, runs: Path, settings: Settings, journal: Journal
) -> Past:
    """Read and embed every CV before the first origin, so that the estimate of the rest is true."""
    engine = open_engine(settings.night)
    with journal.stage("read", inbox.candidates.height) as done:
        reading = read_candidates(
            inbox.candidates.with_columns(updated_at=None),  # of twins none may win by it
            inbox.experiences,
            folder,
            runs / "cache" / "cvs",
            engine=engine,
            done=done,
        )
    encoder = open_encoder(runs, settings.encoder, engine)
    with journal.stage("embed", reading.passages.height) as done:
        passage_vectors(reading, encoder, done)
    with journal.stage("signals") as done:
        read_ledger(reading, encoder, done, runs / "cache" / "signals")
    return Past(
        folder=folder,
        inbox=inbox,
        reading=reading,
        runs=runs,
        settings=settings,
        encoder=encoder,
    )


def with_labels(features: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """The pairs of all origins with what came of them; who was never presented is unknown."""
    flags = ("presented", "client_caused")
    joined = features.join(labels, on=PAIR, how="left")
    return joined.with_columns(pl.col(*flags).fill_null(value=False))


def key_of(pairs: pl.DataFrame) -> str:
    """Twelve hex digits that name the content of a table."""
    buffer = io.BytesIO()
    pairs.rechunk().write_ipc(buffer)
    return hashlib.sha256(buffer.getbuffer()).hexdigest()[:12]


def _keep(pairs: pl.DataFrame, runs: Path) -> None:
    """Write the pairs into a folder named by their content."""
    Pairs.validate(pairs.select(Pairs.column_names()))
    file = runs / "backtest" / key_of(pairs) / "pairs.parquet"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        pairs.write_parquet(part)
        part.replace(file)
