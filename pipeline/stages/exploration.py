"""Which candidates a shortlist shows, and with what chance: mostly the first, now and then another.

A log that only ever shows the first of a ranking can never tell whether the others would have done
better. One place in some lists, drawn by chance and marked as such, lets later weights be learnt.
"""

import random
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from data.errors import InputError
from data.schema.words import PAIR

FLAG: Final = "exploration"
SCHEMA: Final[dict[str, type[pl.DataType]]] = {
    "brief_id": pl.String,
    "candidate_id": pl.String,
    "rank": pl.Int32,
    "place": pl.Int32,
    "propensity": pl.Float64,
    "explored": pl.Boolean,
    "weights_id": pl.String,
}


@dataclass(frozen=True, kw_only=True)
class ExplorationSettings:
    """How the last place of a shortlist is given to chance; by default it never is."""

    chance: float = 0.0
    """Share of the briefs whose last place goes to a candidate drawn from further down."""
    reach: int = 30
    """The lowest rank that may be drawn."""
    seed: int = 0
    """Draws depend on it, the brief and the date of the night alone."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.chance <= 1.0:
            raise InputError(f"exploration.chance must be from 0 to 1, got {self.chance}.")


def shortlisted(
    longlist: pl.DataFrame, top: int, settings: ExplorationSettings, as_of: date, weights_id: str
) -> pl.DataFrame:
    """The candidates that each brief shows: the first `top`, or in place of the last one drawn.

    The one drawn is any of the ranks after `top` up to `reach` with equal chance. `propensity` is
    the probability with which just this candidate is shown at all: 1 above the last place, 1 -
    chance for the last of the ranking's first, chance / (number to draw from) for the others.
    Every candidate of a list that nobody could be drawn for has 1.

    Args:
        longlist: brief_id, candidate_id, rank.
        top: length of a shortlist.
        settings: whether and how to explore.
        as_of: date of the night.
        weights_id: the weights behind the ranking.

    Returns:
        One row a shown candidate, columns as in `SCHEMA`, by brief and place; `rank` is that of
        the longlist, `explored` marks who was drawn.
    """
    within = longlist.filter(pl.col("rank") <= max(top, settings.reach)).sort("brief_id", "rank")
    parts = [
        _of_brief(str(brief_id), part.select(*PAIR, "rank"), top, settings, as_of)
        for (brief_id,), part in within.group_by("brief_id", maintain_order=True)
    ]
    shown = pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)
    return shown.with_columns(weights_id=pl.lit(weights_id)).select(
        pl.col(name).cast(kind) for name, kind in SCHEMA.items()
    )


def flags(shown: pl.DataFrame) -> pl.DataFrame:
    """Who was drawn, as flags that a recruiter sees: candidate_id, flag, brief_id, detail."""
    return shown.filter("explored").select(
        "candidate_id",
        flag=pl.lit(FLAG),
        brief_id="brief_id",
        detail=pl.lit(None, dtype=pl.String),
    )


def _of_brief(
    brief_id: str, ranked: pl.DataFrame, top: int, settings: ExplorationSettings, as_of: date
) -> pl.DataFrame:
    first, others = ranked.head(top), ranked.slice(top)
    explores = settings.chance > 0 and others.height > 0
    rng = random.Random(f"{settings.seed}:{brief_id}:{as_of}")  # noqa: S311 - a lot, no secret
    is_drawn = explores and rng.random() < settings.chance
    if is_drawn:
        first = pl.concat([first.head(top - 1), others[rng.randrange(others.height)]])
    chances = [1.0] * first.height
    if explores:
        chances[-1] = settings.chance / others.height if is_drawn else 1 - settings.chance
    return first.with_columns(
        place=pl.int_range(1, pl.len() + 1),
        propensity=pl.Series(chances, dtype=pl.Float64),
        explored=(pl.col("rank") > top),
    )
