"""Where every candidate of an inbox went, so that a night loses nobody without saying so."""

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from pipeline.nightly import Ranking


def balance(ranking: "Ranking") -> dict[str, int]:
    """Rows of candidates that came, and where they went; the parts add up to `came`.

    Raises:
        RuntimeError: they do not, so that a stage has lost or doubled somebody.
    """
    counts = ranking.inbox.counts
    row = counts.row(by_predicate=pl.col("table") == "candidates", named=True)
    scored = ranking.longlist["candidate_id"].unique()
    reasons = dict(ranking.left_out["reason"].value_counts(name="n").iter_rows())
    parts = {
        "scored": scored.len(),
        "quarantined": row["quarantined"] + ranking.reading.unreadable.height,
        "ineligible": ranking.reading.documents.filter(
            ~pl.col("candidate_id").is_in(scored.implode())
        ).height,
        "expired": reasons.get("expired", 0),
        "erased": reasons.get("erased", 0),
        "merged": ranking.reading.merged.height,
    }
    if sum(parts.values()) != row["read"]:
        raise RuntimeError(
            f"Every candidate that came must be accounted for; {row['read']} came, but {parts} "
            f"adds up to {sum(parts.values())}. Nothing was published; report this as a fault."
        )
    return {"came": row["read"], **parts}
