"""What came of the past's presentations: five levels, and whose fault a failure was."""

from typing import Final

import polars as pl

from data.known import DECISION_DAYS
from data.schema.words import OUTCOME_LEVELS, PAIR

LEVELS: Final = ("submitted", "interviewed", "selected", "completed", "extended")
"""The word of each grade; `extended` stands for re-hired too."""
NOT_THEIRS: Final = ("client", "circumstances")
"""Causes of a failure that never count against the manager, as in their track record."""


def outcome_labels(presentations: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """What came of every pair that was presented or placed; tables as in the inbox.

    Returns:
        brief_id, candidate_id and what `evaluation.pairs.Pairs` tells of the presentation and of
        what came of it. A placement without a presentation counts as presented and selected. A
        presentation that waits for a decision has no grade, unless the client has taken somebody
        else.
    """
    pending = pl.col("decision").is_null() | (pl.col("decision") == "submitted")
    shown = presentations.select(
        *PAIR,
        presented_rank="rank",
        propensity="propensity",
        decision="decision",
        level=pl.when(~pending).then(pl.col("decision").replace_strict(OUTCOME_LEVELS, default=0)),
        decided_on=pl.when(~pending).then(
            pl.coalesce("decided_at", pl.col("presented_at").dt.offset_by(f"{DECISION_DAYS}d"))
        ),
    )
    both = shown.join(_missions(placements), on=PAIR, how="full", coalesce=True)
    placed = pl.col("reached").is_not_null()
    reached = pl.max_horizontal("level", "reached").cast(pl.Int8)
    filled = (reached >= OUTCOME_LEVELS["selected"]).any().over("brief_id")
    return both.select(
        *PAIR,
        presented=pl.lit(value=True),
        presented_rank=pl.col("presented_rank").cast(pl.Int32),
        propensity="propensity",
        decision=pl.when(placed).then(pl.lit("selected")).otherwise("decision"),
        grade=pl.when(reached.is_null() & filled).then(pl.lit(0, pl.Int8)).otherwise(reached),
        client_caused=pl.col("client_caused").fill_null(value=False),
        success="success",
        decided_on=pl.min_horizontal("decided_on", "started"),
        ended_on=pl.when(pl.col("success").is_not_null()).then("ended"),
    ).sort(PAIR)


def _missions(placements: pl.DataFrame) -> pl.DataFrame:
    """The best that came of each pair's placements, one row a pair."""
    ended, early = pl.col("actual_end").is_not_null(), pl.col("actual_end") < pl.col("planned_end")
    good = pl.col("outcome").is_in(["completed", "extended", "rehired"])
    failed = ended & ~good.fill_null(value=False) & early.fill_null(value=True)
    theirs = ~pl.col("cause").is_in(NOT_THEIRS).fill_null(value=False)
    selected = OUTCOME_LEVELS["selected"]
    return (
        placements.with_columns(
            reached=pl.col("outcome").replace_strict(OUTCOME_LEVELS, default=selected),
            success=pl.when(good).then(pl.lit(1)).when(failed & theirs).then(pl.lit(0)),
            client_caused=failed & ~theirs,
        )
        .group_by(PAIR, maintain_order=True)
        .agg(
            pl.col("reached").max(),
            pl.col("success").max().cast(pl.Boolean),
            pl.col("client_caused").any(),
            started=pl.col("start_date").min(),
            ended=pl.col("actual_end").max(),
        )
    )
