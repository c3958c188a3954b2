"""Technical fit: what is asked against what the CV tells, as a whole and passage by passage."""

import numpy as np

from models.components import seniority
from models.context import Component, Context
from models.scaling import standardise, to_unit

PROFILE, COVERAGE, TITLE, CARRIED = 4.0, 2.0, 1.0, 1.0
"""Shares of the four views; their ratios hardly matter (evaluation/LOG.md)."""


def score(context: Context) -> Component:
    """Four views, each in standard deviations within the CV's language, weighted and added.

    Profile: topics of the whole CV beside those of the brief. Coverage: tier-weighted best
    passages of every requirement. Title: best passages for title and function. Carried:
    responsibility, since briefs ask for people who led what they name.
    """
    views = [
        context.profile,
        context.covered,
        context.title_passages,
        seniority.carried(context),
    ]
    scaled = standardise(np.column_stack(views).astype(np.float32), context.ground.groups)
    fused = scaled @ np.array([PROFILE, COVERAGE, TITLE, CARRIED], np.float32)
    return to_unit(standardise(fused[:, None], context.ground.groups))[:, 0]
