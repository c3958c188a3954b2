"""Day-rate gate: within the budget, with room to negotiate."""

import numpy as np

from models.context import Context
from models.gates.answers import Gate, graded, passes

ROOM = 0.10  # over the budget that is still worth a question


def answer(context: Context) -> Gate:
    """Pass up to the budget, unknown up to a tenth above it, fail beyond."""
    budget = context.brief.get("day_rate_max_eur")
    if budget is None:
        return passes(context.size)
    rate = context.ground.facts.day_rate
    known = ~np.isnan(rate)

    def reason(candidate: int) -> str:
        if not known[candidate]:
            return f"? ≤ {budget:g} EUR"
        sign = "≤" if rate[candidate] <= budget else ">"
        return f"{rate[candidate]:g} {sign} {budget:g} EUR"

    answers = graded(rate <= budget, rate <= budget * (1 + ROOM), known)
    return Gate(answers=answers, reason=reason)
