"""The presentations of the past as off-policy estimators read them."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import polars as pl

from evaluation.off_policy import Floats, Log, entries
from evaluation.pairs import X

PLACES: Final = 3.0
"""Places of the lists that a proposed weighting fills: the market presents about three."""
SOFTNESS: Final = 0.03
"""How far scores may lie apart and still change places, by chance; see `off_policy.entries`."""


def _selected(pairs: pl.DataFrame) -> pl.Series:
    return (pairs["grade"] >= 2).cast(pl.Float64)


def _interest(pairs: pl.DataFrame) -> pl.Series:
    return (pairs["grade"] >= 1).cast(pl.Float64)


def _success(pairs: pl.DataFrame) -> pl.Series:
    """A mission of unknown outcome counts as the mean of the known ones: nobody's fault."""
    known = pairs["success"].cast(pl.Float64)
    mean = known.mean()
    filled = known.fill_null(mean if isinstance(mean, float) else 0.0)
    return filled * _selected(pairs)


REWARDS: Final[Mapping[str, Callable[[pl.DataFrame], pl.Series]]] = {
    "interest": _interest,
    "selected": _selected,
    "success": _success,
}
"""What a presentation earns, in [0, 1]: an interview, the mission, or a mission that went well."""


def log_of(pairs: pl.DataFrame, reward: str) -> Log:
    """The log that a table of `evaluation.pairs` holds; rows stay in their order.

    A presentation without a logged propensity, or not yet decided, counts as not made. The outcome
    model sees every component as it is and beside the brief's other candidates.
    """
    usable = pl.col("presented") & (pl.col("propensity") > 0) & pl.col("grade").is_not_null()
    centred = (pl.col(f"^{X}.*$") - pl.col(f"^{X}.*$").mean().over("brief_id")).name.suffix("_")
    rivals = (1 / pl.len().over("brief_id")).alias("rivals")
    return Log(
        brief=(pairs["brief_id"].rank("dense").cast(pl.Int64) - 1).to_numpy(),
        shown=pairs.select(usable.fill_null(value=False)).to_series().to_numpy(),
        propensity=pairs["propensity"].fill_null(1.0).to_numpy(),
        place=pairs["presented_rank"].fill_null(1).cast(pl.Float64).to_numpy(),
        reward=REWARDS[reward](pairs).fill_null(0.0).to_numpy(),
        features=pairs.select(f"^{X}.*$", centred, rivals).to_numpy().astype(np.float64),
    )


def target_of(pairs: pl.DataFrame) -> Floats:
    """Probability that a list by the column `score` would show each candidate; rows in order."""
    target = np.zeros(pairs.height)
    groups = pairs.select("brief_id", "score", row=pl.int_range(pl.len())).group_by("brief_id")
    for _, part in groups:
        rows = part["row"].to_numpy()
        target[rows] = entries(part["score"].to_numpy(), PLACES, SOFTNESS)
    return target
