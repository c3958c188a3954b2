"""The rankings that a backtest compares, measured brief by brief on the same labels."""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import polars as pl

from data.schema.words import PAIR
from evaluation.runs import evaluate

BLEND: Final = "briefmatch"
RECRUITERS: Final = "recruiters"
RANDOM: Final = "random"
TRUTH: Final = "truth"
ORDER: Final = ("ndcg@5", "ndcg@10", "pairwise")
"""Measures of the order among the presented; their candidates' grades are known (condensed lists,
Sakai 2007), so they do not punish a ranking for whom recruiters never showed. They cannot see a
good candidate whom nobody showed either."""
FIND: Final = ("mrr", "recall@5", "recall@10", "recall@30")
"""Measures of where the candidate whom the client took stands among all eligible. Whoever was never
presented counts as not taken, so these are bounds from below."""
SELECTED: Final = 2  # grade from which the client took the candidate
_COLUMNS: Final = {"bm25": "b_bm25", "encoder": "b_encoder"}
_DRAWS: Final = 20  # random orders a brief; their mean stands for chance


def compared(
    pairs: pl.DataFrame, labels: pl.DataFrame, truth: pl.DataFrame | None = None
) -> dict[str, pl.DataFrame]:
    """Each ranking's measures, one row a brief (`per_brief`), by the name of the ranking.

    Args:
        pairs: as `evaluation.pairs.Pairs`.
        labels: `evaluation.labels.outcome_labels` of the same briefs; who failed a gate is in here
            and not in `pairs`, and counts as missed.
        truth: brief_id, candidate_id, score of the presented in a simulated agency.
    """
    runs = {BLEND: pairs.select(*PAIR, score=-pl.col("rank").cast(pl.Float64))}
    runs |= {name: pairs.select(*PAIR, score=column) for name, column in _COLUMNS.items()}
    listed = labels.filter(pl.col("presented_rank").is_not_null())
    runs[RECRUITERS] = listed.select(*PAIR, score=-pl.col("presented_rank").cast(pl.Float64))
    measured = {name: per_brief(run, labels) for name, run in runs.items()}
    measured[RANDOM] = _mean(_random_orders(pairs, labels))
    if truth is not None:  # known of the presented alone
        order = per_brief(truth.select(*PAIR, "score"), labels)
        measured[TRUTH] = order.with_columns(pl.lit(None, pl.Float64).alias(name) for name in FIND)
    return measured


def per_brief(run: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """`ORDER` and `FIND` of a run (brief_id, candidate_id, score), one row a labelled brief.

    Null where the brief cannot tell: nobody got further than another, or the client took nobody.
    """
    graded = labels.filter(pl.col("grade").is_not_null())
    order = evaluate(run, graded, ORDER)
    unequal = graded.filter(pl.col("grade").n_unique().over("brief_id") > 1)["brief_id"]
    tells = pl.col("brief_id").is_in(unequal.unique().implode())
    order = order.with_columns(pl.when(tells).then(pl.col(name)).alias(name) for name in ORDER)
    return order.join(_found(run, labels), on="brief_id", how="left").sort("brief_id")


def places(run: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    """Where a run puts those whom clients took: brief_id, candidate_id, place (null: nowhere)."""
    ordered = run.sort("brief_id", "score", "candidate_id", descending=[False, True, False])
    numbered = ordered.select(*PAIR, place=pl.int_range(1, pl.len() + 1).over("brief_id"))
    taken = labels.filter(pl.col("grade") >= SELECTED).select(PAIR)
    return taken.join(numbered, on=PAIR, how="left", maintain_order="left")


def _found(run: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    within = {f"recall@{k}": pl.col("place") <= k for k in (5, 10, 30)}
    return (
        places(run, labels)
        .group_by("brief_id", maintain_order=True)
        .agg(
            mrr=(1 / pl.col("place").min()).fill_null(0.0),
            **{name: hit.fill_null(value=False).mean() for name, hit in within.items()},
        )
    )


def _random_orders(pairs: pl.DataFrame, labels: pl.DataFrame) -> Iterable[pl.DataFrame]:
    rng = np.random.default_rng(0)
    ids = pairs.select(PAIR).sort(PAIR)
    for _ in range(_DRAWS):
        yield per_brief(ids.with_columns(score=pl.Series(rng.random(ids.height))), labels)


def _mean(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(tables).group_by("brief_id").agg(pl.all().mean()).sort("brief_id")


def differences(measured: Mapping[str, pl.DataFrame], other: str, measure: str) -> pl.DataFrame:
    """How much the blend is above another ranking in each brief: brief_id, difference."""
    both = measured[BLEND].join(measured[other], on="brief_id", suffix="_other")
    difference = pl.col(measure) - pl.col(f"{measure}_other")
    return both.select("brief_id", difference=difference).drop_nulls()
