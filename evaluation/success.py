"""Whether those whom the ranking put higher also did better once they were placed."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from evaluation.estimates import Estimate, area_estimate, estimate
from evaluation.pairs import X, components

GOALS: Final = {
    "completed": pl.col("success"),
    "extended": pl.col("grade") == 4,
}
"""What counts as having gone well: not ended early through the candidate; or more than agreed."""


@dataclass(frozen=True, kw_only=True)
class Success:
    """Placed candidates with a known end, ranked by a score, for one goal.

    `area` is the chance that of two placed candidates the one who reached the goal had the higher
    score (0.5: the score says nothing). `top` and `bottom` are the shares that reached it in the
    thirds with the highest and the lowest scores. Only the placed have an outcome: a score that
    decides who is placed looks worse here than it is.
    """

    goal: str
    score: str
    area: Estimate
    top: Estimate
    bottom: Estimate


def success_of_placed(pairs: pl.DataFrame) -> tuple[Success, ...]:
    """For every goal, the whole score and each component; a client's failures are left out."""
    ended = pairs.filter(pl.col("success").is_not_null()).sort("brief_id", "candidate_id")
    scores = {"score": "score", **{name: X + name for name in components(pairs)}}
    return tuple(
        _success(ended, goal, name, column) for goal in GOALS for name, column in scores.items()
    )


def _success(ended: pl.DataFrame, goal: str, name: str, column: str) -> Success:
    values = ended[column].to_numpy().astype(np.float64)
    reached = ended.select(GOALS[goal].alias("reached"))["reached"].to_numpy().astype(np.bool_)
    order, third = np.argsort(-values, kind="stable"), len(values) // 3
    return Success(
        goal=goal,
        score=name,
        area=area_estimate(values, reached),
        top=estimate(reached[order[:third]].astype(float).tolist()),
        bottom=estimate(reached[order[len(values) - third :]].astype(float).tolist()),
    )
