"""What clients say during missions, beside what the ranking had promised of the same people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.schema.words import ASPECTS, PAIR
from evaluation.estimates import LEAST_EACH
from evaluation.pairs import X, components

BEARS_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "expertise": ("technical", "title", "sector"),
    "adaptability": ("adaptability", "stretch"),
    "communication": ("communication", "languages"),
    "culture": ("adaptability", "sector"),
    "scope": ("technical", "seniority"),
}
"""Components that speak of the same thing as an aspect of the feedback."""
DISAPPOINTED: Final = 2.0  # a rating up to this, of 1 to 5
_PROMISED: Final = 0.5  # share of the eligible below somebody, from which a component promised


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One aspect beside one component: did those whom it put high disappoint less?

    `ratings` feedback moments, `disappointed` of them rated 2 or lower. `held` and `broken` are the
    mean promise (share of the eligible below the person) where the rating was above 2, and where it
    was not; broken above held means that the component promises what it does not keep.
    """

    aspect: str
    component: str
    ratings: int
    disappointed: int
    held: float | None
    broken: float | None


@dataclass(frozen=True, kw_only=True)
class Warned:
    """A disappointment in a mission, and the components that had promised otherwise.

    It names the mission and no person, so that a report need not be found again to erase somebody.
    """

    placement_id: str
    brief_id: str
    day: date
    aspect: str
    rating: float
    running: bool
    promised: tuple[tuple[str, float], ...]


def promises(
    pairs: pl.DataFrame, placements: pl.DataFrame, feedback: pl.DataFrame
) -> tuple[Promise, ...]:
    """Every aspect beside the components that speak of it; tables as in the inbox."""
    told = _told(pairs, placements, feedback)
    broken = pl.col("rating") <= DISAPPOINTED
    result = []
    for aspect, names in _bearing(pairs).items():
        own = told.filter(pl.col("aspect") == aspect)
        bad, good = own.filter(broken), own.filter(~broken)
        enough = min(bad.height, good.height) >= LEAST_EACH
        for name in names:
            result.append(
                Promise(
                    aspect=aspect,
                    component=name,
                    ratings=own.height,
                    disappointed=bad.height,
                    held=_mean(good, name) if enough else None,
                    broken=_mean(bad, name) if enough else None,
                )
            )
    return tuple(result)


def warnings(
    pairs: pl.DataFrame, placements: pl.DataFrame, feedback: pl.DataFrame
) -> tuple[Warned, ...]:
    """Every rating of 2 or lower, running missions first, then the latest."""
    told = _told(pairs, placements, feedback).filter(pl.col("rating") <= DISAPPOINTED)
    bearing = _bearing(pairs)
    ordered = told.sort(
        "running", "date", "placement_id", "aspect", descending=[True, True, False, False]
    )
    return tuple(
        Warned(
            placement_id=row["placement_id"],
            brief_id=row["brief_id"],
            day=row["date"],
            aspect=row["aspect"],
            rating=row["rating"],
            running=row["running"],
            promised=tuple(
                (name, row[X + name])
                for name in bearing[row["aspect"]]
                if row[X + name] >= _PROMISED
            ),
        )
        for row in ordered.iter_rows(named=True)
    )


def _told(pairs: pl.DataFrame, placements: pl.DataFrame, feedback: pl.DataFrame) -> pl.DataFrame:
    """Each rating with the promise of every component: share of the brief's eligible below."""
    columns = [X + name for name in components(pairs)]
    below = [
        ((pl.col(name).rank("average") - 1) / (pl.len() - 1).clip(1)).over("brief_id").alias(name)
        for name in columns
    ]
    promised = pairs.select(*PAIR, *below)
    running = placements.select("placement_id", *PAIR, running=pl.col("actual_end").is_null())
    return feedback.drop_nulls("rating").join(running, on="placement_id").join(promised, on=PAIR)


def _bearing(pairs: pl.DataFrame) -> dict[str, list[str]]:
    known = set(components(pairs))
    return {aspect: [n for n in BEARS_ON[aspect] if n in known] for aspect in ASPECTS}


def _mean(rows: pl.DataFrame, component: str) -> float:
    return float(rows[X + component].to_numpy().mean())
