"""The whole night, from top to bottom: an inbox in, published shortlists out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import polars as pl

from data.inbox import Inbox, read_inbox
from data.known import known_at
from data.remote.inbox import fetch_inbox
from data.remote.outbox import send
from data.schema.words import PAIR
from models.adaptability.demand import overall_demand, read_demand
from models.blend import blend
from models.matching import Asked, Matches, match
from models.pool import Pool
from models.portfolio import assign
from models.profiles import titles_of
from models.requirements import read_requirements
from models.titles import link
from models.weights.champion import Weights, brief_weights
from models.weights.registry import champion_path, read_champion, sha256
from pipeline.audit.events import record_night, refusal_told
from pipeline.audit.log import head
from pipeline.audit.red_team import attack_night, gain_alarms, gain_tables
from pipeline.decisions.presentations import with_decisions
from pipeline.decisions.shown import with_history
from pipeline.decisions.store import decision_hashes
from pipeline.engines.choice import open_engine
from pipeline.export.files import write_report, write_shortlists
from pipeline.export.shortlist import Shortlist
from pipeline.journal import Journal
from pipeline.nights.balance import balance
from pipeline.nights.folders import free_start, manifest_before, publish, staging
from pipeline.nights.guard import Guard
from pipeline.nights.lock import run_lock
from pipeline.nights.manifest import Manifest, file_hashes, night_key, versions
from pipeline.nights.mirror import fetch_cache, send_cache
from pipeline.nights.report import night_counts, night_report
from pipeline.nights.seal import seal_cache
from pipeline.privacy.admission import LEFT_OUT, admit, retention_alarms
from pipeline.privacy.erase import finish_erasures
from pipeline.settings import Settings
from pipeline.stages.briefs import briefs_to_rank
from pipeline.stages.distances import distances_to
from pipeline.stages.explain import build_shortlists
from pipeline.stages.exploration import shortlisted
from pipeline.stages.intake import Reading, read_candidates
from pipeline.stages.signals import levels, read_ledger
from pipeline.stages.tables import explain_inputs, save_tables
from pipeline.stages.vectors import (
    CachedEncoder,
    open_encoder,
    passage_vectors,
    requirement_vectors,
)


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """What the stages made, from the checked inbox to the longlist."""

    inbox: Inbox
    reading: Reading
    briefs: pl.DataFrame
    requirements: pl.DataFrame
    demand: pl.DataFrame
    events: pl.DataFrame
    matches: Matches
    weights: Weights
    brief_weights: Mapping[str, Mapping[str, float]]  # of each brief, as `weights` and it ask
    asked: Asked
    longlist: pl.DataFrame
    encoder: CachedEncoder
    left_out: pl.DataFrame = field(default_factory=partial(pl.DataFrame, schema=LEFT_OUT))


@dataclass(frozen=True, kw_only=True)
class Published:
    """A night that `runs/current` points at, and the shortlists in it."""

    folder: Path
    shortlists: tuple[Shortlist, ...]


def run_night(
    source: Path | str,
    runs: Path,
    settings: Settings,
    as_of: date,
    journal: Journal,
    *,
    accept: Collection[str] = (),
    send_to: str | None = None,
    cache: str | None = None,
) -> Published:
    """Run one night and publish it; `accept` names gates that may not stop it.

    `source` is the inbox: a folder, or the address of a database or an object store; `send_to` is
    an address that the published night is sent to, `cache` one where the caches lie as well.

    Raises:
        InputError: the inbox must be mended first; nothing was published.
        LockError: another run works in `runs`; nothing was done.
    """
    now = datetime.now(UTC)
    with run_lock(runs), refusal_told(runs, settings, as_of):
        with journal.stage("intake"):
            finish_erasures(runs)
            if cache:
                fetch_cache(runs, cache)
            folder = fetch_inbox(source, runs / "inbox")
            inputs = file_hashes(folder)
            champion = sha256(champion_path(runs))
            key = night_key(as_of, inputs, asdict(settings), champion)
            started, staged = free_start(runs, now, key), staging(runs, key)
            guard = Guard(
                before=manifest_before(runs).get("watched", {}),
                as_of=as_of,
                settings=settings.guard,
                accepted=accept,
            )
        ranking = rank(folder, runs, settings, as_of, journal, check=guard.check)
        top = settings.shortlist.top
        counts = night_counts(ranking, top)
        with journal.stage("portfolio"):
            used = ranking.weights.weights_id
            shown = shortlisted(ranking.longlist, top, settings.exploration, as_of, used)
            short = ranking.longlist.join(shown, on=PAIR, how="semi", maintain_order="left")
            assignment = assign(short, ranking.briefs, top)
        with journal.stage("explain", ranking.briefs.height) as done:
            told = explain_inputs(ranking, short, settings, assignment, shown, done)
            shortlists = build_shortlists(told, as_of, settings.shortlist)
            shortlists = with_history(shortlists, runs, as_of)
        with journal.stage("attacks"):
            gains = attack_night(ranking, settings.red_team, as_of)
        with journal.stage("publish"):
            write_shortlists(staged, shortlists, as_of, settings.export)
            save_tables(staged, ranking, told, assignment)
            alarms = (*guard.alarms, *retention_alarms(ranking.left_out), *gain_alarms(gains))
            tables = gain_tables(gains)
            report = night_report(ranking, journal, counts, alarms, as_of, key, tables)
            for place, language in settings.export.editions(staged):
                write_report(place, report, shortlists, language)
            manifest = Manifest(
                as_of=as_of,
                started=started,
                key=key,
                inbox=str(folder.absolute()),
                inputs=inputs | decision_hashes(runs),
                settings=asdict(settings),
                weights={**asdict(ranking.weights), "sha256": champion},
                encoder=ranking.encoder.id,
                counts=counts,
                balance=balance(ranking),
                watched=guard.watched,
                attacks={one.attack: one.figures for one in gains},
                warnings=tuple(journal.warnings),
                seconds=dict(journal.seconds),
                versions=versions(),
                files=file_hashes(staged),
                audit_head=head(runs),
            )
            seal_cache(runs)
            journal.info(f"audit head {record_night(runs, staged, manifest, guard.overruled)}")
            night = publish(staged, runs, started)
            if send_to:
                send(night, short, send_to)
            if cache and not send_cache(runs, cache):
                journal.warn(f"{cache}: another machine has sent its caches; these were not sent.")
            return Published(folder=night, shortlists=shortlists)


def rank(
    folder: Path,
    runs: Path,
    settings: Settings,
    as_of: date,
    journal: Journal,
    *,
    only: str | None = None,
    choose: Callable[[Inbox], pl.DataFrame] | None = None,
    weights: Weights | None = None,
    check: Callable[[Inbox, Reading], None] = lambda inbox, reading: None,
) -> Ranking:
    """Rank the candidates of every open brief, or of the brief `only`: stages 1 to 5 of a night.

    The figures of `only` are those of the whole night: the others are read as well, since what
    repeats a brief teaches the topics nothing. `choose` gives other briefs to rank, one version an
    id, from all that the inbox holds. `weights` are by default those of the champion in `runs`;
    `check` may refuse what was read.

    Raises:
        InputError: the inbox cannot be used, or no brief is open.
    """
    with journal.stage("check"):
        everything = with_decisions(read_inbox(folder, settings.inbox), runs, as_of)
        inbox, left_out = admit(known_at(everything, as_of), runs, as_of, settings.privacy)
        for warning in inbox.warnings:
            journal.warn(warning)
        if choose is not None:
            briefs = choose(everything)
        else:
            briefs = briefs_to_rank(everything, as_of, settings.inbox)
    engine = open_engine(settings.night)
    with journal.stage("read", inbox.candidates.height) as done:
        reading = read_candidates(
            inbox.candidates,
            inbox.experiences,
            folder,
            runs / "cache" / "cvs",
            engine=engine,
            done=done,
        )
        check(inbox, reading)
    encoder, champion = open_encoder(runs, settings.encoder, engine), weights or read_champion(runs)
    ranking = rank_read(
        inbox, briefs, reading, encoder, runs, settings, as_of, journal, champion, only=only
    )
    return replace(ranking, left_out=left_out)


def rank_read(
    inbox: Inbox,
    briefs: pl.DataFrame,
    reading: Reading,
    encoder: CachedEncoder,
    runs: Path,
    settings: Settings,
    as_of: date,
    journal: Journal,
    champion: Weights,
    *,
    only: str | None = None,
) -> Ranking:
    """Rank the candidates of `briefs` from what their CVs tell: stages 2 to 5 of a night.

    A backtest comes this way too, with an inbox and a reading as they stood on an earlier day.
    """
    requirements, demand = read_requirements(briefs), read_demand(briefs)
    texts = reading.passages.height + requirements.height + briefs.height
    with journal.stage("embed", texts) as done:
        passages = passage_vectors(reading, encoder, done)
        asked = requirement_vectors(requirements, encoder, done)
        titles = requirement_vectors(titles_of(briefs), encoder, done)
    with journal.stage("signals") as done:
        events = read_ledger(reading, encoder, done, runs / "cache" / "signals")
    with journal.stage("match"):
        pool = Pool(
            as_of=as_of,
            candidates=inbox.candidates,
            documents=reading.documents,
            passages=reading.passages,
            vectors=passages,
            experiences=reading.experiences,
            levels=levels(events, as_of),
            placements=inbox.placements,
        )
        wanted = Asked(
            briefs=briefs,
            requirements=requirements,
            vectors=asked,
            title_vectors=titles,
            demand=demand,
            link=partial(link, encoder=encoder),
            distances=distances_to,
        )
        matches = match(pool, wanted, pairs=settings.night.pairs_held)
        if only is not None:
            matches = replace(matches, by_brief={only: matches.by_brief[only]})
    with journal.stage("rank", len(matches.by_brief)) as done:
        overall = dict(overall_demand(demand).select("brief_id", "demand").iter_rows())
        weights = brief_weights(briefs, overall, champion, settings.night.weights)
        longlist = blend(matches, weights, done)
    return Ranking(
        inbox=replace(inbox, quarantine=pl.concat([inbox.quarantine, reading.unreadable])),
        reading=reading,
        briefs=briefs,
        requirements=requirements,
        demand=demand,
        events=events,
        matches=matches,
        weights=champion,
        brief_weights=weights,
        asked=wanted,
        longlist=longlist,
        encoder=encoder,
    )
