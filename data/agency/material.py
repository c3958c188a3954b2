"""Reads the phrase books of the simulated agency, so that no sentence lives in code."""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.schema.words import LANGUAGES

Four = tuple[str, ...]  # one text in the order of LANGUAGES
Slots = Mapping[str, "str | int | float | Four"]

_FOLDER = Path(__file__).parent / "material"
LATE = 9999  # a year in which everything exists
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A field of work in an occupation: how CVs name and tell it, how briefs ask for it."""

    key: str
    name: Four
    need: Four
    tasks: tuple[Four, ...]
    results: tuple[Four, ...]
    result_of: int | None  # the one task that the results follow; None = any


@dataclass(frozen=True, kw_only=True)
class Occupation:
    """What one function of the market does, in four languages."""

    key: str
    weight: float
    rate: float  # logarithm of the day rate relative to the market
    label: Four
    tool_kinds: tuple[str, ...]
    near: tuple[str, ...]
    sectors: tuple[str, ...]
    titles: tuple[tuple[Four, ...], ...]  # by seniority 0 to 3, then variants
    topics: tuple[Topic, ...]
    aims: tuple[Four, ...]
    certificates: tuple[str, ...]
    degrees: tuple[Four, ...]


def fours(rows: Sequence[Sequence[str]]) -> tuple[Four, ...]:
    """Texts as immutable rows; raises ValueError if one is not given in every language."""
    for row in rows:
        if len(row) != len(LANGUAGES):
            raise ValueError(f"A text must be given in {LANGUAGES}, got {row}: complete it.")
    return tuple(tuple(row) for row in rows)


@cache
def book(name: str) -> dict[str, Any]:
    """The phrase book `name` as plain tables."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def phrases(name: str, *keys: str) -> tuple[Four, ...]:
    """The texts under `keys` of the phrase book `name`."""
    found: Any = book(name)
    for key in keys:
        found = found[key]
    return fours(found)


@cache
def occupations() -> dict[str, Occupation]:
    """Every occupation by key, in alphabetical order."""
    names = sorted(path.stem for path in (_FOLDER / "occupations").glob("*.toml"))
    return {name: _occupation(name) for name in names}


def _occupation(key: str) -> Occupation:
    raw = book(f"occupations/{key}")
    topics = tuple(
        Topic(
            key=f"{key}/{topic['key']}",
            name=fours([topic["name"]])[0],
            need=fours([topic["need"]])[0],
            tasks=fours(topic["tasks"]),
            results=fours(topic["results"]),
            result_of=topic.get("result_of"),
        )
        for topic in raw["topics"]
    )
    return Occupation(
        key=key,
        weight=raw["weight"],
        rate=raw["rate"],
        label=fours([raw["label"]])[0],
        tool_kinds=tuple(raw["tool_kinds"]),
        near=tuple(raw["near"]),
        sectors=tuple(raw["sectors"]),
        titles=tuple(fours(level) for level in raw["titles"]),
        topics=topics,
        aims=fours(raw["aims"]),
        certificates=tuple(raw["certificates"]),
        degrees=fours(raw["degrees"]),
    )


@cache
def tools() -> dict[str, tuple[str, ...]]:
    """Names of software by kind; the same in every language."""
    return {kind: tuple(names) for kind, names in book("tools").items()}


def stream(*names: object) -> random.Random:
    """A generator of its own for each thing drawn, so that order and number never matter."""
    return random.Random(":".join(map(str, names)))  # noqa: S311 - a simulation, no secret


@cache
def first_year(text: str) -> int:
    """The year before which nobody can have written an English text: it names later things."""
    years: dict[str, int] = book("eras")["first"]
    return max((year for name, year in years.items() if name in text), default=0)


def draw_slots(
    template: str, rng: random.Random, known: Mapping[str, Sequence[str]], year: int = LATE
) -> Slots:
    """Values for slots: numbers by range, software that a person knows and that existed."""
    ranges: dict[str, list[float]] = book("slots")
    slots: dict[str, str | int | float | Four] = {}
    for name in _SLOT.findall(template):
        if name in ranges:
            low, high = ranges[name]
            whole = isinstance(low, int)
            slots[name] = rng.randint(int(low), int(high)) if whole else rng.uniform(low, high)
        elif name in tools():
            every = [tool for tool in tools()[name] if first_year(tool) <= year]
            mine = [tool for tool in known.get(name, ()) if tool in every]
            slots[name] = rng.choice(mine or every or tools()[name])
    return slots


def fill(text: Four, slots: Slots, language: str) -> str:
    """The text in one language with its slots filled; decimals as that language writes them."""
    index = LANGUAGES.index(language)

    def value(match: re.Match[str]) -> str:
        found = slots[match[1]]
        if isinstance(found, tuple):
            return found[index]
        if isinstance(found, float):
            return f"{found:.1f}" if language == "en" else f"{found:.1f}".replace(".", ",")
        return str(found)

    return _SLOT.sub(value, text[index])
