"""Communication: told work with people, beside what is only claimed."""

import numpy as np

from models.context import Component, Context


def score(context: Context) -> Component:
    """The interpersonal events of the CV, saturating; nothing told is 0."""
    return np.asarray(context.level("interpersonal"), np.float32)
