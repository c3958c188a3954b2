"""Adaptability: dated, quoted events in the dimensions that the brief demands."""

import numpy as np

from models.context import Component, Context


def score(context: Context) -> Component:
    """Σ demand · level over the dimensions, the demand summing to 1."""
    return np.asarray(np.clip(context.ground.levels @ context.demand, 0, 1), np.float32)
