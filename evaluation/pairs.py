"""The table that learning works on: past briefs beside the candidates they could have had."""

import hashlib
from typing import Final

import dataframely as dy
import numpy as np
import polars as pl

from data.schema.columns import day, identifier, number, one_of, whole
from data.schema.words import DECISIONS, REASONS

DECIMALS: Final = 4  # of a score, before ties are broken
X, W = "x_", "w_"


class Pairs(dy.Schema):
    """One row a (past brief, eligible candidate), as known on the day the brief came.

    Beside these columns stand `x_<name>` (float32) and `w_<name>` (float64, so that a score is
    summed as the night sums it) of every component. What came of a pair may be younger than
    `as_of`; everything that a ranking uses is not.
    """

    brief_id = identifier("brief", primary_key=True)
    candidate_id = identifier("candidate", primary_key=True)
    as_of = day("day whose knowledge the components are made of", nullable=False)
    received_at = day("day on which the brief first came", nullable=False)
    function = dy.String(nullable=True, description="function sought, a word of the vocabulary")
    reason = one_of(REASONS, "why an interim manager is sought")
    sector = dy.String(nullable=True, description="sector of the client, as in the brief")
    seniority = dy.String(nullable=True, description="responsibility that the brief's title names")
    brief_language = dy.String(nullable=True, description="language of the brief")
    cv_language = dy.String(nullable=True, description="language of the CV")
    own_weights = dy.String(nullable=True, description="weights that the brief itself sets, JSON")
    demand = number("adaptability demand of the brief", least=0.0, most=1.0, nullable=False)
    score = number("Σ w·x", least=0.0, most=1.0, nullable=False)
    rank = whole("place in the ranking of all eligible, from 1", least=1)
    b_bm25 = number("baseline: BM25 of the requirements over whole CVs", nullable=False)
    b_encoder = number("baseline: plain cosine of the requirements", nullable=False)
    presented = dy.Bool(nullable=False, description="whether the client was shown the candidate")
    presented_rank = whole("place on the recruiter's list", least=1, nullable=True)
    propensity = number("probability with which it was shown", least=0.0, most=1.0)
    decision = one_of(DECISIONS, "what the client decided; null = not yet, or never presented")
    grade = dy.Int8(
        nullable=True,
        min=0,
        max=4,
        description="0 submitted, 1 interviewed, 2 selected, 3 completed, 4 extended or re-hired; "
        "null = never presented or not yet decided: unknown, not bad",
    )
    client_caused = dy.Bool(
        nullable=False, description="the mission failed through the client: never a negative"
    )
    success = dy.Bool(
        nullable=True,
        description="completed or better; false = ended early and not through client or "
        "circumstances; null = never placed, still running, or no fault of the candidate",
    )
    decided_on = day("day from which the decision counts as known")
    ended_on = day("day on which the mission ended")


def components(pairs: pl.DataFrame) -> list[str]:
    """Names of the components of a pairs table, in their order."""
    return [name.removeprefix(X) for name in pairs.columns if name.startswith(X)]


def rescore(pairs: pl.DataFrame) -> pl.DataFrame:
    """Sum `w·x` again, round, and rank anew, ties broken by a hash of the id, as a night does.

    Rows come back by received_at, brief and rank.
    """
    total = sum(
        (pairs[W + name].to_numpy() * pairs[X + name].to_numpy().astype(np.float64))
        for name in components(pairs)
    )
    scored = pairs.with_columns(score=pl.Series(np.round(total, DECIMALS), dtype=pl.Float64))
    hashes = {name: _hash(name) for name in pairs["candidate_id"].unique()}
    order = ["received_at", "brief_id", "score", "_hash"]
    return (
        scored.with_columns(_hash=pl.col("candidate_id").replace_strict(hashes, default=""))
        .sort(order, descending=[False, False, True, False])
        .with_columns(rank=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("brief_id"))
        .drop("_hash")
    )


def without(pairs: pl.DataFrame, component: str) -> pl.DataFrame:
    """The pairs ranked as if one component were not there; the others share its weight."""
    names = [name for name in components(pairs) if name != component]
    left = pl.sum_horizontal(W + name for name in names)
    scaled = [(pl.col(W + name) / left).fill_nan(0.0).alias(W + name) for name in names]
    return rescore(pairs.with_columns(*scaled, pl.lit(0.0).alias(W + component)))


def _hash(candidate_id: str) -> str:
    return hashlib.blake2b(candidate_id.encode(), digest_size=8).hexdigest()
