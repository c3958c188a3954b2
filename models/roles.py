"""The roles that each candidate held, with their time, for every brief at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.bm25 import Floats
from models.gender import neutral
from models.levels import EXECUTIVE, JUNIOR, MANAGER, responsibility

_HALF_LIFE = 10.0  # years after which a role counts half
_LIKE = 0.5  # share of the best title similarity from which a role is of the same kind
_LATELY = 5.0  # years
_LED = 5.0  # years of leading at which it stands at 63 %
_SHORT, _LONG = 0.1, 15.0  # years that one role counts at least and at most
_DAYS = 365.25


@dataclass(frozen=True, kw_only=True)
class Roles:
    """One row a role: whose, which title, how long and how long ago (years; NaN unknown)."""

    titles: tuple[str, ...]
    candidate: NDArray[np.int64]
    title: NDArray[np.int64]
    level: NDArray[np.int64]  # responsibility, 1 to 6
    length: NDArray[np.float64]
    age: NDArray[np.float64]

    def nearest(self, links: Floats, size: int) -> Floats:
        """Similarity (candidates,) of the nearest role, fading with age; NaN without roles."""
        fading = 0.5 + 0.5 * 0.5 ** (np.nan_to_num(self.age) / _HALF_LIFE)
        near = np.full(size, -np.inf)
        np.maximum.at(near, self.candidate, links[self.title] * fading)
        return np.where(np.isinf(near), np.nan, near).astype(np.float32)

    def highest(self, size: int) -> NDArray[np.float64]:
        """The highest responsibility (candidates,) ever carried, in [0, 1]; NaN without roles."""
        most = np.full(size, np.nan)
        np.fmax.at(most, self.candidate, (self.level - JUNIOR) / (EXECUTIVE - JUNIOR))
        return most

    def lately(self, size: int) -> NDArray[np.float64]:
        """The highest responsibility (candidates,), 1 to 6, of the last five years; NaN unknown."""
        most = np.full(size, np.nan)
        recent = self.age <= _LATELY
        np.fmax.at(most, self.candidate[recent], self.level[recent].astype(float))
        return most

    def led(self, size: int) -> NDArray[np.float64]:
        """1 - exp(-years / 5) of the years (candidates,) as a manager or above."""
        total = np.zeros(size)
        leading = self.level >= MANAGER
        length = np.clip(np.nan_to_num(self.length, nan=_SHORT), _SHORT, _LONG)
        np.add.at(total, self.candidate[leading], length[leading])
        return 1 - np.exp(-total / _LED)

    def years(self, links: Floats, size: int) -> NDArray[np.float64]:
        """Years (candidates,) in roles like the brief's, a role counting by its likeness."""
        best = float(np.quantile(links, 0.99)) if links.size else 1.0
        likeness = np.clip((links[self.title] / max(best, 1e-6) - _LIKE) / (1 - _LIKE), 0, 1)
        total, known = np.zeros(size), np.zeros(size, np.bool_)
        dated = ~np.isnan(self.length)
        np.add.at(total, self.candidate[dated], (self.length * likeness)[dated])
        known[self.candidate[dated]] = True
        return np.where(known, total, np.nan)


def read_roles(
    candidates: pl.DataFrame,
    experiences: pl.DataFrame | None,
    places: Mapping[str, int],
    as_of: date,
) -> Roles:
    """The roles of the experiences table; the headline stands in where a CV has none.

    Titles stand in one gender.
    """
    rows = _from_experiences(experiences, places, as_of) if experiences is not None else []
    seen = {row[0] for row in rows}
    if "headline" in candidates.columns:
        headlines = enumerate(candidates["headline"])
        rows += [
            (i, neutral(text), np.nan, np.nan) for i, text in headlines if text and i not in seen
        ]
    titles = tuple(dict.fromkeys(row[1] for row in rows))
    number = {title: place for place, title in enumerate(titles)}
    title = np.array([number[row[1]] for row in rows], np.int64)
    return Roles(
        titles=titles,
        candidate=np.array([row[0] for row in rows], np.int64),
        title=title,
        level=np.array([responsibility(each) for each in titles], np.int64)[title],
        length=np.array([row[2] for row in rows], np.float64),
        age=np.array([row[3] for row in rows], np.float64),
    )


def _from_experiences(
    experiences: pl.DataFrame, places: Mapping[str, int], as_of: date
) -> list[tuple[int, str, float, float]]:
    rows = []
    for row in experiences.filter(pl.col("title").is_not_null()).iter_rows(named=True):
        place = places.get(row["candidate_id"])
        if place is None:
            continue
        start, end = row["start"], min(row["end"] or as_of, as_of)
        length = max((end - start).days / _DAYS, 0.0) if start else np.nan
        age = (as_of - end).days / _DAYS if start or row["end"] else np.nan
        rows.append((place, neutral(row["title"]), length, age))
    return rows
