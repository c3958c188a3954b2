"""Stretch: how learnable what is missing is for this person."""

import numpy as np

from models.context import Component, Context

_FAR = 0.5  # share of the gap that someone without learning evidence still closes


def score(context: Context) -> Component:
    """What is missing, by its nearness to what was done, times the evidence of learning.

    A requirement at coverage c leaves 1 - c; c itself says how near the CV came. The learnable
    share of the gap is c (near misses) weighted by the learning events, so that somebody with
    nothing missing and somebody with everything missing both get little.
    """
    gap = 1 - context.coverage
    learnable = 4 * gap * context.coverage  # 1 at half covered, 0 at both ends
    evidence = _FAR + (1 - _FAR) * context.level("learning")
    return np.clip((learnable @ context.tiers) * evidence, 0, 1).astype(np.float32)
