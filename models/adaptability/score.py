"""Weigh what CVs tell of change by what a brief asks for: one number a brief and candidate."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema.words import DIMENSIONS


@dataclass(frozen=True, kw_only=True)
class ScoreSettings:
    """Few numbers; how they were chosen stands in evaluation/LOG.md."""

    saturation: float = 2.0
    """Summed strength at which a dimension stands at 63 %: variety counts, repetition little."""
    claims: float = 0.005
    """The most that claims bring to a dimension; in all seven still less than one event."""
    half_life_years: float = 10.0
    oldest: float = 0.9
    """What is left of an event however long ago; the first years take the rest."""


def adaptability_score(
    events: pl.DataFrame,
    demand: pl.DataFrame,
    brief_ids: Sequence[str],
    candidate_ids: Sequence[str],
    as_of: dt.date,
    settings: ScoreSettings | None = None,
) -> NDArray[np.float32]:
    """Return Σ_d demand_d · level_d, demand scaled to Σ = 1: (briefs, candidates), in [0, 1].

    level_d = 1 - exp(-Σ strength / saturation): it saturates in the events of a dimension, weighs
    them by evidence and recency, and caps what is only claimed. Years of experience and the number
    of jobs do not enter. It sums up quoted facts of a CV and measures no personality.
    """
    settings = settings or ScoreSettings()
    levels = dimension_levels(events, candidate_ids, as_of, settings)  # (candidates, dimensions)
    return np.asarray(demand_matrix(demand, brief_ids) @ levels.T, dtype=np.float32)


def demand_matrix(demand: pl.DataFrame, brief_ids: Sequence[str]) -> NDArray[np.float64]:
    """Return the demand of each brief, scaled to sum 1: (briefs, dimensions); unknown: uniform."""
    matrix = np.full((len(brief_ids), len(DIMENSIONS)), 1e-9)
    place = {name: row for row, name in enumerate(brief_ids)}
    for brief, dimension, value in demand.select("brief_id", "dimension", "demand").iter_rows():
        if brief in place:
            matrix[place[brief], DIMENSIONS.index(dimension)] += value
    return np.asarray(matrix / matrix.sum(axis=1, keepdims=True))


def dimension_levels(
    events: pl.DataFrame,
    candidate_ids: Sequence[str],
    as_of: dt.date,
    settings: ScoreSettings | None = None,
) -> NDArray[np.float64]:
    """Return level_d of each candidate, in [0, 1): (candidates, dimensions)."""
    settings = settings or ScoreSettings()
    people = pl.Series("candidate_id", candidate_ids, dtype=pl.String)
    ids = pl.DataFrame([people, pl.Series("row", np.arange(len(candidate_ids)))])
    dimensions = pl.DataFrame({"dimension": DIMENSIONS, "column": np.arange(len(DIMENSIONS))})
    known = events.join(ids, on="candidate_id").join(dimensions, on="dimension")
    strength = known["level"].to_numpy() * _recency(known, as_of, settings)
    claimed = known["evidence_level"].to_numpy() == 1
    place = (known["row"].to_numpy(), known["column"].to_numpy())
    shape = (len(candidate_ids), len(DIMENSIONS))
    told, claims = np.zeros(shape), np.zeros(shape)
    np.add.at(told, place, np.where(claimed, 0.0, strength))
    np.add.at(claims, place, np.where(claimed, strength, 0.0))
    total = told + np.minimum(claims, settings.claims)
    return np.asarray(1 - np.exp(-total / settings.saturation))


def _recency(events: pl.DataFrame, as_of: dt.date, settings: ScoreSettings) -> NDArray[np.float64]:
    """From 1 towards `oldest` since the experience ended; running and undated ones count fully."""
    days = (pl.lit(as_of) - pl.col("end")).dt.total_days().clip(lower_bound=0).fill_null(0)
    years = events.select(days.alias("days"))["days"].to_numpy() / 365.25
    fresh = 0.5 ** (years / settings.half_life_years)
    return np.asarray(settings.oldest + (1 - settings.oldest) * fresh)
