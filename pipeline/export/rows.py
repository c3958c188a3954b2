"""Rows of the night's tables as the facts of an explanation: every column name is read here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import polars as pl

from pipeline.export.rules import (
    DESCRIBED,
    TIER_WEIGHTS,
    ExplainSettings,
    apportion,
    state_of,
    tenths,
)
from pipeline.export.shortlist import (
    AdaptabilityFact,
    BriefFacts,
    Change,
    Contribution,
    GateAnswer,
    Person,
    Quote,
    RequirementFit,
)

Row = Mapping[str, Any]
EVENTS_PER_DIMENSION = 2
ABOUT_AS_NEAR = 0.8
THIN = 120
"""Words of a CV under which it can support little, whatever they say."""
ANSWERS = ("fail", "unknown", "pass")


def grouped(frame: pl.DataFrame, *keys: str) -> defaultdict[Any, list[Row]]:
    """The rows of a frame by key (by a tuple of keys when there are several), in their order."""
    groups: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        groups[row[keys[0]] if len(keys) == 1 else tuple(row[key] for key in keys)].append(row)
    return groups


def languages(rows: Iterable[Row] | None) -> tuple[tuple[str, str | None], ...]:
    """(code, CEFR level or None) of each language."""
    return tuple((row["code"], row.get("level")) for row in rows or ())


def person(candidate_id: str, facts: Row, contact: Row) -> Person:
    """The candidate as a reader meets them; what is missing stays None."""
    return Person(
        candidate_id=candidate_id,
        name=contact.get("name"),
        email=contact.get("email"),
        phone=contact.get("phone"),
        headline=facts.get("headline"),
        place=facts.get("place"),
        country=facts.get("country"),
        languages=languages(facts.get("languages")),
        work_modes=tuple(facts.get("work_modes") or ()),
        available_from=facts.get("available_from"),
        day_rate_eur=facts.get("day_rate_eur"),
        last_contact=facts.get("last_contact"),
    )


def brief_facts(brief: Row, demand: Sequence[Row], as_of: date) -> BriefFacts:
    """The brief with its age in whole hours; a date without a time counts from its midnight."""
    age = None
    if (received := brief.get("received_at")) is not None:
        age = max(0, int((_moment(as_of) - _moment(received)).total_seconds() // 3600))
    plain = ("client_id", "function", "sector", "reason", "country", "place", "work_mode")
    figures = ("start_date", "duration_months", "days_per_week", "day_rate_max_eur")
    return BriefFacts(
        brief_id=brief["brief_id"],
        title=brief["title"],
        version=brief.get("version") or 1,
        languages=languages(brief.get("languages")),
        age_hours=age,
        demand=tuple((row["dimension"], row["demand"], row.get("why")) for row in demand),
        **{name: brief.get(name) for name in plain + figures},
    )


def contributions(row: Row) -> tuple[Contribution, ...]:
    """The components that weigh something, largest first; points add up to the score exactly."""
    names = [key[2:] for key in row if key.startswith("x_")]
    terms = [(name, row[f"x_{name}"] or 0.0, row[f"w_{name}"] or 0.0) for name in names]
    points = apportion([1000 * x * w for _, x, w in terms], round(row["score"] * 1000))
    made = [
        Contribution(component=name, value=x, weight=w, points=tenths(part))
        for (name, x, w), part in zip(terms, points, strict=True)
        if w > 0
    ]
    return tuple(sorted(made, key=lambda c: (-c.points, -c.weight, c.component)))


def requirement_fits(
    requirements: Sequence[Row], row: Row, evidence: Sequence[Row], settings: ExplainSettings
) -> tuple[RequirementFit, ...]:
    """Each requirement with its coverage and, where it is found, its best quote; musts first."""
    passages: defaultdict[int, list[Row]] = defaultdict(list)
    for found in evidence:
        passages[found["requirement"]].append(found)
    coverage = row["requirement_coverage"] or [None] * len(requirements)
    if len(coverage) != len(requirements):
        raise ValueError(
            f"`requirement_coverage` must have one number a requirement: brief {row['brief_id']!r} "
            f"has {len(requirements)}, got {len(coverage)}."
        )
    made = []
    for requirement, covered in zip(requirements, coverage, strict=True):
        state = state_of(covered or 0.0, settings)
        told = passages[requirement["requirement"]] if state != "not_found" else []
        made.append(
            RequirementFit(
                text=requirement["text"],
                tier=requirement["tier"],
                state=state,
                coverage=covered or 0.0,
                quote=_quote(_strongest(told)) if told else None,
            )
        )
    return tuple(sorted(made, key=lambda fit: -TIER_WEIGHTS[fit.tier]))


def adaptability_facts(
    events: Sequence[Row], demand: Sequence[Row], settings: ExplainSettings
) -> tuple[AdaptabilityFact, ...]:
    """The strongest quoted events of the dimensions that the brief asks for."""
    made = []
    for wanted in demand:
        if wanted["demand"] < settings.demand_from:
            continue
        of_dimension = [event for event in events if event["dimension"] == wanted["dimension"]]
        strongest = sorted(of_dimension, key=lambda e: (-e["evidence_level"], -e["level"]))
        made += [
            AdaptabilityFact(
                dimension=event["dimension"],
                demand=wanted["demand"],
                strength=event["level"],
                why=wanted.get("why"),
                quote=_quote(event),
            )
            for event in strongest[:EVENTS_PER_DIMENSION]
        ]
    return tuple(made)


def gate_answers(rows: Iterable[Row]) -> tuple[GateAnswer, ...]:
    """What the gates say, failing and unknown first; a pass without a reason was no condition."""
    ordered = sorted(rows, key=lambda row: (ANSWERS.index(row["answer"]), row["gate"]))
    return tuple(
        GateAnswer(gate=row["gate"], answer=row["answer"], reason=row["reason"])
        for row in ordered
        if row["reason"] or row["answer"] != "pass"
    )


def change(rows: Sequence[Row]) -> Change | None:
    """The changed fact of a pair, if there is one worth telling."""
    for row in rows:
        score = tenths(round(row["score"] * 1000))
        return Change(kind=row["kind"], subject=row["subject"], score=score, rank=row["rank"])
    return None


def is_thin(facts: Row) -> bool:
    """Whether a CV is too short to tell much; one of unknown length is not."""
    words = facts.get("cv_words")
    return words is not None and words < THIN


def _moment(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.replace(tzinfo=None)
    return datetime.combine(day, time())


def _strongest(passages: Sequence[Row]) -> Row:
    """Of the passages about as near as the nearest, the nearest one told in a dated role."""

    def nearness(row: Row) -> float:
        return float(row.get("similarity", row["coverage"]) or 0.0)

    nearest = max(map(nearness, passages))
    least = min(nearest, ABOUT_AS_NEAR * nearest)  # nearness may be below 0
    near = [row for row in passages if nearness(row) >= least]
    return max(near, key=lambda row: (min(row["evidence_level"], DESCRIBED), nearness(row)))


def _quote(row: Row) -> Quote:
    return Quote(
        text=row["quote"],
        section=row.get("section"),
        start=row.get("start"),
        end=row.get("end"),
        level=row["evidence_level"],
    )
