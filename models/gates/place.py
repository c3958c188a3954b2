"""Place gate: the mission's way of working and country against what the candidate accepts."""

import numpy as np

from models.context import Context
from models.gates.answers import FAIL, PASS, UNKNOWN, Gate, passes


def answer(context: Context) -> Gate:
    """Remote passes. A work mode that a candidate excludes fails; so does a place out of reach."""
    brief, facts = context.brief, context.ground.facts
    mode = brief.get("work_mode")
    if mode == "remote" or (mode is None and brief.get("place") is None):
        return passes(context.size)
    away = context.distances
    answers = np.full(context.size, UNKNOWN, np.int8)
    for row in range(context.size):
        modes = facts.work_modes[row]
        if mode is not None and modes is not None and mode not in modes:
            answers[row] = FAIL
        elif not np.isnan(away[row]) and not np.isnan(facts.max_distance[row]):
            answers[row] = PASS if away[row] <= facts.max_distance[row] else FAIL

    def reason(candidate: int) -> str:
        modes = facts.work_modes[candidate]
        if mode is not None and modes is not None and mode not in modes:
            return f"{mode} ≠ {', '.join(sorted(modes))}"
        far, most = away[candidate], facts.max_distance[candidate]
        shown = ["?" if np.isnan(km) else f"{km:.0f} km" for km in (far, most)]
        return f"{shown[0]} {'>' if far > most else '≤'} {shown[1]}"

    return Gate(answers=answers, reason=reason)
