"""Whether learnt weights order what came later: forward in time, whole briefs, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from evaluation.retune.preferences import Floats, Preferences, preferences

_FIRST = 0.4  # share of the briefs that the first fold learns from
_DRAWS = 500


@dataclass(frozen=True, kw_only=True)
class Fold:
    """What was known when a stretch of time began, and what that stretch then preferred."""

    train: Preferences
    test: Preferences


@dataclass(frozen=True, kw_only=True)
class Score:
    """Share of preferences in the right order, a tie counting half, with its 95 % interval."""

    mean: float
    low: float
    high: float
    preferences: int
    briefs: int


def split(
    pairs: pl.DataFrame, day: int, until: int, objective: str, *, clip: float, seed: int
) -> Fold:
    """One fold: briefs that came from `day` on and before `until` are held against what is learnt.

    Days count from the epoch. Learning sees only preferences known before `day`: a mission counts
    once it has ended, a decision once it is taken.
    """
    received = pl.col("received_at").cast(pl.Int32)
    past = pairs.filter(received < day)
    future = pairs.filter(received >= day, received < until)
    return Fold(
        train=preferences(past, objective, clip=clip, seed=seed).known_before(day),
        test=preferences(future, objective, clip=clip, seed=seed),
    )


def forward(
    pairs: pl.DataFrame, objective: str, *, folds: int, clip: float, seed: int
) -> list[Fold]:
    """Folds that go forward in time, each stretch with as many briefs; empty ones are left out."""
    shares = np.linspace(_FIRST, 1.0, folds + 1)
    cuts = [day_at(pairs, share) for share in shares]
    cuts[-1] += 1
    found = [
        split(pairs, day, until, objective, clip=clip, seed=seed)
        for day, until in pairwise(cuts)
        if day < until
    ]
    return [fold for fold in found if len(fold.train) and len(fold.test)]


def day_at(pairs: pl.DataFrame, share: float) -> int:
    """Day from the epoch on which the brief came that has this share of all before it."""
    days = pairs.unique("brief_id")["received_at"].cast(pl.Int32).sort().to_numpy()
    return int(days[min(int(share * len(days)), len(days) - 1)])


def right(margins: Floats) -> Floats:
    """1 where the better one is put first, 0.5 for a tie, 0 else."""
    order: Floats = (1.0 + np.sign(np.round(margins, 9))) / 2.0
    return order


def score(tests: Sequence[Preferences], hits: Sequence[Floats], *, seed: int) -> Score:
    """Mean of `hits` over the preferences of all tests, the interval by drawing whole briefs.

    With the hits of one ranking less those of another, the paired difference of the two.
    """
    sizes = [int(test.briefs.max()) + 1 for test in tests]
    rng = np.random.default_rng(seed)
    means = [_mean(tests, hits, [np.ones(size) for size in sizes])]
    for _ in range(_DRAWS):
        times = [_drawn(test, size, rng) for test, size in zip(tests, sizes, strict=True)]
        means.append(_mean(tests, hits, times))
    low, high = np.nanquantile(means[1:], [0.025, 0.975])
    return Score(
        mean=means[0],
        low=float(low),
        high=float(high),
        preferences=sum(len(test) for test in tests),
        briefs=sum(test.size for test in tests),
    )


def _drawn(test: Preferences, size: int, rng: np.random.Generator) -> Floats:
    """How often each brief of a test is drawn, when as many are drawn as tell something."""
    telling: NDArray[np.int64] = np.unique(test.briefs)
    return np.bincount(rng.choice(telling, len(telling)), minlength=size).astype(np.float64)


def _mean(tests: Sequence[Preferences], hits: Sequence[Floats], times: Sequence[Floats]) -> float:
    weights = [test.drawn(own) for test, own in zip(tests, times, strict=True)]
    total = sum(float(weight.sum()) for weight in weights)
    top = sum(float(weight @ hit) for weight, hit in zip(weights, hits, strict=True))
    return top / total if total else float("nan")
