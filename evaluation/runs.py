"""A run (scored pairs) held against judgements (graded pairs), brief by brief."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from data.schema.words import PAIR
from evaluation.measures import mean_and_interval, measure


def ranked(run: pl.DataFrame, judgements: pl.DataFrame, *, condensed: bool = True) -> pl.DataFrame:
    """Every judged brief's candidates in ranked order with their grades.

    Ties are broken by candidate_id, so that a measure never depends on the order of the input.

    Args:
        run: brief_id, candidate_id, score.
        judgements: brief_id, candidate_id, grade.
        condensed: keep judged pairs only (Sakai 2007), a judged pair that the run lacks coming
            last; otherwise unjudged pairs stay, with grade 0.

    Returns:
        brief_id, candidate_id, score, grade, in order of brief and falling score.
    """
    scored = run.select(*PAIR, "score").filter(
        pl.col("brief_id").is_in(judgements["brief_id"].unique().implode())
    )
    graded = judgements.select(*PAIR, "grade")
    both = graded.join(scored, on=PAIR, how="left" if condensed else "full", coalesce=True)
    return both.with_columns(
        pl.col("grade").fill_null(0), pl.col("score").fill_null(float("-inf"))
    ).sort("brief_id", "score", "candidate_id", descending=[False, True, False])


def evaluate(
    run: pl.DataFrame,
    judgements: pl.DataFrame,
    measures: Sequence[str],
    *,
    condensed: bool = True,
) -> pl.DataFrame:
    """The measures of every judged brief, one row a brief.

    A brief that the run says nothing of scores zero: it is never left out of a mean. A measure
    that no order could change (no graded candidate at all) is null.
    """
    chosen = {name: measure(name) for name in measures}
    answered = set(run["brief_id"].unique())
    rows: list[dict[str, str | float | None]] = []
    for (brief_id,), part in ranked(run, judgements, condensed=condensed).group_by(
        "brief_id", maintain_order=True
    ):
        gains = part["grade"].to_numpy().astype(np.float64)
        values = {name: take(gains) for name, take in chosen.items()}
        if brief_id not in answered:
            values = {name: None if value is None else 0.0 for name, value in values.items()}
        rows.append({"brief_id": str(brief_id), **values})
    schema = {"brief_id": pl.String, **dict.fromkeys(measures, pl.Float64)}
    return pl.DataFrame(rows, schema=schema)


def summary(per_brief: pl.DataFrame) -> pl.DataFrame:
    """Mean and 95 % bootstrap interval of every measure: measure, mean, low, high, briefs."""
    rows = []
    for name in per_brief.columns[1:]:
        values = per_brief[name].drop_nulls().to_list()
        if values:
            mean, low, high = mean_and_interval(values)
            rows.append(
                {"measure": name, "mean": mean, "low": low, "high": high, "briefs": len(values)}
            )
    return pl.DataFrame(rows)


def correlation(
    run: pl.DataFrame, judgements: pl.DataFrame, component: str, grade: str
) -> pl.DataFrame:
    """Spearman's rank correlation inside each brief: brief_id, `spearman:<component>`.

    A judged pair that the run lacks counts with a component of 0; a brief whose component or grade
    is the same everywhere is null.
    """
    both = judgements.select(*PAIR, grade).join(run.select(*PAIR, component), on=PAIR, how="left")
    ranks = [
        pl.col(name).fill_null(0).rank("average").over("brief_id") for name in (component, grade)
    ]
    name = f"spearman:{component}"
    return (
        both.with_columns(ranks)
        .group_by("brief_id", maintain_order=True)
        .agg(pl.corr(component, grade).fill_nan(None).alias(name))
    )
