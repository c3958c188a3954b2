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
    away, most = context.distances, facts.max_distance
    refused = [mode and held is not None and mode not in held for held in facts.work_modes]
    reached = np.where(away <= most, PASS, np.where(away > most, FAIL, UNKNOWN))  # NaN: unknown
    answers = np.where(np.array(refused, np.bool_), FAIL, reached).astype(np.int8)

    def reason(candidate: int) -> str:
        modes = facts.work_modes[candidate]
        if mode is not None and modes is not None and mode not in modes:
            return f"{mode} ≠ {', '.join(sorted(modes))}"
        far, most = away[candidate], facts.max_distance[candidate]
        shown = ["?" if np.isnan(km) else f"{km:.0f} km" for km in (far, most)]
        return f"{shown[0]} {'>' if far > most else '≤'} {shown[1]}"

    return Gate(answers=answers, reason=reason)
