"""One mission at a time: who would go where if every brief took one candidate."""

import numpy as np
import polars as pl
from scipy.optimize import linear_sum_assignment


def assign(longlist: pl.DataFrame, top: int) -> pl.DataFrame:
    """Give every brief one candidate of its shortlist, nobody twice, at the highest total score.

    Kuhn's assignment problem, solved exactly; a brief whose whole shortlist is needed elsewhere
    stays without one. It advises on contention and changes no ranking.

    Args:
        longlist: brief_id, candidate_id, rank, score.
        top: length of a shortlist.

    Returns:
        brief_id, candidate_id, rank, regret (the score given up against the brief's first).
    """
    short = longlist.filter(pl.col("rank") <= top).sort("brief_id", "rank")
    briefs = short["brief_id"].unique(maintain_order=True).to_list()
    people = short["candidate_id"].unique().sort().to_list()
    row = {brief: place for place, brief in enumerate(briefs)}
    column = {person: place for place, person in enumerate(people)}
    # A spare column a brief, worth nothing: the way to leave it without a candidate.
    worth = np.zeros((len(briefs), len(people) + len(briefs)))
    for brief, person, score in short.select("brief_id", "candidate_id", "score").iter_rows():
        worth[row[brief], column[person]] = score
    chosen = [
        (briefs[i], people[j])
        for i, j in zip(*linear_sum_assignment(worth, maximize=True), strict=True)
        if j < len(people) and worth[i, j] > 0
    ]
    pairs = pl.DataFrame(
        chosen, schema={"brief_id": pl.String, "candidate_id": pl.String}, orient="row"
    )
    first = short.group_by("brief_id").agg(best=pl.col("score").max())
    return (
        pairs.join(short, on=["brief_id", "candidate_id"])
        .join(first, on="brief_id")
        .with_columns(regret=(pl.col("best") - pl.col("score")).round(4))
        .select("brief_id", "candidate_id", "rank", "regret")
        .sort("brief_id")
    )
