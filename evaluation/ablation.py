"""What each component earns: the backtest again without it."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from evaluation.compared import per_brief
from evaluation.estimates import FLOOR, Estimate
from evaluation.pairs import W, X, components, without
from evaluation.significance import holm, paired_randomization

MEASURES: Final = ("ndcg@10", "mrr")


@dataclass(frozen=True, kw_only=True)
class Ablation:
    """How much a measure falls when a component is left out; positive: the component earns it.

    `spread` is the mean standard deviation of the component inside a brief: near 0 it said the same
    of everybody, and its loss tells nothing of it. `p` is of a paired randomization test over
    briefs, adjusted over all components (Holm 1979).
    """

    component: str
    weight: float
    spread: float
    measure: str
    loss: Estimate
    p: float | None


def ablations(pairs: pl.DataFrame, labels: pl.DataFrame) -> tuple[Ablation, ...]:
    """Leave out every component that weighs something; the others share its weight."""
    names = [name for name in components(pairs) if pairs[W + name].max()]
    whole = _measured(pairs, labels)
    losses = {name: _losses(whole, _measured(without(pairs, name), labels)) for name in names}
    return tuple(
        one
        for measure in MEASURES
        for one in _tested(pairs, measure, {n: losses[n][measure] for n in names})
    )


def _measured(pairs: pl.DataFrame, labels: pl.DataFrame) -> pl.DataFrame:
    rank = -pl.col("rank").cast(pl.Float64)
    return per_brief(pairs.select("brief_id", "candidate_id", score=rank), labels)


def _losses(whole: pl.DataFrame, part: pl.DataFrame) -> dict[str, list[float]]:
    both = whole.join(part, on="brief_id", suffix="_without", maintain_order="left")
    return {
        name: (both[name] - both[f"{name}_without"]).drop_nulls().to_list() for name in MEASURES
    }


def _tested(pairs: pl.DataFrame, measure: str, losses: dict[str, list[float]]) -> list[Ablation]:
    tests = {n: paired_randomization(v) for n, v in losses.items() if len(v) >= FLOOR}
    adjusted = dict(zip(tests, holm([test.p for test in tests.values()]), strict=True))
    result = []
    for name, values in losses.items():
        test = tests.get(name)
        result.append(
            Ablation(
                component=name,
                weight=float(pairs[W + name].to_numpy().mean()),
                spread=_spread(pairs, X + name),
                measure=measure,
                loss=Estimate(
                    mean=test.mean if test else None,
                    low=test.low if test else None,
                    high=test.high if test else None,
                    n=len(values),
                ),
                p=adjusted.get(name),
            )
        )
    return result


def _spread(pairs: pl.DataFrame, column: str) -> float:
    inside = pairs.group_by("brief_id", maintain_order=True).agg(pl.col(column).std(ddof=0))
    return float(inside[column].to_numpy().mean())
