"""Distances between places as people write them, from a gazetteer that lies beside this file."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.vocabulary import country_of, plain, word_of

GAZETTEER: Final = Path(__file__).parent / "gazetteer.tsv"
EARTH_RADIUS_KM: Final = 6371.0088
"""Mean radius (IUGG)."""
NEARNESS: Final = {"LU": 100, "BE": 10}
"""How many inhabitants elsewhere weigh as much as one at home where the country is not told."""
OWN_NAME: Final = 10
"""How much more a place's own name says than a foreign one; at home every name counts as own."""
ANYWHERE: Final = (
    *("national", "nationwide", "nationaal", "bundesweit", "landesweit", "worldwide", "wereldwijd"),
    *("weltweit", "international", "internationaal", "europe", "europa", "eu", "anywhere"),
)
SPELLED_SHORT: Final = {"st": ("sint", "saint", "sankt"), "ste": ("sainte",), "s": ("sur",)}
SHORTEST_PART: Final = 3
"""Letters; a shorter word of a longer text is hardly the village of that name."""
LONGEST_NAME: Final = 6
"""Words of the longest name of a place that is looked for inside a longer text."""


@dataclass(frozen=True)
class Place:
    """A point that stands for a town or a province; degrees north and east."""

    country: str
    latitude: float
    longitude: float
    kind: str  # town or province
    name: str


def find_place(country: str | None, place: str | None) -> Place | None:
    """The place that a text names ("1000 Brussels", "Gent (BE)", "région de Liège"), or None.

    Where the country is unknown Luxembourg and Belgium come first. A whole country, "national",
    "international", "remote" and "on site" are no point and give None.
    """
    if not place or word_of("work_mode", place):
        return None
    return _find(country, plain(place))


def is_remote(place: str | None) -> bool:
    """Whether a text says that the work is done from home."""
    return bool(place) and word_of("work_mode", place or "") == "remote"


def distance_km(
    country: str | None, place: str | None, other_country: str | None, other_place: str | None
) -> float | None:
    """Great-circle distance in km; 0 when either place is remote, None when one is not a point.

    A province stands for its middle.
    """
    if is_remote(place) or is_remote(other_place):
        return 0.0
    points = points_of([country, other_country], [place, other_place])
    distance = float(distances_km(points[:1], points[1:])[0, 0])
    return None if math.isnan(distance) else distance


def points_of(countries: Sequence[str | None], places: Sequence[str | None]) -> NDArray[np.float64]:
    """Latitude and longitude in degrees, (n, 2); NaN where a text names no point."""
    pairs = list(zip(countries, places, strict=True))
    points = dict.fromkeys(pairs, (math.nan, math.nan))
    for names in points:
        if place := find_place(*names):
            points[names] = place.latitude, place.longitude
    return np.array([points[names] for names in pairs], dtype=np.float64).reshape(-1, 2)


def distances_km(points: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distances in km between (n, 2) and (m, 2) degrees: (n, m), NaN where unknown.

    Haversine formula (R. W. Sinnott, Sky and Telescope 68, 1984).
    """
    here, there = np.radians(points)[:, None, :], np.radians(others)[None, :, :]
    half = np.sin((here - there) / 2) ** 2  # (n, m, 2)
    across = np.cos(here[..., 0]) * np.cos(there[..., 0]) * half[..., 1]
    chord = np.sqrt(np.minimum(half[..., 0] + across, 1.0))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(chord))


@lru_cache(maxsize=100_000)
def _find(country: str | None, text: str) -> Place | None:
    words = [word for word in re.sub(r"\d+", " ", text).split() if word]
    if country is None and len(words) > 1:
        country, words = _country_at_the_end(words)
    if not words or " ".join(words) in ANYWHERE or _is_whole_country(country, " ".join(words)):
        return None
    for spelled in _spellings(words):
        if place := _longest_name(country, spelled):
            return place
    return None


def _spellings(words: list[str]) -> Iterator[list[str]]:
    yield words
    for short, longs in SPELLED_SHORT.items():
        if short in words:
            yield from ([long if word == short else word for word in words] for long in longs)


def _longest_name(country: str | None, words: list[str]) -> Place | None:
    names = _names()
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            if length < len(words) and len(name) < SHORTEST_PART:
                continue
            for place in names.get(name, ()):
                if country in (None, place.country):
                    return place
    return None


def _country_at_the_end(words: list[str]) -> tuple[str | None, list[str]]:
    """Take the country off "gent be" or "paris france"."""
    for length in (3, 2, 1):
        if len(words) > length and (code := country_of(" ".join(words[-length:]))):
            return code, words[:-length]
    return None, words


def _is_whole_country(country: str | None, text: str) -> bool:
    # Luxembourg is a country, its capital and a Belgian province: a point is meant.
    code = country_of(text)
    return code is not None and code != "LU" and country in (None, code)


@lru_cache(maxsize=1)
def _names() -> Mapping[str, list[Place]]:
    """The places of each name, the likeliest first."""
    weighted: dict[str, list[tuple[float, Place]]] = {}
    for line in GAZETTEER.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, inhabitants, latitude, longitude, kind, listed = line.split("\t")
        names = listed.split("|")
        place = Place(country, float(latitude), float(longitude), kind, names[0])
        weight = int(inhabitants) * NEARNESS.get(country, 1)
        all_own = kind == "province" or country in NEARNESS
        own = {plain(name) for name in (names if all_own else names[:1])}
        for key in own | {plain(name) for name in names}:
            strength = weight * (OWN_NAME if key in own else 1)
            weighted.setdefault(key, []).append((strength, place))
    return {
        key: [place for _, place in sorted(places, key=lambda pair: -pair[0])]
        for key, places in weighted.items()
    }
