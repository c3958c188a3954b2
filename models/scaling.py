"""Put raw similarities on one scale, so that the language a CV is written in does not matter."""

import numpy as np
from numpy.typing import NDArray

from models.bm25 import Floats

_PRIOR = 30  # CVs that the whole pool's mean and spread count for beside a language's own
FIT = (-2.0, 8.0)  # standard deviations that become 0 and 1 in a component
MET = (-1.0, 5.0)  # and in the coverage of one requirement


def standardise(values: Floats, groups: NDArray[np.integer]) -> Floats:
    """Z-scores of each column of `values` (candidates, columns) within each group of candidates.

    Mean and spread of a small group are shrunk towards those of everybody, so that the only CV of
    a language is not average by definition. A constant column becomes 0.
    """
    mean, spread = values.mean(axis=0), values.var(axis=0)
    scaled = np.zeros_like(values)
    for group in np.unique(groups):
        rows = np.flatnonzero(groups == group)
        own = values[rows]
        share = rows.size / (rows.size + _PRIOR) if rows.size < values.shape[0] else 1.0
        centre = share * own.mean(axis=0) + (1 - share) * mean
        variance = share * own.var(axis=0) + (1 - share) * spread
        scaled[rows] = (own - centre) / np.sqrt(np.maximum(variance, 1e-12))
    return np.where(spread > 1e-12, scaled, 0).astype(np.float32)


def to_unit(z: Floats, *, low: float = FIT[0], high: float = FIT[1]) -> Floats:
    """Z-scores as numbers in [0, 1]: a straight line from `low` to `high`, cut off there.

    Straight and wide on purpose: what saturates blurs the order of the best (evaluation/LOG.md).
    """
    return np.asarray(np.clip((z - low) / (high - low), 0, 1), np.float32)
