"""Everything that a backtest finds, in one record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.schema.words import PAIR
from evaluation.ablation import Ablation, ablations
from evaluation.calibration import EVENTS, Calibration, calibrate
from evaluation.ceiling import AGREEMENT, noise_ceiling
from evaluation.compared import (
    BLEND,
    FIND,
    ORDER,
    RANDOM,
    SELECTED,
    compared,
    differences,
    places,
)
from evaluation.early_warning import Promise, Warned, promises, warnings
from evaluation.estimates import FLOOR, Estimate, estimate
from evaluation.labels import LEVELS
from evaluation.significance import Difference, paired_randomization
from evaluation.slices import Slice, brief_slices, language_slices
from evaluation.success import Success, success_of_placed

HEADLINE: Final = ("recall@10", "ndcg@10")
"""The measure of finding, and that of ordering, which slices and tests are made of."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the backtest had to go by; `levels` counts the graded pairs of each level.

    `missed`: presented candidates whom the ranking lacks. `stopped`: how many of the presented, and
    of the taken, each gate had stopped; one person can fail several.
    """

    briefs: int
    first: date
    last: date
    pairs: int
    presented: int
    missed: int
    stopped: Mapping[str, tuple[int, int]]
    levels: Mapping[str, int]
    placed: int
    ended: int
    failed: int
    client_caused: int


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What came out: `measures` by ranking and measure, `against` the tests of the blend."""

    counts: Counts
    measures: Mapping[str, Mapping[str, Estimate]]
    against: Mapping[str, Mapping[str, Difference]]
    agreement: float
    ceiling: Mapping[str, Estimate]
    slices: tuple[Slice, ...]
    success: tuple[Success, ...]
    calibration: tuple[Calibration, ...]
    ablation: tuple[Ablation, ...]
    promises: tuple[Promise, ...]
    warnings: tuple[Warned, ...]


def assess(
    pairs: pl.DataFrame,
    labels: pl.DataFrame,
    placements: pl.DataFrame,
    feedback: pl.DataFrame,
    stopped: pl.DataFrame,
    truth: pl.DataFrame | None,
) -> Findings:
    """Measure a replayed past.

    Args:
        pairs: as `evaluation.pairs.Pairs`.
        labels: `evaluation.labels.outcome_labels`.
        placements: as in the inbox; so is `feedback`.
        feedback: what clients said during missions.
        stopped: brief_id, candidate_id, gate of whom a gate kept out.
        truth: brief_id, candidate_id, score: how well each pair truly fits, in a simulated agency.
    """
    labels = labels.filter(pl.col("brief_id").is_in(pairs["brief_id"].unique().implode()))
    measured = compared(pairs, labels, truth)
    rank = -pl.col("rank").cast(pl.Float64)
    found = places(pairs.select("brief_id", "candidate_id", score=rank), labels)
    return Findings(
        counts=_counts(pairs, labels, stopped),
        measures={
            name: {m: estimate(table[m].drop_nulls().to_list()) for m in (*FIND, *ORDER)}
            for name, table in measured.items()
        },
        against=_against(measured),
        agreement=AGREEMENT,
        ceiling=noise_ceiling(labels),
        slices=(
            *brief_slices(measured[BLEND], pairs, HEADLINE),
            *language_slices(found, pairs, 10),
        ),
        success=success_of_placed(pairs),
        calibration=tuple(calibrate(pairs, event) for event in EVENTS),
        ablation=ablations(pairs, labels),
        promises=promises(pairs, placements, feedback),
        warnings=warnings(pairs, placements, feedback),
    )


def _against(measured: Mapping[str, pl.DataFrame]) -> dict[str, dict[str, Difference]]:
    """The blend against each baseline by a paired randomization test, where enough briefs tell."""
    tests: dict[str, dict[str, Difference]] = {}
    for other in ("bm25", "encoder", RANDOM):
        values = {m: differences(measured, other, m)["difference"] for m in HEADLINE}
        enough = {m: value for m, value in values.items() if value.len() >= FLOOR}
        tests[other] = {m: paired_randomization(v.to_numpy()) for m, v in enough.items()}
    return tests


def _counts(pairs: pl.DataFrame, labels: pl.DataFrame, stopped: pl.DataFrame) -> Counts:
    ranked = pairs.select("brief_id", "candidate_id")
    missed = labels.join(ranked, on=PAIR, how="anti")
    by_grade = dict(labels.drop_nulls("grade").group_by("grade").len().iter_rows())
    first, last = pairs.select(pl.col("received_at").min(), last=pl.col("received_at").max()).row(0)
    return Counts(
        briefs=pairs["brief_id"].n_unique(),
        first=first,
        last=last,
        pairs=pairs.height,
        presented=labels.height,
        missed=missed.height,
        stopped=_stopped(labels, stopped),
        levels={word: by_grade.get(grade, 0) for grade, word in enumerate(LEVELS)},
        placed=labels.filter(pl.col("grade") >= SELECTED).height,
        ended=labels["success"].drop_nulls().len(),
        failed=labels.filter(~pl.col("success")).height,
        client_caused=int(labels["client_caused"].sum()),
    )


def _stopped(labels: pl.DataFrame, stopped: pl.DataFrame) -> dict[str, tuple[int, int]]:
    both = labels.join(stopped, on=PAIR)
    taken = (pl.col("grade") >= SELECTED).fill_null(value=False).sum()
    groups = both.group_by("gate").agg(presented=pl.len(), taken=taken).sort("gate")
    return {gate: (presented, own) for gate, presented, own in groups.iter_rows()}
