"""Languages: required and wished languages, at or near the level asked."""

import numpy as np

from models.context import Component, Context
from models.facts import NOT_LISTED, level_number

_REQUIRED, _WISHED = 3.0, 1.0
_UNKNOWN = 0.5


def score(context: Context) -> Component:
    """Weighted mean of level held over level asked, at most 1; unknown counts half."""
    asked = context.brief.get("languages") or ()
    facts = context.ground.facts
    if not asked:
        return np.full(context.size, _UNKNOWN, np.float32)
    total = np.zeros(context.size)
    for language in asked:
        held = facts.level(language["code"]).astype(float)
        share = np.clip(held / max(level_number(language["level"]), 1), 0, 1)
        share = np.where(held == 0, _UNKNOWN, share)
        share = np.where(facts.states_languages | (held > NOT_LISTED), share, _UNKNOWN)
        total += share * (_REQUIRED if language["required"] else _WISHED)
    weights = sum(_REQUIRED if x["required"] else _WISHED for x in asked)
    return (total / weights).astype(np.float32)
