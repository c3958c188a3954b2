"""Sector: whether the candidate worked where the brief plays."""

import numpy as np

from models.context import Component, Context
from models.scaling import standardise, to_unit


def score(context: Context) -> Component:
    """1 for a stated sector of the same name; else how near the CV is to the sector's words."""
    sector = context.brief.get("sector")
    if not sector:
        return np.full(context.size, 0.5, np.float32)
    near = to_unit(standardise(context.sector[:, None], context.ground.groups))[:, 0]
    stated = np.array([sector in held for held in context.ground.facts.sectors], np.bool_)
    return np.where(stated, 1.0, near).astype(np.float32)
