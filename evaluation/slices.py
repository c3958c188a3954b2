"""The same measures for parts of the past: by function, reason, seniority and language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.schema.words import PAIR
from evaluation.estimates import FLOOR, Estimate, estimate

OF_BRIEF: Final = ("function", "reason", "seniority", "brief_language")
UNKNOWN: Final = "not given"


@dataclass(frozen=True, kw_only=True)
class Slice:
    """One measure on the briefs (or the placed candidates) that share a value of a column."""

    column: str
    value: str
    measure: str
    estimate: Estimate


def brief_slices(
    measured: pl.DataFrame, pairs: pl.DataFrame, measures: Sequence[str]
) -> tuple[Slice, ...]:
    """Slices of per-brief measures (`evaluation.compared.per_brief`), most briefs first."""
    facts = pairs.select("brief_id", *OF_BRIEF).unique("brief_id")
    table = measured.join(facts, on="brief_id", how="left", maintain_order="left")
    return tuple(
        one for column in OF_BRIEF for name in measures for one in _of(table, column, name)
    )


def language_slices(places: pl.DataFrame, pairs: pl.DataFrame, k: int) -> tuple[Slice, ...]:
    """`recall@k` of the placed by the language of their CV, and by whether it is the brief's.

    `places` as `evaluation.compared.places` gives them. A placed candidate who failed a gate has no
    language here and is left out.
    """
    facts = pairs.select("brief_id", "candidate_id", "cv_language", "brief_language")
    same = pl.when(pl.col("cv_language") == pl.col("brief_language"))
    table = places.join(facts, on=PAIR).with_columns(
        (pl.col("place") <= k).cast(pl.Float64).alias(f"recall@{k}"),
        cv_and_brief=same.then(pl.lit("same language")).otherwise(pl.lit("other language")),
    )
    return tuple(
        one
        for column in ("cv_language", "cv_and_brief")
        for one in _of(table, column, f"recall@{k}")
    )


def _of(table: pl.DataFrame, column: str, measure: str) -> list[Slice]:
    known = table.drop_nulls(measure).with_columns(pl.col(column).fill_null(UNKNOWN))
    groups = known.group_by(column).agg(pl.col(measure), n=pl.len())
    ordered = groups.sort("n", column, descending=[True, False])
    return [
        Slice(
            column=column,
            value=row[column],
            measure=measure,
            estimate=estimate(row[measure], floor=FLOOR),
        )
        for row in ordered.iter_rows(named=True)
    ]
