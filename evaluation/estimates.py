"""A mean with its interval and its number of cases, or the word that there are too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.measures import mean_and_interval

FLOOR: Final = 10
"""Briefs, or placements, below which no figure is given: it would be read as one."""
LEAST_EACH: Final = 5
"""Cases of each kind below which two kinds are not compared."""
_DRAWS: Final = 2000


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure with its 95 % bootstrap interval over `n` cases; all null where n is too small."""

    mean: float | None
    low: float | None
    high: float | None
    n: int


def estimate(values: Sequence[float], *, floor: int = FLOOR) -> Estimate:
    """The mean over cases with its percentile bootstrap interval."""
    if len(values) < floor:
        return Estimate(mean=None, low=None, high=None, n=len(values))
    mean, low, high = mean_and_interval(values)
    return Estimate(mean=mean, low=low, high=high, n=len(values))


def area(values: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Chance that a positive case has the higher value, ties half (Mann & Whitney 1947): AUC."""
    above = np.sign(values[positive][:, None] - values[~positive][None, :])
    return float((above + 1).mean() / 2)


def area_estimate(values: NDArray[np.float64], positive: NDArray[np.bool_]) -> Estimate:
    """`area` with a bootstrap interval, each kind resampled by itself."""
    n = len(values)
    good, bad = values[positive], values[~positive]
    if n < FLOOR or min(len(good), len(bad)) < LEAST_EACH:
        return Estimate(mean=None, low=None, high=None, n=n)
    rng = np.random.default_rng(0)
    kinds = np.repeat([True, False], [len(good), len(bad)])
    drawn = [
        area(np.concatenate([rng.choice(good, len(good)), rng.choice(bad, len(bad))]), kinds)
        for _ in range(_DRAWS)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Estimate(mean=area(values, positive), low=float(low), high=float(high), n=n)
