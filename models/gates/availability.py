"""Availability gate: free by the start of the mission, with a little give."""

import numpy as np

from models.context import Context
from models.gates.answers import Gate, graded, passes

GRACE_DAYS, LATEST_DAYS = 7, 30  # later than the start: still fine; worth a question


def answer(context: Context) -> Gate:
    """Pass up to a week after the start, unknown up to a month, fail later."""
    start = context.brief.get("start_date")
    if start is None:
        return passes(context.size)
    free = context.ground.facts.available_from
    late = (free - np.datetime64(start, "D")).astype("timedelta64[D]").astype(np.float64)
    known = ~np.isnat(free)

    def reason(candidate: int) -> str:
        if not known[candidate]:
            return f"? ≤ {start}"
        return f"{free[candidate]} {'≤' if late[candidate] <= 0 else '>'} {start}"

    return Gate(answers=graded(late <= GRACE_DAYS, late <= LATEST_DAYS, known), reason=reason)
