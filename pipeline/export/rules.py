"""The rules that turn a pair's figures into what a recruiter is told, each of them explainable."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

from pipeline.export.shortlist import (
    AdaptabilityFact,
    Confidence,
    GateAnswer,
    Label,
    Quote,
    RequirementFit,
    State,
)

TIER_WEIGHTS = {"must": 3, "should": 2, "nice": 1}
DESCRIBED = 2  # the evidence level from which a fact stands in a dated role
_BEST = 3  # quotes that a reader sees first


@dataclass(frozen=True, kw_only=True)
class ExplainSettings:
    """Cut-offs of the words; scores, coverages and demands are in [0, 1].

    `words` goes from the highest floor down to 0. A CV less like the brief than `fits_from`
    (`models.likeness`) does not fit, whatever its score; if none of the first fits, nobody does.
    """

    top: int = 10
    covered_from: float = 0.5
    partly_from: float = 0.3
    demand_from: float = 0.3
    fits_from: float = 0.25
    words: tuple[tuple[str, float], ...] = (
        ("very_strong", 0.65),
        ("strong", 0.5),
        ("fair", 0.35),
        ("weak", 0.0),
    )


def apportion(values: Sequence[float], total: int) -> list[int]:
    """Whole numbers that add up to `total`, each within one of its value: largest remainder.

    Raises ValueError when the values do not add up to the total, but for rounding.
    """
    if not values or abs(sum(values) - total) > 1 + 1e-6 * abs(total):
        raise ValueError(
            f"`values` must add up to {total} but for rounding, got {sum(values):.3f}: "
            "score and contributions come from different weights."
        )
    parts = [floor(value) for value in values]
    short = total - sum(parts)
    order = sorted(range(len(values)), key=lambda i: (parts[i] - values[i], i))
    for step in range(abs(short)):
        # A rounded total can lie under the sum of the floors: then the smallest remainders give.
        index = order[step % len(order)] if short > 0 else order[-1 - step % len(order)]
        parts[index] += 1 if short > 0 else -1
    return parts


def tenths(value: int) -> Decimal:
    """Tenths of a point as points: 723 is 72.3."""
    return Decimal(value).scaleb(-1)


def state_of(coverage: float, settings: ExplainSettings) -> State:
    """Covered, partly covered or not found."""
    if coverage >= settings.covered_from:
        return "covered"
    return "partly" if coverage >= settings.partly_from else "not_found"


def word_of(score: float, settings: ExplainSettings, *, unlike: bool = False) -> str:
    """The name of the score's class; the last one for a CV that does not resemble the brief."""
    if unlike:
        return settings.words[-1][0]
    return next(word for word, floor_ in settings.words if score >= floor_)


def label_of(
    fits: Sequence[RequirementFit], facts: Sequence[AdaptabilityFact], *, over_qualified: bool
) -> Label:
    """What kind of match this is, from the must-haves found and the adaptability quoted.

    Two thirds of the must-haves (of all requirements, where none is a must) make the technical side
    solid; with a third of them, two of the demanded dimensions told in a dated role make a stretch
    worth a talk. Only who fits can go beyond the brief: elsewhere a higher title is another trade.
    """
    musts = [fit for fit in fits if fit.tier == "must"] or list(fits)
    credit = {"covered": 1.0, "partly": 0.5, "not_found": 0.0}
    found = sum(credit[fit.state] for fit in musts) / len(musts) if musts else 0.0
    shown = told_dimensions(facts)
    if found >= 2 / 3:
        return "over_qualified" if over_qualified else "solid" if shown else "specialist"
    return "stretch" if found >= 1 / 3 and len(shown) >= 2 else "partial"


def told_dimensions(facts: Sequence[AdaptabilityFact]) -> set[str]:
    """The dimensions of adaptability with a fact that stands in a dated role."""
    return {fact.dimension for fact in facts if fact.quote.level >= DESCRIBED}


def confidence_of(
    fits: Sequence[RequirementFit], gates: Sequence[GateAnswer], *, thin: bool
) -> tuple[Confidence, int, int, int]:
    """How sure the picture is, apart from the score: (word, firm, claimed, unknown points).

    A point is firm when a gate is known or a requirement is told in a dated role; one that is only
    claimed counts half, an unknown gate or a must-have that was not found counts nothing. A thin CV
    supports nothing well.
    """
    found = [fit for fit in fits if fit.state != "not_found"]
    firm = sum(fit.quote is not None and fit.quote.level >= DESCRIBED for fit in found)
    claimed = len(found) - firm
    unknown = sum(fit.state == "not_found" and fit.tier == "must" for fit in fits)
    firm += sum(gate.answer != "unknown" for gate in gates)
    unknown += sum(gate.answer == "unknown" for gate in gates)
    points = firm + claimed + unknown
    share = (firm + claimed / 2) / points if points else 0.0
    word: Confidence = "high" if share >= 0.75 else "medium" if share >= 0.5 else "low"
    if thin and word == "high":
        word = "medium"
    return word, firm, claimed, unknown


def best_quotes(
    fits: Sequence[RequirementFit], facts: Sequence[AdaptabilityFact]
) -> tuple[Quote, ...]:
    """The quotes that say most: by tier, coverage or demand, and evidence level; none twice."""
    valued = [
        (TIER_WEIGHTS[fit.tier] / 3 * fit.coverage * fit.quote.level, fit.quote)
        for fit in fits
        if fit.quote is not None and fit.state != "not_found"
    ]
    valued += [(fact.demand * fact.strength * fact.quote.level, fact.quote) for fact in facts]
    chosen: list[Quote] = []
    for _, quote in sorted(valued, key=lambda pair: -pair[0]):
        if not any(quote.text in other.text or other.text in quote.text for other in chosen):
            chosen.append(quote)
    return tuple(chosen[:_BEST])
