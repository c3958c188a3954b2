"""What a component or a gate may look at: one brief before the whole pool."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema.words import DIMENSIONS
from models.bm25 import Floats
from models.pool import Ground

TIER_WEIGHTS: Mapping[str, float] = {"must": 3.0, "should": 2.0, "nice": 1.0}
Component = NDArray[np.float32]


def tier_weights(requirements: pl.DataFrame) -> Floats:
    """Weight of each row of a requirement table (requirements,), summing to 1."""
    weights = np.array([TIER_WEIGHTS[tier] for tier in requirements["tier"]], np.float32)
    return np.asarray(weights / weights.sum(), np.float32)


@dataclass(frozen=True, kw_only=True)
class Context:
    """One brief and the pool; arrays follow `ground.ids` and the order of `requirements`."""

    ground: Ground
    brief: Mapping[str, Any]
    requirements: pl.DataFrame
    coverage: Floats  # (candidates, requirements) in [0, 1], scaled within the CV's language
    covered: Floats  # (candidates,): tier-weighted z-scores of the requirements' best passages
    title_passages: Floats  # (candidates,): z-score of the best passages for the brief's title
    profile: Floats  # (candidates,): topics of the CV beside those of the brief
    sector: Floats  # (candidates,): BM25 of the sector's words
    titles: Floats  # (titles of ground.roles,): likeness to the brief's title
    demand: Floats  # (dimensions,), summing to 1 or all 0
    distances: NDArray[np.float64]  # (candidates,): km to the place of work; NaN unknown

    @property
    def size(self) -> int:
        """Number of candidates."""
        return len(self.ground.ids)

    @property
    def tiers(self) -> Floats:
        """Weight of each requirement (requirements,), summing to 1."""
        return tier_weights(self.requirements)

    def level(self, dimension: str) -> Floats:
        """Level (candidates,) of one dimension of adaptability, in [0, 1]."""
        return self.ground.levels[:, DIMENSIONS.index(dimension)]
