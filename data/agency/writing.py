"""Writes a CV, as candidates do: in one language or two, short or long, with slips or without."""

import random
from dataclasses import dataclass
from itertools import pairwise

from data.agency.material import book
from data.agency.parameters import World
from data.agency.people import Person
from data.agency.roles import Role
from data.agency.sections import (
    certificates,
    education,
    experience,
    interests,
    language_lines,
    skills,
    summary,
)
from data.agency.style import Block, Style, Told, cv_words, labelled
from data.schema.words import LANGUAGES


@dataclass(frozen=True, kw_only=True)
class Cv:
    """A written CV: its blocks in reading order, and the adaptability that it tells."""

    language: str
    headline: str
    blocks: tuple[Block, ...]
    told: tuple[Told, ...]


def write_cv(
    person: Person, career: tuple[Role, ...], style: Style, world: World, rng: random.Random
) -> Cv:
    """The CV of a person with a career, newest role first."""
    language = person.cv_language
    headline = _headline(career, language, rng)
    told: list[Told] = []
    sections = {
        "summary": summary(person, career, world.as_of, told, rng),
        "experience": experience(career, language, style, told, rng),
        "skills": skills(person, language, rng),
        "education": education(person, language, rng),
        "certifications": certificates(person, rng),
        "languages": language_lines(person, language, style),
        "interests": interests(language, rng),
    }
    order = ["summary", "skills", "experience", "education", "certifications", "languages"]
    if rng.random() < 0.5:
        order = ["summary", "experience", "skills", "education", "languages", "certifications"]
    if rng.random() < 0.4 and style.length != "short":
        order.append("interests")
    blocks = _head(person, headline, style)
    for name in order:
        if sections[name]:
            blocks += [_heading(name, language, style), *sections[name]]
    if rng.random() < world.market.typos:
        quoted = [event.sentence for event in told]
        blocks = [_with_slips(block, quoted, rng) for block in blocks]
    return Cv(language=language, headline=headline, blocks=tuple(blocks), told=tuple(told))


def _headline(career: tuple[Role, ...], language: str, rng: random.Random) -> str:
    title = career[0].title[LANGUAGES.index(language)]
    shape = rng.choice(("{title}", "manager_title", "interim_title", "manager_title"))
    return (cv_words(shape, language) if shape in book("cv")["words"] else shape).format(
        title=title
    )


def _head(person: Person, headline: str, style: Style) -> list[Block]:
    language = person.cv_language
    index = LANGUAGES.index(language)
    town = person.place.name[index]
    lines = [f"{person.email} | {person.phone}"]
    if style.personal:
        streets = book("people")["streets"]
        street = streets.get(person.place.tongue, streets["en"])
        road = street[person.number % len(street)]
        number = person.number % 180 + 1
        line = f"{number}, {road}" if person.place.tongue == "fr" else f"{road} {number}"
        town_line = f"{person.place.postcode} {town}".strip()
        lines.append(labelled(cv_words("address", language), f"{line}, {town_line}", language))
        born = f"{person.born:%d/%m/%Y}"
        lines.append(labelled(cv_words("born", language), born, language))
        nations = book("people")["nationalities"]
        if person.place.country in nations:
            nation = nations[person.place.country][index]
            lines.append(labelled(cv_words("nationality", language), nation, language))
    else:
        lines.append(town)
    return [
        Block(kind="name", text=f"{person.first} {person.last}"),
        Block(kind="headline", text=headline),
        *(Block(kind="contact", text=line) for line in lines),
    ]


def _heading(name: str, language: str, style: Style) -> Block:
    rows = book("cv")["headings"][name]
    text = rows[style.heading % len(rows)][LANGUAGES.index(language)]
    return Block(kind="heading", text=text.upper() if style.shout else text)


def _with_slips(block: Block, quoted: list[str], rng: random.Random) -> Block:
    """Swap two letters in about one bullet or paragraph of four, but in none that truth quotes."""
    if block.kind not in ("bullet", "text") or rng.random() > 0.25:
        return block
    if any(sentence in block.text for sentence in quoted):
        return block
    places = [i for i, (a, b) in enumerate(pairwise(block.text)) if a.islower() and b.islower()]
    if not places:
        return block
    at = rng.choice(places)
    text = block.text
    slipped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return Block(kind=block.kind, text=slipped, aside=block.aside)
