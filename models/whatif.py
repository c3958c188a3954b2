"""What one fact would change: the gates and components that read it run again, the place anew."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.blend import eligible, id_hashes, totals
from models.components import COMPONENTS
from models.context import Context
from models.facts import level_number, read_facts
from models.gates import GATES
from models.gates.answers import FAIL, PASS, UNKNOWN
from models.gates.licence import LICENCES
from models.matching import Match, Matches
from models.scaling import MET
from models.tokens import fold

Weights = Mapping[str, Mapping[str, float]]
Row = Mapping[str, Any]
Fact = tuple[str, str, Any]  # as a reader is told it; column of the candidate table; its new value

OF_FACTS = ("languages", "logistics")
"""The components that read the candidate table alone: of one row, they need no pool."""
SCHEMA = {
    "brief_id": pl.String,
    "candidate_id": pl.String,
    "kind": pl.String,  # the gate that the fact belongs to, or "requirement"
    "subject": pl.String,  # what is taken as true, without words of any language
    "score": pl.Float64,
    "rank": pl.Int32,  # null where another hard condition still keeps the candidate off
}
_GAP = 0.01  # coverage from which a requirement stands above the floor of its scale


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact taken as true, and where it would put the candidate."""

    kind: str
    subject: str
    score: float
    rank: int | None


class Ranked:
    """The ranking of one brief, held open to ask what a changed pair would do to it."""

    def __init__(
        self, one: Match, weights: Mapping[str, float], hashes: NDArray[np.uint64]
    ) -> None:
        self.one = one
        self.weights = weights
        self.hashes = hashes  # of the ids: `models.blend.id_hashes`
        self.eligible = eligible(one)
        self.scores = totals(one.components, weights)

    def with_fact(self, place: int, kind: str) -> Change | None:
        """The candidate with the gate `kind` opened by its fact; None where no one fact opens it.

        Exact: what a whole ranking would give with that row of the candidate table changed.
        """
        fact = _FACTS[kind](self.one.context, place)
        if fact is None:
            return None
        context = _alone(self.one.context, place, fact)
        gates = {name: int(answer(context).answers[0]) for name, answer in GATES.items()}
        if gates[kind] != PASS:
            return None
        x = {name: values[place : place + 1] for name, values in self.one.components.items()}
        x |= {name: COMPONENTS[name](context) for name in OF_FACTS}
        score = float(totals(x, self.weights)[0])
        kept_off = min(gates.values()) == FAIL
        rank = None if kept_off else self._rank(place, score, self.scores)
        return Change(kind=kind, subject=fact[0], score=score, rank=rank)

    def with_requirement(self, place: int, column: int, covered: float) -> Change:
        """The candidate with a requirement covered to `covered`, everybody scaled anew."""
        context = self.one.context
        coverage, share = context.coverage.copy(), context.covered.copy()
        gain = (covered - coverage[place, column]) * (MET[1] - MET[0])  # standard deviations
        share[place] += context.tiers[column] * gain
        coverage[place, column] = covered
        changed = replace(context, coverage=coverage, covered=share)
        again = {name: COMPONENTS[name](changed) for name in ("technical", "stretch")}
        scores = totals({**self.one.components, **again}, self.weights)
        text = context.requirements["text"][column]
        score = float(scores[place])
        rank = self._rank(place, score, scores)
        return Change(kind="requirement", subject=text, score=score, rank=rank)

    def _rank(self, place: int, score: float, scores: NDArray[np.float64]) -> int:
        others = self.eligible.copy()
        others[place] = False
        level = (scores == score) & (self.hashes < self.hashes[place])
        return 1 + int(np.count_nonzero(others & ((scores > score) | level)))


