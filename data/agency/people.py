"""Draws the interim managers as they really are, before anything is written about them."""

import math
import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.agency.material import Four, Occupation, book, occupations, stream, tools
from data.agency.parameters import Market, World
from data.schema.words import DIMENSIONS, LANGUAGES

MODES = (("onsite",), ("onsite", "hybrid"), ("onsite", "hybrid", "remote"), ("hybrid", "remote"))
_SPOKEN = {"nl": ("flanders", "brussels"), "fr": ("wallonia", "brussels"), "de": ("east",)}
LEVELS = ("A2", "B1", "B2", "C1", "C2", "native")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A town with its names, postcode (may be empty), country and region."""

    region: str
    country: str
    tongue: str
    postcode: str
    name: Four


@dataclass(frozen=True, kw_only=True)
class Person:
    """A candidate with the latent qualities that the agency cannot see."""

    number: int
    candidate_id: str
    first: str
    last: str
    born: date
    place: Place
    tongue: str
    languages: dict[str, str]  # code to CEFR level or "native"
    cv_language: str
    occupation: Occupation
    second: Occupation | None
    seniority: int  # 1 to 3
    skills: dict[str, float]  # topic key to [0, 1]
    tools: dict[str, tuple[str, ...]]  # by kind
    sectors: tuple[str, ...]
    adaptability: dict[str, float]  # dimension to [0, 1]
    communication: float  # [0, 1]
    style: str  # plain | oversold | understated
    day_rate: int
    busy_until: date | None  # end of a mission found elsewhere; None = free now

    @property
    def email(self) -> str:
        """An address under a reserved domain."""
        plain = unicodedata.normalize("NFKD", f"{self.first}.{self.last}".replace("ß", "ss"))
        local = "".join(c for c in plain.lower() if c.isascii() and (c.isalpha() or c in ".-"))
        return f"{local}{self.number % 97}@{('example.com', 'example.org')[self.number % 2]}"

    @property
    def phone(self) -> str:
        """A number in the form of the home country, with a block of zeros."""
        digits = f"{self.number % 10000:04d}"
        prefix = {"FR": "+33 6 00 00", "DE": "+49 151 0000", "NL": "+31 6 0000"}
        if self.place.country == "BE":
            return f"+32 4{70 + self.number % 30} 00 {digits[:2]} {digits[2:]}"
        return f"{prefix.get(self.place.country, '+44 7700 90')} {digits}"


def draw_person(number: int, world: World) -> Person:
    """The `number`-th candidate; the same whatever else is drawn."""
    market, as_of = world.market, world.as_of
    rng = stream(world.seed, "person", number)
    at_home = rng.random() < market.in_belgium
    place = _belgian(rng, book("people")["regions"]) if at_home else _foreign(rng, _abroad())
    tongue = _tongue(rng, place)
    first, last = _name(rng, tongue, market)
    languages = _languages(rng, place, tongue, market)
    occupation = _occupation(rng)
    second = rng.choice(occupation.near) if rng.random() < market.second_function else None
    neighbour = occupations().get(second) if second else None
    age = min(68.0, max(38.0, rng.gauss(market.age_mean, market.age_sd)))
    seniority = rng.choices((1, 2, 3), (0.30, 0.47, 0.23))[0]
    ability = rng.gauss(0.0, 1.0)
    chance = rng.random()
    oversold = chance < market.oversellers
    understated = chance > 1 - market.understated
    return Person(
        number=number,
        candidate_id=f"C{number:05d}",
        first=first,
        last=last,
        born=as_of - timedelta(days=int(age * 365.25)),
        place=place,
        tongue=tongue,
        languages=languages,
        cv_language=_cv_language(rng, languages),
        occupation=occupation,
        second=neighbour,
        seniority=seniority,
        skills=_skills(rng, occupation, neighbour, ability),
        tools=_tools(rng, occupation, neighbour),
        sectors=tuple(
            rng.sample(occupation.sectors, min(len(occupation.sectors), rng.randint(1, 4)))
        ),
        adaptability=_adaptability(rng),
        communication=_logistic(rng.gauss(0.2, 1.0)),
        style="oversold" if oversold else "understated" if understated else "plain",
        day_rate=_day_rate(rng, market, occupation, seniority, ability),
        busy_until=as_of + timedelta(days=rng.randint(5, 170)) if rng.random() < 0.45 else None,
    )


def draw_place(rng: random.Random, language: str | None) -> Place:
    """A place of work: Belgian, or across the border for German and now and then."""
    if rng.random() < (0.65 if language == "de" else 0.06):
        near = [
            row for row in _abroad() if row[1] == language or (not language and int(row[2]) > 2)
        ]
        return _foreign(rng, near or _abroad())
    regions: list[dict[str, Any]] = book("people")["regions"]
    keys = _SPOKEN.get(language or "", tuple(region["key"] for region in regions))
    spoken = [region for region in regions if region["key"] in keys]
    return _belgian(rng, spoken)


def _abroad() -> list[list[str]]:
    rows: list[list[str]] = book("people")["abroad"]["places"]
    return rows


def _foreign(rng: random.Random, rows: list[list[str]]) -> Place:
    country, tongue, _, *names = rng.choices(rows, [int(row[2]) for row in rows])[0]
    return Place(region="abroad", country=country, tongue=tongue, postcode="", name=tuple(names))


def _belgian(rng: random.Random, regions: list[dict[str, Any]]) -> Place:
    region = rng.choices(regions, [region["share"] for region in regions])[0]
    postcode, *names = rng.choice(region["places"])
    return Place(
        region=region["key"],
        country=region["country"],
        tongue=region["tongue"],
        postcode=postcode,
        name=tuple(names),
    )


def _tongue(rng: random.Random, place: Place) -> str:
    minority = book("people")["minority"]
    if place.country == "BE" and rng.random() < minority["share"]:
        return str(rng.choice(minority["tongues"]))
    if place.region == "brussels":
        return rng.choices(("fr", "nl"), (0.75, 0.25))[0]
    return place.tongue


def _name(rng: random.Random, tongue: str, market: Market) -> tuple[str, str]:
    names = book("people")["names"][tongue]
    given = names["women"] if rng.random() < market.women else names["men"]
    return rng.choice(given), rng.choice(names["family"])


def _languages(rng: random.Random, place: Place, tongue: str, market: Market) -> dict[str, str]:
    """Mother tongue, the language of the region, and what was learned; levels by CEFR."""
    levels = {tongue: "native"}
    local = {"flanders": "nl", "wallonia": "fr", "brussels": "fr", "east": "de"}.get(place.region)
    if local and local != tongue:
        levels[local] = rng.choice(("C1", "C2", "C2"))
    if "en" not in levels:
        levels["en"] = rng.choices(("B1", "B2", "C1", "C2"), (0.1, 0.3, 0.4, 0.2))[0]
    second = "fr" if "nl" in levels else "nl"
    share = market.bilingual_brussels if place.region == "brussels" else market.bilingual_elsewhere
    if place.country in ("BE", "NL", "LU", "FR") and second not in levels:
        good = rng.random() < share * (1.5 if second == "fr" else 0.7)
        levels[second] = rng.choice(("B2", "C1", "C2") if good else ("A2", "B1"))
    if "de" not in levels and rng.random() < 0.3:
        levels["de"] = rng.choice(("A2", "B1", "B1", "B2", "C1"))
    return levels


def _cv_language(rng: random.Random, languages: dict[str, str]) -> str:
    able = [code for code in LANGUAGES if LEVELS.index(languages.get(code, "A2")) >= 2]
    weights = [(3.0 if languages[code] == "native" else 1.0) for code in able]
    return rng.choices(able, weights)[0] if able else "en"


def _occupation(rng: random.Random) -> Occupation:
    found = list(occupations().values())
    return rng.choices(found, [occupation.weight for occupation in found])[0]


def _skills(
    rng: random.Random, main: Occupation, second: Occupation | None, ability: float
) -> dict[str, float]:
    """Skill by topic: ability in common, specialities apart; a second profession is weaker."""
    skills: dict[str, float] = {}
    for occupation, shift in ((main, 0.0), (second, -1.0)):
        for topic in occupation.topics if occupation else ():
            skills[topic.key] = _logistic(0.5 * ability + rng.gauss(0.0, 1.1) + shift)
    return skills


def _tools(
    rng: random.Random, main: Occupation, second: Occupation | None
) -> dict[str, tuple[str, ...]]:
    kinds = dict.fromkeys((*main.tool_kinds, *(second.tool_kinds[:1] if second else ())))
    return {kind: tuple(rng.sample(tools()[kind], rng.randint(1, 3))) for kind in kinds}


def _adaptability(rng: random.Random) -> dict[str, float]:
    """Seven levels with a factor in common, independent of skill."""
    common = rng.gauss(0.0, 1.0)
    return {name: _logistic(0.8 * common + 0.8 * rng.gauss(0.0, 1.0)) for name in DIMENSIONS}


def _day_rate(
    rng: random.Random, market: Market, occupation: Occupation, seniority: int, ability: float
) -> int:
    logarithm = (
        math.log(market.day_rate_median)
        + occupation.rate
        + (-0.16, 0.0, 0.22)[seniority - 1]
        + 0.04 * ability
        + rng.gauss(0.0, market.day_rate_spread)
    )
    return int(round(math.exp(logarithm) / 25) * 25)


def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
