"""Says what weights were fitted on, by hashes that anybody can make again."""

import hashlib
import json
from pathlib import Path

import polars as pl

from models.weights.champion import Fit
from pipeline.manifest import file_hashes, versions


def fit_of(
    method: str, inbox: Path, seen: pl.DataFrame, pairs: pl.DataFrame, seed: int | None = None
) -> Fit:
    """The record of a fit by `method` on the pairs `seen`, a part of all `pairs` of `inbox`."""
    return Fit(
        method=method,
        inbox=inbox_hash(inbox),
        pairs=pairs_hash(pairs),
        until=seen["received_at"].max(),  # type: ignore[arg-type]
        briefs=seen["brief_id"].n_unique(),
        seed=seed,
        versions=versions(),
    )


def inbox_hash(folder: Path) -> str:
    """SHA-256 of the sorted JSON object of the inbox's files with their SHA-256."""
    return hashlib.sha256(json.dumps(file_hashes(folder), sort_keys=True).encode()).hexdigest()


def pairs_hash(pairs: pl.DataFrame) -> str:
    """SHA-256 of the pairs as CSV, in order of brief and candidate, columns by name."""
    ordered = pairs.select(sorted(pairs.columns)).sort("brief_id", "candidate_id")
    return hashlib.sha256(ordered.write_csv().encode()).hexdigest()
