"""Language gate: every language that the brief requires, at or near its level."""

import numpy as np

from data.schema.words import LEVELS
from models.context import Context
from models.facts import LEVEL_UNKNOWN, NOT_LISTED, level_number
from models.gates.answers import FAIL, PASS, UNKNOWN, Gate, passes

NEAR = 1  # levels short that are a question, not a no


def answer(context: Context) -> Gate:
    """Pass at the level or better, fail if a stated list lacks the language or is well below.

    Unknown where no level is stated, and one level short: levels are people's own words.
    """
    required = [x for x in context.brief.get("languages") or () if x["required"]]
    if not required:
        return passes(context.size)
    facts = context.ground.facts
    worst = np.full(context.size, PASS, np.int8)
    for language in required:
        held, asked = facts.level(language["code"]), level_number(language["level"])
        listed = np.where(held >= asked, PASS, np.where(held >= asked - NEAR, UNKNOWN, FAIL))
        listed = np.where((held == LEVEL_UNKNOWN) & (asked > LEVEL_UNKNOWN), UNKNOWN, listed)
        listed = np.where(held == NOT_LISTED, FAIL, listed)
        worst = np.minimum(worst, np.where(facts.states_languages, listed, UNKNOWN))

    def reason(candidate: int) -> str:
        parts = []
        for language in required:
            held = int(facts.level(language["code"])[candidate])
            asked = language["level"] or "?"
            level = LEVELS[held - 1] if held > LEVEL_UNKNOWN else "?" if held == 0 else "-"
            sign = "≥" if held >= max(level_number(language["level"]), 1) else "<"
            unknown = held == LEVEL_UNKNOWN or not facts.states_languages[candidate]
            parts.append(f"{language['code']} {'?' if unknown else level + ' ' + sign} {asked}")
        return ", ".join(parts)

    return Gate(answers=worst.astype(np.int8), reason=reason)
