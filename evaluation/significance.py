"""Whether a difference between two rankings is more than the luck of the briefs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

_EXACT = 12  # up to so many differences, all 2^n signs are tried instead of drawn
_BLOCK = 500  # rows of signs held at once


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A paired comparison: mean difference, its interval, two-sided p, number of pairs."""

    mean: float
    low: float
    high: float
    p: float
    briefs: int


def paired_randomization(
    differences: ArrayLike, *, level: float = 0.95, draws: int = 10_000, seed: int = 0
) -> Difference:
    """Test paired differences (one a brief) by flipping their signs; Fisher 1935, Smucker 2007.

    Under the null hypothesis the two rankings of a brief could as well be swapped, so each sign is
    as likely as the other. p is the share of sign patterns whose mean is as far from 0 as the one
    seen, itself included. The interval inverts the same test: its ends are quantiles of the means
    of random subsets (Hartigan 1969, "Using subsample values as typical values", JASA 64), so it
    leaves out 0 when p is below 1 - level, but for the draws.

    Raises:
        ValueError: there is no difference, or one is not a number.
    """
    values = np.asarray(differences, dtype=np.float64)
    if not values.size or not np.isfinite(values).all():
        raise ValueError("A paired test needs at least one difference, all of them finite.")
    means, subsets = [], []
    for flipped in _patterns(values.size, draws, seed):
        sums = flipped @ values
        means.append((values.sum() - 2 * sums) / values.size)
        sizes = flipped.sum(axis=1)
        subsets.append(sums[sizes > 0] / sizes[sizes > 0])
    extremes = np.abs(np.concatenate(means)) >= abs(values.mean()) - 1e-12
    exact = values.size <= _EXACT
    p = extremes.mean() if exact else (extremes.sum() + 1) / (extremes.size + 1)
    low, high = np.quantile(np.concatenate(subsets), [(1 - level) / 2, (1 + level) / 2])
    return Difference(
        mean=float(values.mean()),
        low=float(low),
        high=float(high),
        p=float(p),
        briefs=values.size,
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values of a family of tests, in their order; Holm 1979 (Scand. J. Stat. 6(2)).

    Rejecting those at or below alpha keeps the chance of any false rejection at alpha.
    """
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    steps = (p.size - np.arange(p.size)) * p[order]
    adjusted = np.empty(p.size)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return [float(value) for value in adjusted]


def _patterns(size: int, draws: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Which of `size` signs are flipped (1) or kept (0), in blocks: (rows, size)."""
    if size <= _EXACT:
        numbers = np.arange(2**size)[:, None]
        yield (numbers >> np.arange(size) & 1).astype(np.float64)
        return
    random = np.random.default_rng(seed)
    for start in range(0, draws, _BLOCK):
        rows = min(_BLOCK, draws - start)
        yield random.integers(0, 2, (rows, size)).astype(np.float64)
