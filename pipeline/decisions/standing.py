"""Where a candidate stood when a person decided, and whether a night knows such a pair."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from data.schema.words import PAIR
from pipeline.nights.folders import nights_of, read_manifest

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A candidate on a brief in one night.

    Without rank and score a gate kept them off; `propensity` is the probability with which the
    night showed them, None where it did not.
    """

    night: str
    weights_id: str | None
    rank: int | None = None
    score: float | None = None
    propensity: float | None = None


def standings(runs: Path, pairs: Collection[Pair]) -> dict[Pair, Standing]:
    """Where each pair stood in the latest night that knows its brief and its candidate.

    A pair that no night knows is left out.
    """
    found: dict[Pair, Standing] = {}
    for night in reversed(nights_of(runs)):
        if open_pairs := [pair for pair in pairs if pair not in found]:
            found |= _of_night(night, open_pairs)
    return found


def unknown(runs: Path, brief_id: str, candidate_id: str) -> str:
    """Why a decision on a pair cannot be taken down."""
    return (
        f"A decision must be on a brief and a candidate of a night in {runs}; no night has brief "
        f"{brief_id!r} with candidate {candidate_id!r}. Copy both ids from the shortlist."
    )


def _of_night(night: Path, pairs: Collection[Pair]) -> dict[Pair, Standing]:
    briefs = _ids(night / "explain" / "briefs.parquet", "brief_id")
    candidates = _ids(night / "explain" / "candidates.parquet", "candidate_id")
    known = [pair for pair in pairs if pair[0] in briefs and pair[1] in candidates]
    if not known:
        return {}
    weights_id = read_manifest(night).get("weights", {}).get("weights_id")
    stood = _rows(night / "longlist.parquet", known, "rank", "score")
    shown = _rows(night / "shown.parquet", known, "propensity")
    return {
        pair: Standing(
            night=night.name, weights_id=weights_id, **stood.get(pair, {}), **shown.get(pair, {})
        )
        for pair in known
    }


def _rows(file: Path, pairs: Collection[Pair], *columns: str) -> dict[Pair, dict[str, Any]]:
    """Some columns of the rows of some pairs, by pair; none where the night has no such table."""
    if not file.is_file():
        return {}
    wanted = pl.LazyFrame(list(pairs), schema=PAIR, orient="row")
    rows = pl.scan_parquet(file).join(wanted, on=PAIR, how="semi").select(*PAIR, *columns)
    return {
        (brief_id, candidate_id): dict(zip(columns, values, strict=True))
        for brief_id, candidate_id, *values in rows.collect().iter_rows()
    }


def _ids(file: Path, column: str) -> set[str]:
    return set(pl.read_parquet(file, columns=[column])[column])
