"""Technical fit: what is asked against what the CV tells, passage by passage and as a whole."""

import numpy as np

from models.context import Component, Context
from models.scaling import standardise, to_unit


def score(context: Context) -> Component:
    """Three views, each scaled within the CV's language and averaged.

    Coverage: tier-weighted best passages of every requirement. Profile: topics of the whole CV
    beside those of the whole brief. Words: BM25 of the whole CV.
    """
    groups = context.ground.groups
    coverage = context.similarity @ context.tiers
    views = np.column_stack([coverage, context.profile, context.words])
    fused = standardise(views, groups).mean(axis=1, keepdims=True)
    return to_unit(standardise(fused, groups))[:, 0]
