"""Plays the past of the agency: whom recruiters presented, whom clients took, how it went."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from data.agency.briefs import Brief
from data.agency.fit import Floats, Pool, adaptability, prospect, technical
from data.agency.material import book, stream
from data.agency.outcomes import Mission, draw_mission, feedback_rows, placement_row
from data.agency.parameters import Market, World
from data.agency.people import LEVELS
from data.agency.roles import Role
from data.schema.words import LANGUAGES

_STYLES = {"plain": 0.0, "oversold": 0.10, "understated": -0.08}
_ROOM_FOR_RATE = 1.10  # recruiters present up to a tenth above the budget
WEIGHTS_ID = "recruiters"
ON_TIME, LATE = 0.85, 0.4  # the share who can start on the day, and what the others are worth


@dataclass(frozen=True, kw_only=True)
class Considered:
    """Whom the recruiter could have presented, and with which probability each was."""

    rows: list[int]  # of the pool
    perceived: Floats  # fit that the recruiter saw
    propensity: Floats


@dataclass(frozen=True, kw_only=True)
class History:
    """What the past left behind: rows of the inbox and missions for the careers."""

    presentations: list[dict[str, object]] = field(default_factory=list)
    placements: list[dict[str, object]] = field(default_factory=list)
    feedback: list[dict[str, object]] = field(default_factory=list)
    truths: list[dict[str, object]] = field(default_factory=list)
    booked: dict[int, list[Role]] = field(default_factory=dict)  # by row of the pool
    free_from: dict[int, date] = field(default_factory=dict)
    presented: dict[str, list[int]] = field(default_factory=dict)  # rows by brief
    considered: dict[str, Considered] = field(default_factory=dict)  # by brief


def play(pool: Pool, briefs: list[Brief], world: World) -> History:
    """Play the briefs in the order in which they came."""
    history = History()
    for brief in sorted(briefs, key=lambda brief: (brief.received, brief.brief_id)):
        rng = stream(world.seed, "history", brief.brief_id)
        rows, perceived, propensity = _present(pool, brief, history, world.market, rng)
        if len(rows) == 0:
            continue
        history.presented[brief.brief_id] = rows
        chosen = _decide(pool, brief, rows, (perceived, propensity), history, world.market, rng)
        if chosen is not None:
            _place(pool, brief, chosen, history, world, rng)
    return history


def _present(
    pool: Pool, brief: Brief, history: History, market: Market, rng: random.Random
) -> tuple[list[int], Floats, Floats]:
    """Rows presented, best first, with the fit that the recruiter saw and the propensity."""
    rows = _eligible(pool, brief, history, rng)
    fit = _recruiters_fit(pool, brief)
    styles = np.array([_STYLES[pool.people[row].style] for row in rows])
    noise = np.array([rng.gauss(0.0, market.recruiter_noise) for _ in rows])
    perceived = fit[rows] + styles + noise
    if len(rows) == 0:
        return [], perceived, perceived
    chance = _chances(perceived, market)
    drawn = np.array([rng.random() for _ in rows]) < chance
    while not drawn.any():
        drawn = np.array([rng.random() for _ in rows]) < chance
    propensity = chance / (1.0 - np.prod(1.0 - chance))
    history.considered[brief.brief_id] = Considered(
        rows=rows, perceived=perceived, propensity=propensity
    )
    order = [i for i in np.argsort(-perceived, kind="stable") if drawn[i]]
    return [rows[i] for i in order], perceived[order], propensity[order]


def _recruiters_fit(pool: Pool, brief: Brief) -> Floats:  # (candidates,)
    """What recruiters look for, before style and chance colour what they see."""
    fit: Floats = 0.8 * technical(pool, brief) + 0.2 * adaptability(pool, brief)
    return fit


def _eligible(pool: Pool, brief: Brief, history: History, rng: random.Random) -> list[int]:
    """Of the profession, speaking what is required, near the budget, free at the start."""
    able = pool.functions[brief.occupation.key].copy()
    able &= pool.day_rate <= brief.rate * _ROOM_FOR_RATE
    for code, (level, required) in brief.languages.items():
        if required:
            ranks = pool.languages.get(code, np.full(len(pool.people), -1))
            able &= ranks >= LEVELS.index(level) - 1  # levels are read with leniency
    free = history.free_from
    return [
        row
        for row in np.flatnonzero(able).tolist()
        if free.get(row, date.min) <= brief.start and rng.random() < 0.6
    ]


def _chances(perceived: Floats, market: Market) -> Floats:
    """Presentation probabilities whose sum is the expected length of a shortlist."""
    wanted = min(market.shortlist_length, 0.9 * len(perceived))
    low, high = -3.0, 4.0
    for _ in range(50):
        middle = (low + high) / 2
        total = _logistic(market.recruiter_sharpness * (perceived - middle)).sum()
        low, high = (middle, high) if total > wanted else (low, middle)
    return _logistic(market.recruiter_sharpness * (perceived - low))


def _logistic(x: Floats) -> Floats:
    value: Floats = 1.0 / (1.0 + np.exp(-np.minimum(np.maximum(x, -60), 60)))
    return value


def _decide(
    pool: Pool,
    brief: Brief,
    rows: list[int],
    logged: tuple[Floats, Floats],
    history: History,
    market: Market,
    rng: random.Random,
) -> int | None:
    """The row that the client takes, or None; writes the presentations."""
    perceived, propensity = logged
    on_time = np.array([1.0 if rng.random() < ON_TIME else LATE for _ in rows])
    parts = utilities(pool, brief, rows, on_time, market)
    total = sum(parts.values()) + np.array([_gumbel(rng) for _ in rows])
    nobody = market.choice_nobody + _gumbel(rng)
    order = np.argsort(-total, kind="stable").tolist()
    best = order[0] if total[order[0]] > nobody else None
    shown = brief.received + timedelta(days=rng.randint(1, 2))
    for place, row in enumerate(rows):
        decision = "interviewed" if place in order[:2] and total[place] > nobody - 1 else "rejected"
        decision = "withdrawn" if decision == "rejected" and rng.random() < 0.05 else decision
        decision = "selected" if place == best else decision
        history.presentations.append(
            {
                "brief_id": brief.brief_id,
                "candidate_id": pool.people[row].candidate_id,
                "presented_at": shown,
                "rank": place + 1,
                "score": round(float(perceived[place]), 4),
                "weights_id": WEIGHTS_ID,
                "propensity": round(float(propensity[place]), 6),
                "decision": decision,
                "reason": _reason(brief, decision, {k: float(v[place]) for k, v in parts.items()}),
            }
        )
    return None if best is None else rows[best]


def utilities(
    pool: Pool, brief: Brief, rows: list[int], on_time: Floats, market: Market
) -> dict[str, Floats]:
    """What clients weigh, by name; each an array over `rows` of the pool, as is `on_time`."""
    styles = np.array([_STYLES[pool.people[row].style] for row in rows])
    sector = np.array([brief.sector in pool.people[row].sectors for row in rows], dtype=float)
    return {
        "experience": market.choice_experience * (technical(pool, brief)[rows] + styles),
        "availability": market.choice_availability * on_time,
        "attitude": market.choice_attitude * pool.communication[rows],
        "industry": market.choice_industry * sector,
        "fee": market.choice_fee * pool.day_rate[rows] / brief.rate,
    }


def _reason(brief: Brief, decision: str, parts: dict[str, float]) -> str | None:
    words = book("briefs")["decisions"]
    if decision == "withdrawn":
        return None
    if decision == "selected":
        key = "experience"
    elif decision == "interviewed":
        key = "second"
    else:
        likely = {
            "lacking": parts["experience"] < 3.6,
            "availability": parts["availability"] < 1.0,
            "fee": parts["fee"] < -0.6,
            "industry": parts["industry"] == 0.0,
        }
        key = next((name for name, is_so in likely.items() if is_so), "attitude")
    return str(words[key][LANGUAGES.index(brief.language)])


def _impression(pool: Pool, brief: Brief, row: int, history: History) -> float:
    """What the recruiter saw in somebody beyond fit and style; no CV tells it."""
    considered = history.considered[brief.brief_id]
    seen = considered.perceived[considered.rows.index(row)]
    style = _STYLES[pool.people[row].style]
    return float(seen - style - _recruiters_fit(pool, brief)[row])


def _gumbel(rng: random.Random) -> float:
    return float(-np.log(-np.log(max(rng.random(), 1e-12))))


def _place(
    pool: Pool,
    brief: Brief,
    row: int,
    history: History,
    world: World,
    rng: random.Random,
) -> None:
    """Start a mission, end it by the outcome model, keep what is known of it on `as_of`."""
    value = float(prospect(pool, brief, world.market)[row])
    value += world.market.outcome_impression * _impression(pool, brief, row, history)
    mission: Mission = draw_mission(brief, value, world.market, rng)
    number = f"P{len(history.placements) + 1:05d}"
    person = pool.people[row]
    history.free_from[row] = mission.end + timedelta(days=1)
    if brief.start > world.as_of:
        return
    fit = float(technical(pool, brief)[row])
    history.placements.append(placement_row(number, brief, person, mission, fit, world.as_of, rng))
    history.feedback.extend(feedback_rows(number, brief, person, mission, fit, world.as_of, rng))
    history.truths.append(
        {
            "placement_id": number,
            "prospect": value,
            "y": mission.y,
            "outcome": mission.outcome,
            "client_caused": mission.cause == "client",
        }
    )
    history.booked.setdefault(row, []).append(
        Role(
            occupation=brief.occupation,
            title=brief.title,
            organisation=brief.organisation,
            sector=brief.sector,
            country=brief.place.country,
            place=brief.place.name,
            start=brief.start,
            end=mission.end if mission.end <= world.as_of else None,
            engagement="interim",
            reason=brief.reason,
        )
    )
