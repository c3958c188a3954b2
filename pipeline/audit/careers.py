"""Writes the same careers in four languages as an inbox: equal people, told four times."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import count, islice
from pathlib import Path

from data.agency.briefs import Mix, draw_brief
from data.agency.careers import draw_career
from data.agency.documents import as_text
from data.agency.letters import brief_row
from data.agency.material import occupations, stream
from data.agency.parameters import Market, World
from data.agency.people import Person, draw_person
from data.agency.style import draw_style
from data.agency.writing import write_cv
from data.schema.words import LANGUAGES

_MARKET = Market(typos=0.0, mixed_language=0.0, oversellers=0.0, understated=0.0)
_ASKED = ("title", "function", "sector", "objectives", "must_have", "should_have", "nice_to_have")


def write_parallel_inbox(
    folder: Path, *, functions: int, careers: int, as_of: date, seed: int
) -> dict[str, str]:
    """Write `careers` people of each of `functions` professions, and one brief a profession.

    Every CV and every brief stands there four times, with the language behind its id
    ("C00012-fr"). A candidate states nothing but the CV, so that only the CV can matter.
    Returns the profession of every person and every brief, by id without the language.
    """
    world = World(seed=seed, as_of=as_of, market=_MARKET)
    weights = {key: -occupation.weight for key, occupation in occupations().items()}
    chosen = sorted(weights, key=lambda key: (weights[key], key))[:functions]
    folder.mkdir(parents=True, exist_ok=True)
    people = [one for key in chosen for one in islice(_people(key, world), careers)]
    cvs = (cv for person in people for cv in _cvs(person, world))
    _write(folder / "candidates.jsonl", cvs)
    briefs = [row for n, key in enumerate(chosen) for row in _briefs(n, key, world)]
    _write(folder / "briefs.jsonl", briefs)
    asked = {str(row["brief_id"])[:-3]: chosen[n // len(LANGUAGES)] for n, row in enumerate(briefs)}
    return asked | {person.candidate_id: person.occupation.key for person in people}


def _people(function: str, world: World) -> Iterator[Person]:
    for number in count(1):
        person = draw_person(number, world)
        if person.occupation.key == function:
            yield person


def _cvs(person: Person, world: World) -> Iterator[dict[str, object]]:
    career = draw_career(person, (), world, stream(world.seed, "career", person.number))
    style = draw_style(person, world.market, stream(world.seed, "style", person.number))
    for language in LANGUAGES:
        rng = stream(world.seed, "writing", person.number)
        cv = write_cv(replace(person, cv_language=language), career, style, world, rng)
        name = f"{person.candidate_id}-{language}"
        yield {"candidate_id": name, "cv_text": as_text(cv.blocks, rng)}


def _briefs(number: int, function: str, world: World) -> Iterator[dict[str, object]]:
    mix = Mix(language="en", function=function, reason="project", form="full")
    brief = draw_brief(number, world, world.as_of, mix)
    for language in LANGUAGES:
        row = brief_row(replace(brief, language=language), world.seed)
        asked = {name: row[name] for name in _ASKED}
        yield asked | {"brief_id": f"{brief.brief_id}-{language}", "language": language}


def _write(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
