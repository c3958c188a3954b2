"""One mission at a time: who would go where if every brief took one candidate."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

MONTH = 30.44
"""Days."""
_SLIGHT = 1e-8  # worth of a better rank where the scores are equal: far under a score's last digit
SCHEMA = {"brief_id": pl.String, "candidate_id": pl.String, "rank": pl.Int32, "regret": pl.Float64}
Window = tuple[date, date]


def assign(longlist: pl.DataFrame, briefs: pl.DataFrame, top: int) -> pl.DataFrame:
    """Give every brief at most one of its shortlist, nobody to two missions that overlap.

    The choice with the least regret in all, a brief left without one regretting its best score:
    an integer programme with one row a brief and one a person and day on which missions of that
    person's shortlists begin, solved exactly. It advises on contention and changes no ranking.

    Args:
        longlist: brief_id, candidate_id, rank, score.
        briefs: brief_id and, where known, start_date and duration_months.
        top: length of a shortlist.

    Returns:
        brief_id, candidate_id, rank, regret (the score given up against the brief's first).
    """
    short = longlist.filter((pl.col("rank") <= top) & (pl.col("score") > 0))
    short = short.sort("brief_id", "rank").select("brief_id", "candidate_id", "rank", "score")
    if short.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    windows = {brief["brief_id"]: _window(brief) for brief in briefs.iter_rows(named=True)}
    limits = _one_each(short["brief_id"]) + _one_at_a_time(short, windows)
    worth = short["score"].to_numpy() - _SLIGHT * short["rank"].to_numpy()
    found = milp(
        -worth,
        integrality=np.ones(short.height),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(_rows(limits, short.height), ub=1),
        options={"mip_rel_gap": 0},
    )
    first = short.group_by("brief_id").agg(best=pl.col("score").max())
    return (
        short.filter(pl.Series(found.x > 0.5))
        .join(first, on="brief_id")
        .with_columns(regret=(pl.col("best") - pl.col("score")).round(4))
        .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
        .sort("brief_id")
    )


def _window(brief: Mapping[str, Any]) -> Window:
    """First day of a mission and the day after its last; what is unknown lies open."""
    start, months = brief.get("start_date"), brief.get("duration_months")
    if start is None:
        return date.min, date.max
    return start, start + timedelta(days=months * MONTH) if months else date.max


def _one_each(briefs: Iterable[str]) -> list[Sequence[int]]:
    return [[place for place, _ in run] for _, run in groupby(enumerate(briefs), lambda x: x[1])]


def _one_at_a_time(short: pl.DataFrame, windows: Mapping[str, Window]) -> list[Sequence[int]]:
    """Places of one person's pairs that clash: those whose missions hold on a first day of one.

    A day states the clash of several missions at once, which two by two would leave to branching.
    """
    people = short.with_row_index("place").group_by("candidate_id", maintain_order=True)
    limits: list[Sequence[int]] = []
    for places, names in people.agg("place", "brief_id").select("place", "brief_id").iter_rows():
        held = [(place, windows[name]) for place, name in zip(places, names, strict=True)]
        for day in sorted({start for _, (start, _) in held}):
            limits.append([place for place, (start, end) in held if start <= day < end])
    return limits


def _rows(limits: Sequence[Sequence[int]], width: int) -> csr_matrix:
    row = np.repeat(np.arange(len(limits)), [len(limit) for limit in limits])
    column = np.concatenate([np.asarray(limit) for limit in limits])
    return csr_matrix((np.ones(len(column)), (row, column)), shape=(len(limits), width))
