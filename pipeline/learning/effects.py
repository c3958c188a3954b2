"""What a challenger would change: who stands on lists, where the taken stand, what it earns."""

from dataclasses import dataclass

import polars as pl

from data.schema.words import PAIR
from evaluation.measures import mean_and_interval
from evaluation.off_policy import Estimate, doubly_robust, snips
from evaluation.presentations import log_of, target_of
from models.weights.champion import Weights
from pipeline.backtest.reweigh import reweigh
from pipeline.settings import Settings

TOP = 10
_ESTIMATORS = (snips, doubly_robust)
_REWARDS = ("selected", "success")


@dataclass(frozen=True, kw_only=True)
class Effects:
    """Two weightings on the same past briefs.

    `newcomers`: of the first `TOP` under the challenger, how many the champion did not put there,
    a mean over briefs; `first_stays`: share of the briefs whose first place stays. `mrr`: of whom
    the client took, champion then challenger, mean with interval; none where nobody was taken.
    `worth`: by weighting and reward, what a place on its lists would have earned (off-policy).
    """

    briefs: int
    newcomers: float
    first_stays: float
    mrr: tuple[tuple[float, float, float], tuple[float, float, float]] | None
    worth: tuple[tuple[str, str, Estimate], ...]


def effects(
    pairs: pl.DataFrame, champion: Weights, challenger: Weights, settings: Settings
) -> Effects:
    """Rank the pairs under both, by the rule of a night, and compare."""
    fixed = settings.night.weights
    both = [reweigh(pairs, weights, fixed) for weights in (champion, challenger)]
    before, after = (table.filter(pl.col("rank") <= TOP) for table in both)
    briefs = pairs["brief_id"].n_unique()
    firsts = [table.filter(pl.col("rank") == 1) for table in both]
    return Effects(
        briefs=briefs,
        newcomers=after.join(before, on=PAIR, how="anti").height / briefs,
        first_stays=firsts[0].join(firsts[1], on=PAIR, how="semi").height / briefs,
        mrr=_mrr(both[0], both[1]),
        worth=tuple(
            (weights.weights_id, reward, estimate)
            for reward in _REWARDS
            for weights, table in zip((champion, challenger), both, strict=True)
            for estimate in _worth(table, reward)
        ),
    )


def _worth(table: pl.DataFrame, reward: str) -> list[Estimate]:
    log, target = log_of(table, reward), target_of(table)
    return [estimator(log, target) for estimator in _ESTIMATORS]


def _mrr(
    before: pl.DataFrame, after: pl.DataFrame
) -> tuple[tuple[float, float, float], tuple[float, float, float]] | None:
    taken = [table.filter(pl.col("grade") >= 2).sort("brief_id") for table in (before, after)]
    if taken[0].is_empty():
        return None
    old, new = (mean_and_interval((1 / table["rank"]).to_list()) for table in taken)
    return old, new
