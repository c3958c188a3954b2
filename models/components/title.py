"""Title: roles held, the latest first, against the title and function of the brief."""

import numpy as np

from models.context import Component, Context
from models.scaling import standardise, to_unit


def score(context: Context) -> Component:
    """The nearest role held, a role of ten years ago counting half; 0.5 where no role is known."""
    near = context.ground.roles.nearest(context.titles, context.size)
    known = ~np.isnan(near)
    if not known.any():
        return np.full(context.size, 0.5, np.float32)
    filled = np.where(known, near, np.nanmean(near))[:, None].astype(np.float32)
    return to_unit(standardise(filled, context.ground.groups))[:, 0]
