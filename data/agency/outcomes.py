"""How a mission goes: the outcome model, what the agency then knows, what the client says."""

import math
import random
from dataclasses import dataclass
from datetime import date, timedelta

from data.agency.briefs import Brief
from data.agency.material import book
from data.agency.parameters import Market
from data.agency.people import Person
from data.schema.words import ASPECTS, LANGUAGES

_REHIRED = 0.15  # of the missions that go very well, the share hired again instead of extended
_CENTRE, _SPREAD = 4.1, 1.9  # of y among the placed: only scales ratings


@dataclass(frozen=True, kw_only=True)
class Mission:
    """The course of a placement, the end included that may lie in the future."""

    y: float
    outcome: str  # early | completed | extended | rehired
    cause: str | None
    planned_end: date
    end: date


def draw_mission(brief: Brief, value: float, market: Market, rng: random.Random) -> Mission:
    """The ordered logit on the prospect `value`; client failures come before it."""
    chance = min(max(rng.random(), 1e-12), 1 - 1e-12)
    y = value + market.outcome_noise * math.log(chance / (1 - chance))
    length = timedelta(days=round(brief.months * 30.4))
    planned = brief.start + length
    by_client = rng.random() < market.client_failure
    if by_client or y < market.cut_early:
        end = brief.start + length * rng.uniform(0.15, 0.6)
        return Mission(
            y=y,
            outcome="early",
            cause="client" if by_client else "candidate",
            planned_end=planned,
            end=end,
        )
    if y <= market.cut_extended:
        return Mission(y=y, outcome="completed", cause=None, planned_end=planned, end=planned)
    if rng.random() < _REHIRED:
        return Mission(y=y, outcome="rehired", cause=None, planned_end=planned, end=planned)
    longer = planned + timedelta(days=rng.randint(30, 180))
    return Mission(y=y, outcome="extended", cause=None, planned_end=planned, end=longer)


def placement_row(
    number: str,
    brief: Brief,
    person: Person,
    mission: Mission,
    fit: float,
    as_of: date,
    rng: random.Random,
) -> dict[str, object]:
    """What is known of a mission on `as_of`; nothing of it lies in the future."""
    learned = person.adaptability["learning"]
    days = 25 * math.exp(-0.9 * (fit - 0.5) - 0.6 * (learned - 0.5) + rng.gauss(0, 0.3))
    rating = min(5.0, max(1.0, 3.8 + 0.8 * (mission.y - _CENTRE) / _SPREAD + rng.gauss(0, 0.5)))
    over = min(mission.end, mission.planned_end) <= as_of
    productive = brief.start + timedelta(days=days) <= as_of
    outcome = "selected" if mission.outcome == "early" or not over else mission.outcome
    return {
        "placement_id": number,
        "brief_id": brief.brief_id,
        "candidate_id": person.candidate_id,
        "start_date": brief.start,
        "planned_end": mission.planned_end,
        "actual_end": mission.end if mission.end <= as_of else None,
        "outcome": outcome,
        "cause": mission.cause if over else None,
        "client_rating": round(rating * 2) / 2 if over and rng.random() < 0.85 else None,
        "days_to_productive": round(days) if productive else None,
    }


def feedback_rows(
    number: str,
    brief: Brief,
    person: Person,
    mission: Mission,
    fit: float,
    as_of: date,
    rng: random.Random,
) -> list[dict[str, object]]:
    """Ratings by aspect after six weeks and at the end, as far as they lie in the past."""
    levels = person.adaptability
    demand = sum(brief.demand.values())
    signals = {
        "expertise": fit,
        "adaptability": sum(levels[d] * brief.demand[d] for d in levels) / demand,
        "communication": person.communication,
        "culture": 0.5 * levels["interpersonal"] + 0.5 * levels["cultural"],
        "scope": min(1.0, max(0.0, 0.5 + (mission.y - _CENTRE) / (4 * _SPREAD))),
    }
    rows: list[dict[str, object]] = []
    for day in (brief.start + timedelta(days=42), mission.end):
        for aspect in ASPECTS:
            rating = round(min(5.0, max(1.0, 2.0 + 3.2 * signals[aspect] + rng.gauss(0, 0.6))))
            silent = rng.random() < 0.25
            if day > as_of or day > mission.end or silent:
                continue
            rows.append(
                {
                    "placement_id": number,
                    "date": day,
                    "aspect": aspect,
                    "rating": rating,
                    "comment": _comment(aspect, rating, brief.language, rng),
                }
            )
    return rows


def _comment(aspect: str, rating: int, language: str, rng: random.Random) -> str | None:
    if rating == 3 or rng.random() < 0.5:
        return None
    tone = "high" if rating > 3 else "low"
    return str(book("briefs")["comments"][tone][aspect][LANGUAGES.index(language)])
