"""Two versions of a brief side by side: what changed, who moves, whether the chosen one fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import polars as pl

from data.inbox import Inbox
from models.gates.answers import FAIL, UNKNOWN
from models.matching import Match
from pipeline.clinic.changes import (
    FieldChange,
    RequirementChange,
    field_changes,
    requirement_changes,
)
from pipeline.clinic.source import find_version
from pipeline.export.rows import brief_facts
from pipeline.export.shortlist import BriefFacts
from pipeline.journal import Journal
from pipeline.nightly import Ranking, rank
from pipeline.settings import Settings

Verdict = Literal["fits", "open", "stopped", "gone"]
BEFORE: Final = "before"
AFTER: Final = "after"
LEAST_CHANGE: Final = 0.05
"""Change of a demand, in [0, 1], that is worth telling."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """A candidate's rank under both versions, None where hard conditions keep them off.

    `failing` and `passing` name the gates that fail only after, and only before.
    """

    candidate_id: str
    before: int | None
    after: int | None
    failing: tuple[str, ...]
    passing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Whether the candidate chosen under the first version fits the second.

    Only a gate that fails under the second alone (`move.failing`) speaks against it: what failed
    before, the client took (and somebody who works there is not available elsewhere). `failed`:
    gates that fail under both; `unknown`: gates of the second. `newly`, `still`: its must-haves
    that were not found in the CV, of which `still` were not found under the first either.
    """

    move: Move
    verdict: Verdict
    failed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    newly: tuple[str, ...] = ()
    still: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What two versions of a brief differ in, and what follows from it."""

    before: BriefFacts
    after: BriefFacts
    as_of: date
    fields: tuple[FieldChange, ...]
    requirements: tuple[RequirementChange, ...]
    demand: tuple[tuple[str, float, float], ...]
    moves: tuple[Move, ...]
    chosen: tuple[Chosen, ...]


def compare_versions(
    brief_id: str,
    versions: tuple[str, str],
    inbox: Path,
    runs: Path,
    settings: Settings,
    as_of: date,
    journal: Journal,
) -> Comparison:
    """Compare two versions (numbers in the inbox, or files) by ranking both on the same pool.

    Raises:
        InputError: there is no such version, or the inbox cannot be used.
    """

    def choose(everything: Inbox) -> pl.DataFrame:
        rows = [find_version(everything, brief_id, each, settings.inbox) for each in versions]
        named = zip(rows, (BEFORE, AFTER), strict=True)
        found.extend(row.row(0, named=True) for row in rows)
        return pl.concat(row.with_columns(brief_id=pl.lit(name)) for row, name in named)

    found: list[Mapping[str, Any]] = []
    ranking = rank(inbox, runs, settings, as_of, journal, choose=choose)
    before, after = found
    read = ranking.requirements.partition_by("brief_id", as_dict=True)
    language = after["language"]
    return Comparison(
        before=brief_facts({**before, "brief_id": brief_id}, [], as_of),
        after=brief_facts({**after, "brief_id": brief_id}, [], as_of),
        as_of=as_of,
        fields=field_changes(before, after),
        requirements=requirement_changes(read[BEFORE,], read[AFTER,], language),
        demand=_demand(ranking.demand),
        moves=_moves(ranking, settings.shortlist.top),
        chosen=tuple(
            _chosen(candidate, ranking, settings)
            for candidate in _chosen_ids(ranking.inbox, brief_id)
        ),
    )


def _demand(demand: pl.DataFrame) -> tuple[tuple[str, float, float], ...]:
    by_dimension = demand.pivot("brief_id", index="dimension", values="demand")
    rows = by_dimension.select("dimension", BEFORE, AFTER).iter_rows()
    return tuple(row for row in rows if abs(row[2] - row[1]) >= LEAST_CHANGE)


def _ranks(ranking: Ranking, version: str) -> dict[str, int]:
    own = ranking.longlist.filter(brief_id=version)
    return dict(own.select("candidate_id", "rank").iter_rows())


def _moves(ranking: Ranking, top: int) -> tuple[Move, ...]:
    """Everybody on either shortlist whose rank is another, by their rank after."""
    before, after = _ranks(ranking, BEFORE), _ranks(ranking, AFTER)
    listed = [name for ranks in (after, before) for name, rank in ranks.items() if rank <= top]
    moved = [_move(ranking, name) for name in dict.fromkeys(listed)]
    last = len(ranking.matches.ground.ids) + 1
    ordered = sorted(moved, key=lambda move: (move.after or last, move.before or last))
    return tuple(move for move in ordered if move.before != move.after)


def _move(ranking: Ranking, candidate: str) -> Move:
    was, now = (_gates(ranking, version, candidate, FAIL) for version in (BEFORE, AFTER))
    return Move(
        candidate_id=candidate,
        before=_ranks(ranking, BEFORE).get(candidate),
        after=_ranks(ranking, AFTER).get(candidate),
        failing=tuple(gate for gate in now if gate not in was),
        passing=tuple(gate for gate in was if gate not in now),
    )


def _gates(ranking: Ranking, version: str, candidate: str, answer: int) -> tuple[str, ...]:
    place = ranking.matches.ground.places.get(candidate)
    gates = ranking.matches.by_brief[version].gates
    if place is None:
        return ()
    return tuple(name for name, gate in gates.items() if gate.answers[place] == answer)


def _chosen_ids(inbox: Inbox, brief_id: str) -> list[str]:
    own = inbox.presentations.filter(brief_id=brief_id, decision="selected")["candidate_id"]
    placed = inbox.placements.filter(brief_id=brief_id)["candidate_id"]
    return sorted({*own, *placed})


def _chosen(candidate: str, ranking: Ranking, settings: Settings) -> Chosen:
    move = _move(ranking, candidate)
    if candidate not in ranking.matches.ground.places:
        return Chosen(move=move, verdict="gone")
    least = settings.shortlist.partly_from
    was, now = (
        _missing(ranking.matches.by_brief[version], ranking.matches.ground.places[candidate], least)
        for version in (BEFORE, AFTER)
    )
    failing = _gates(ranking, AFTER, candidate, FAIL)
    failed = tuple(gate for gate in failing if gate not in move.failing)
    return Chosen(
        move=move,
        verdict="stopped" if move.failing else "open" if now or failed else "fits",
        failed=failed,
        unknown=_gates(ranking, AFTER, candidate, UNKNOWN),
        newly=tuple(text for text in now if text not in was),
        still=tuple(text for text in now if text in was),
    )


def _missing(match: Match, place: int, least: float) -> list[str]:
    """The must-haves of a brief that were not found in one CV."""
    requirements = match.context.requirements
    low = np.asarray(match.context.coverage[place] < least, np.bool_)
    wanted = requirements.filter(pl.Series(low) & (pl.col("tier") == "must"))
    texts: list[str] = wanted["text"].to_list()
    return texts
