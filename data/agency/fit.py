"""The true fit of any pair, computed from the latent qualities that no night ever sees."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from data.agency.briefs import Brief
from data.agency.material import occupations, tools
from data.agency.parameters import Market
from data.agency.people import LEVELS, Person
from data.schema.words import DIMENSIONS

Floats = NDArray[np.float64]

TIERS = {"must": 3.0, "should": 2.0, "nice": 1.0}
PARTS = {"coverage": 0.75, "seniority": 0.15, "sector": 0.10}
MIDDLE = 0.5  # of adaptability: a weight of zero then leaves the outcome rates as they are
SAME_KIND = 0.5  # worth of knowing another tool of the kind asked for


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The latent qualities of all candidates as arrays, one row a candidate."""

    people: Sequence[Person]
    skills: dict[str, Floats]  # topic to (candidates,)
    tools: dict[str, NDArray[np.bool_]]  # tool to (candidates,)
    seniority: Floats
    sectors: dict[str, NDArray[np.bool_]]
    adaptability: Floats  # (candidates, dimensions)
    communication: Floats
    day_rate: Floats
    languages: dict[str, NDArray[np.int64]]  # code to rank in LEVELS, -1 unknown
    functions: dict[str, NDArray[np.bool_]]  # first or second profession
    asked: dict[str, tuple[Brief, dict[str, Floats]]] = field(default_factory=dict, repr=False)
    """The brief whose technical parts were computed last: a past asks for each several times."""


def pool_of(people: Sequence[Person]) -> Pool:
    """Arrays over people, in their order."""
    topics = [topic.key for occupation in occupations().values() for topic in occupation.topics]
    software = [name for names in tools().values() for name in names]
    known = [{name for names in p.tools.values() for name in names} for p in people]
    sectors = {sector for p in people for sector in p.sectors}
    codes = {code for p in people for code in p.languages}
    return Pool(
        people=people,
        skills={t: np.array([p.skills.get(t, 0.05) for p in people]) for t in topics},
        tools={t: np.array([t in names for names in known]) for t in software},
        seniority=np.array([float(p.seniority) for p in people]),
        sectors={s: np.array([s in p.sectors for p in people]) for s in sorted(sectors)},
        adaptability=np.array([[p.adaptability[d] for d in DIMENSIONS] for p in people]),
        communication=np.array([p.communication for p in people]),
        day_rate=np.array([float(p.day_rate) for p in people]),
        languages={
            code: np.array(
                [LEVELS.index(p.languages[code]) if code in p.languages else -1 for p in people]
            )
            for code in sorted(codes)
        },
        functions={
            key: np.array(
                [
                    p.occupation.key == key or (p.second is not None and p.second.key == key)
                    for p in people
                ]
            )
            for key in occupations()
        },
    )


def technical(pool: Pool, brief: Brief) -> Floats:  # (candidates,)
    """True technical fit in [0, 1]: what is asked for, by tier; then seniority and sector."""
    parts = technical_parts(pool, brief)
    fit: Floats = (
        PARTS["coverage"] * parts["coverage"]
        + PARTS["seniority"] * parts["seniority"]
        + PARTS["sector"] * parts["sector"]
    )
    return fit


def technical_parts(pool: Pool, brief: Brief) -> dict[str, Floats]:  # of (candidates,)
    """What technical fit is made of, each in [0, 1], by the names of `PARTS`."""
    last = pool.asked.get("last")
    if last is None or last[0] is not brief:
        last = pool.asked["last"] = (brief, _technical_parts(pool, brief))
    return last[1]


def _technical_parts(pool: Pool, brief: Brief) -> dict[str, Floats]:
    weights = np.array([TIERS[need.tier] for need in brief.needs])
    values = np.array(
        [
            pool.skills[need.topic.key] if need.topic else _tool(pool, need.tool or "")
            for need in brief.needs
        ]
    )  # (needs, candidates)
    short = np.maximum(0.0, brief.level - pool.seniority)
    over = np.maximum(0.0, pool.seniority - brief.level)
    unknown = np.zeros(len(pool.people), dtype=bool)
    return {
        "coverage": weights @ values / weights.sum(),
        "seniority": np.maximum(0.0, 1.0 - 0.4 * short - 0.1 * over),
        "sector": np.where(pool.sectors.get(brief.sector, unknown), 1.0, 0.4),
    }


def adaptability(pool: Pool, brief: Brief) -> Floats:  # (candidates,)
    """Level by dimension, weighted by what the brief demands, in [0, 1]."""
    demand = np.array([brief.demand[name] for name in DIMENSIONS])
    fit: Floats = pool.adaptability @ demand / demand.sum()
    return fit


def prospect(pool: Pool, brief: Brief, market: Market) -> Floats:  # (candidates,)
    """The systematic part of the outcome model."""
    value: Floats = (
        market.outcome_technical * technical(pool, brief)
        + market.outcome_adaptability * brief.strength * (adaptability(pool, brief) - MIDDLE)
        + market.outcome_communication * pool.communication
    )
    return value


def _tool(pool: Pool, tool: str) -> Floats:
    kind = next(names for names in tools().values() if tool in names)
    other = np.any([pool.tools[name] for name in kind], axis=0)
    worth: Floats = np.where(pool.tools[tool], 1.0, np.where(other, SAME_KIND, 0.05))
    return worth
