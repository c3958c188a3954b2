"""What is worth asking a candidate, and which of their claims are worth verifying."""

from collections.abc import Sequence

from pipeline.export.rows import Row
from pipeline.export.rules import DESCRIBED, ExplainSettings, told_dimensions
from pipeline.export.shortlist import (
    AdaptabilityFact,
    Claim,
    GateAnswer,
    Question,
    RequirementFit,
)

QUESTIONS_ON_ADAPTING = 2
CLAIMS_TO_VERIFY = 4


def questions(
    fits: Sequence[RequirementFit],
    facts: Sequence[AdaptabilityFact],
    gates: Sequence[GateAnswer],
    demand: Sequence[Row],
    settings: ExplainSettings,
) -> tuple[Question, ...]:
    """What to ask: unknown gates, must-haves not plainly there, dimensions without a fact."""
    shown = told_dimensions(facts)
    asked = [row["dimension"] for row in demand if row["demand"] >= settings.demand_from]
    untold = [dimension for dimension in asked if dimension not in shown]
    return (
        *(
            Question(kind="gate", subject=g.gate, told=g.reason)
            for g in gates
            if g.answer == "unknown"
        ),
        *(
            Question(kind="requirement", subject=fit.text)
            for fit in fits
            if fit.tier == "must" and fit.state != "covered"
        ),
        *(Question(kind="dimension", subject=name) for name in untold[:QUESTIONS_ON_ADAPTING]),
    )


def claims(fits: Sequence[RequirementFit], facts: Sequence[AdaptabilityFact]) -> tuple[Claim, ...]:
    """What weighs most of what is only stated, not told in a dated role; no quote twice."""
    told = told_dimensions(facts)
    stated = [
        Claim(kind="requirement", subject=fit.text, quote=fit.quote)
        for fit in fits
        if fit.quote is not None and fit.quote.level < DESCRIBED
    ]
    stated += [
        Claim(kind="dimension", subject=fact.dimension, quote=fact.quote)
        for fact in facts
        if fact.dimension not in told
    ]
    distinct = {claim.quote.text: claim for claim in reversed(stated)}
    return tuple(reversed(distinct.values()))[:CLAIMS_TO_VERIFY]
