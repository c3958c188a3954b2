"""Measures of a ranking, by the names that information retrieval gives them.

Every function takes the gains (relevance grades) of one brief's candidates in ranked order, best
first, and knows nothing of where the order came from. Ties must be broken before: see
`evaluation.runs.ranked`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Measure: TypeAlias = Callable[[NDArray[np.float64]], float | None]
_DRAWS = 2000


def dcg(gains: ArrayLike, k: int) -> float:
    """Discounted cumulated gain of the first k: `sum(gain_i / log2(i + 1))`, i from 1.

    Järvelin & Kekäläinen 2002 (TOIS 20(4)) with linear gain and log2(rank + 1).
    """
    top = np.asarray(gains, dtype=np.float64)[:k]
    return float((top / np.log2(np.arange(2, top.size + 2))).sum())


def ndcg(gains: ArrayLike, k: int) -> float | None:
    """`dcg` divided by that of the best possible order; None where no candidate has a gain."""
    values = np.asarray(gains, dtype=np.float64)
    best = dcg(np.sort(values)[::-1], k)
    return dcg(values, k) / best if best else None


def recall(gains: ArrayLike, k: int) -> float | None:
    """Share of all candidates with a gain of at least 1 that stand in the first k."""
    hits = np.asarray(gains, dtype=np.float64) >= 1
    return float(hits[:k].sum() / hits.sum()) if hits.any() else None


def reciprocal_rank(gains: ArrayLike) -> float:
    """1 / rank of the first candidate with a gain of at least 1; 0 where there is none."""
    hits = np.flatnonzero(np.asarray(gains, dtype=np.float64) >= 1)
    return 1.0 / (1 + int(hits[0])) if hits.size else 0.0


def pairwise(gains: ArrayLike) -> float | None:
    """Share of the pairs of unequal gain that are in the right order; None without such a pair."""
    values = np.asarray(gains, dtype=np.float64)
    above = np.triu(np.sign(values[:, None] - values[None, :]), 1)
    right, wrong = int((above > 0).sum()), int((above < 0).sum())
    return right / (right + wrong) if right + wrong else None


def measure(name: str) -> Measure:
    """The measure of that name: `ndcg@10`, `recall@30`, `mrr`, `pairwise`.

    Raises:
        ValueError: the name is none of these.
    """
    family, _, cutoff = name.partition("@")
    if family in _WITH_CUTOFF and cutoff.isdigit() and int(cutoff) > 0:
        at_k = _WITH_CUTOFF[family]
        return lambda gains: at_k(gains, int(cutoff))
    if family in _WHOLE and not cutoff:
        return _WHOLE[family]
    known = [f"{m}@k" for m in _WITH_CUTOFF] + list(_WHOLE)
    raise ValueError(f"A measure must be one of {', '.join(known)}; got {name!r}.")


def mean_and_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean over briefs with its 95 % percentile bootstrap interval: (mean, low, high)."""
    sample = np.asarray(values, dtype=np.float64)
    if not sample.size:
        raise ValueError("A mean needs at least one brief; none came.")
    drawn = np.random.default_rng(0).choice(sample, (_DRAWS, sample.size)).mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(sample.mean()), float(low), float(high)


_WITH_CUTOFF: Mapping[str, Callable[[NDArray[np.float64], int], float | None]] = {
    "ndcg": ndcg,
    "recall": recall,
}
_WHOLE: Mapping[str, Measure] = {"mrr": reciprocal_rank, "pairwise": pairwise}