def changes(
    matches: Matches, pairs: pl.DataFrame, weights: Weights, *, covered: float
) -> pl.DataFrame:
    """The one change worth telling of each wanted (brief_id, candidate_id) pair; see `SCHEMA`.

    A gate that is not passed comes first, of several the one that lifts the candidate most; else
    the weightiest requirement that the CV comes near, taken as `covered`. A pair without either
    has no row.
    """
    rows = []
    places, hashes = matches.ground.places, id_hashes(matches.ground.ids)
    for (brief_id,), own in pairs.group_by("brief_id", maintain_order=True):
        one = matches.by_brief[str(brief_id)]
        ranked = Ranked(one, weights[str(brief_id)], hashes)
        for candidate_id in own["candidate_id"]:
            found = _best(ranked, places[candidate_id], covered)
            if found is not None:
                rows.append(
                    (brief_id, candidate_id, found.kind, found.subject, found.score, found.rank)
                )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def near_misses(matches: Matches, weights: Weights, top: int) -> pl.DataFrame:
    """The `top` best of each brief whom the fewest hard conditions keep off.

    Columns brief_id, candidate_id; the best by the score that they would have as they are.
    """
    rows, hashes = [], id_hashes(matches.ground.ids)
    for brief_id, one in matches.by_brief.items():
        failed = np.sum([gate.answers == FAIL for gate in one.gates.values()], axis=0)
        out = np.flatnonzero(failed)
        scores = totals(one.components, weights[brief_id])[out]
        order = np.lexsort((hashes[out], -scores, failed[out]))
        rows += [(brief_id, matches.ground.ids[place]) for place in out[order[:top]]]
    return pl.DataFrame(rows, schema=["brief_id", "candidate_id"], orient="row")


def _best(ranked: Ranked, place: int, covered: float) -> Change | None:
    for answer in (FAIL, UNKNOWN):
        kinds = [name for name, gate in ranked.one.gates.items() if gate.answers[place] == answer]
        found = [change for kind in kinds if (change := ranked.with_fact(place, kind))]
        if found:
            return max(found, key=lambda change: (change.rank is not None, change.score))
    context = ranked.one.context
    coverage = context.coverage[place]
    near = np.flatnonzero((coverage > _GAP) & (coverage < covered))
    if not near.size or not ranked.eligible[place]:
        return None
    weightiest = near[np.lexsort((-coverage[near], -context.tiers[near]))[0]]
    return ranked.with_requirement(place, int(weightiest), covered)


def _alone(context: Context, place: int, fact: Fact) -> Context:
    """The brief before one candidate of the pool, whose row holds the fact."""
    ground, (_, column, value) = context.ground, fact
    row = ground.candidates[place]
    kind = row.schema.get(column)
    return replace(
        context,
        ground=replace(
            ground,
            ids=ground.ids[place : place + 1],
            facts=read_facts(row.with_columns(pl.Series(column, [value], dtype=kind))),
            telling=lambda patterns: {
                pattern: told[place : place + 1]
                for pattern, told in ground.telling(patterns).items()
            },
        ),
        distances=context.distances[place : place + 1],
    )


def _row(context: Context, place: int) -> Row:
    return context.ground.candidates.row(place, named=True)


def _language(context: Context, place: int) -> Fact | None:
    required = [x for x in context.brief.get("languages") or () if x["required"]]
    held = context.ground.facts
    raised = [
        {"code": x["code"], "level": x["level"]}
        for x in required
        if held.level(x["code"])[place] < level_number(x["level"])
    ]
    codes = {x["code"] for x in raised}
    kept = [x for x in _row(context, place).get("languages") or () if x["code"] not in codes]
    told = ", ".join(" ".join(filter(None, (x["code"], x["level"]))) for x in raised)
    return (told, "languages", kept + raised) if raised else None


def _availability(context: Context, place: int) -> Fact | None:
    start = context.brief.get("start_date")
    return (start.isoformat(), "available_from", start) if start else None


def _day_rate(context: Context, place: int) -> Fact | None:
    budget = context.brief.get("day_rate_max_eur")
    return (f"{budget:g}", "day_rate_eur", float(budget)) if budget else None


def _place(context: Context, place: int) -> Fact | None:
    mode, modes = context.brief.get("work_mode"), context.ground.facts.work_modes[place]
    if mode is not None and modes is not None and mode not in modes:
        return mode, "work_modes", [*sorted(modes), mode]
    away = context.distances[place]
    return None if np.isnan(away) else (f"{ceil(away)} km", "max_distance_km", float(ceil(away)))


def _licence(context: Context, place: int) -> Fact | None:
    musts = context.requirements.filter(tier="must")["text"]
    named = [t for t in musts if any(re.search(p, fold(t)) for p in LICENCES.values())]
    held = _row(context, place).get("licences") or []
    return ("; ".join(named), "licences", [*held, *named]) if named else None


_FACTS: Mapping[str, Callable[[Context, int], Fact | None]] = {
    "language": _language,
    "availability": _availability,
    "day_rate": _day_rate,
    "place": _place,
    "licence": _licence,
}
