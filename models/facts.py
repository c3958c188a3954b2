"""What the candidate table states, as arrays that gates and soft scores compare at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema.words import LEVELS

NOT_LISTED, LEVEL_UNKNOWN = -1, 0  # beside 1..6 for A1..C2


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Arrays (candidates,) of stated facts; NaN and NaT stand for unknown."""

    languages: Mapping[str, NDArray[np.int8]]  # per code: NOT_LISTED, LEVEL_UNKNOWN, 1..6
    states_languages: NDArray[np.bool_]
    available_from: NDArray[np.datetime64]
    day_rate: NDArray[np.float64]
    max_distance: NDArray[np.float64]
    country: Sequence[str | None]
    place: Sequence[str | None]
    work_modes: Sequence[frozenset[str] | None]
    licences: Sequence[frozenset[str] | None]
    sectors: Sequence[tuple[str, ...]]

    def level(self, code: str) -> NDArray[np.int8]:
        """Level (candidates,) in a language: NOT_LISTED, LEVEL_UNKNOWN or 1 (A1) to 6 (C2)."""
        nobody = np.full(self.states_languages.shape, NOT_LISTED, np.int8)
        return self.languages.get(code, nobody)


def read_facts(candidates: pl.DataFrame) -> Facts:
    """Facts of the candidate table, row by row; a column that is missing is unknown for all."""
    count = candidates.height

    def column(name: str) -> list[object]:
        return candidates[name].to_list() if name in candidates.columns else [None] * count

    def numbers(name: str) -> NDArray[np.float64]:
        return np.array([np.nan if v is None else v for v in column(name)], np.float64)

    def sets(name: str) -> list[frozenset[str] | None]:
        return [None if v is None else frozenset(v) for v in column(name)]  # type: ignore[call-overload]

    spoken = column("languages")
    return Facts(
        languages=_levels(spoken),
        states_languages=np.array([bool(v) for v in spoken], np.bool_),
        available_from=np.array(column("available_from"), "datetime64[D]"),
        day_rate=numbers("day_rate_eur"),
        max_distance=numbers("max_distance_km"),
        country=column("country"),  # type: ignore[arg-type]
        place=column("place"),  # type: ignore[arg-type]
        work_modes=sets("work_modes"),
        licences=sets("licences"),
        sectors=[tuple(v or ()) for v in column("sectors")],  # type: ignore[arg-type]
    )


def level_number(level: str | None) -> int:
    """1 (A1) to 6 (C2); 0 for an unknown level."""
    return LEVELS.index(level) + 1 if level in LEVELS else LEVEL_UNKNOWN


def _levels(spoken: Sequence[object]) -> dict[str, NDArray[np.int8]]:
    levels: dict[str, NDArray[np.int8]] = {}
    for row, languages in enumerate(spoken):
        for language in languages or ():  # type: ignore[attr-defined]
            code = language["code"]
            if code not in levels:
                levels[code] = np.full(len(spoken), NOT_LISTED, np.int8)
            levels[code][row] = max(levels[code][row], level_number(language["level"]))
    return levels
