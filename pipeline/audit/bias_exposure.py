"""How much of the readers' attention a group gets, against what chance would give it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

PERMUTATIONS: Final = 1999


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """The attention of a group for the mean of all, and how often chance gives one as unequal."""

    people: int
    relative: float
    low: float
    high: float
    p: float


def exposure(
    cases: pl.DataFrame,
    groups: pl.DataFrame,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 0,
) -> Mapping[str, Exposure]:
    """Mean exposure of each group for the mean of everybody, with a permutation null.

    A place on a shortlist is worth 1 / log2(1 + rank) (Järvelin and Kekäläinen 2002; as exposure:
    Singh and Joachims 2018). The null hands the groups out to the people at random, so that a
    person's briefs stay together; `low` and `high` hold 95 % of what it gives, `p` is two-sided.

    Args:
        cases: applications with candidate_id, rank and selected.
        groups: candidate_id, group.
        permutations: times the groups are handed out.
        seed: of the random numbers.
    """
    worth = pl.when("selected").then(1 / (1 + pl.col("rank")).log(2)).otherwise(0.0)
    people = (
        cases.group_by("candidate_id")
        .agg(worth=worth.sum())
        .join(groups.drop_nulls("group"), on="candidate_id")
        .sort("candidate_id")
    )
    values, names = people["worth"].to_numpy(), people["group"].to_numpy()
    if not len(values) or not values.sum():
        return {}
    unique, codes = np.unique(names.astype(str), return_inverse=True)
    counts = np.bincount(codes)
    observed = np.bincount(codes, values) / counts / values.mean()
    random = np.random.default_rng(seed)
    null = np.empty((permutations, len(unique)))  # (permutations, groups)
    for row in null:
        row[:] = np.bincount(random.permutation(codes), values) / counts / values.mean()
    # Rounded, because equal sums differ in the last digit with their order.
    extreme = np.abs(null - 1).round(9) >= np.abs(observed - 1).round(9)
    p = (1 + extreme.sum(axis=0)) / (1 + permutations)
    low, high = np.quantile(null, [0.025, 0.975], axis=0)
    return {
        str(name): Exposure(
            people=int(counts[at]),
            relative=float(observed[at]),
            low=float(low[at]),
            high=float(high[at]),
            p=float(p[at]),
        )
        for at, name in enumerate(unique)
    }
