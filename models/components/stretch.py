"""Stretch: how learnable what is missing is for this person."""

import numpy as np

from models.context import Component, Context


def score(context: Context) -> Component:
    """The near misses among the requirements, times the evidence of learning.

    A requirement covered to c leaves a gap of 1 - c, and c says how near the CV came; 4 c (1 - c)
    is 1 at half covered. Somebody who misses nothing, misses everything, or shows no learning
    gets 0.
    """
    near_misses = 4 * context.coverage * (1 - context.coverage)
    return np.clip(near_misses @ context.tiers * context.level("learning"), 0, 1).astype(np.float32)
