"""Says what weights were fitted on, by hashes that anybody can make again."""

import hashlib
import json
from pathlib import Path

import polars as pl

from evaluation.promotion import pairs_hash
from models.weights.champion import Fit
from pipeline.nights.manifest import file_hashes, versions


def fit_of(method: str, inbox: Path, seen: pl.DataFrame, pairs: pl.DataFrame, seed: int) -> Fit:
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
