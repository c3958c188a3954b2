"""The lines that a CV is made of, and the habits of the person who writes them."""

import random
from dataclasses import dataclass
from datetime import date

from data.agency.material import book
from data.agency.parameters import Market
from data.agency.people import Person
from data.schema.words import LANGUAGES

DASH = " \N{EN DASH} "


@dataclass(frozen=True, kw_only=True)
class Block:
    """A line or paragraph of a CV; `aside` holds the dates of a role."""

    kind: str  # name | headline | contact | heading | role | place | bullet | text
    text: str
    aside: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence of a CV that claims or tells adaptability, kept for the truth folder."""

    dimension: str
    level: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Style:
    """The habits of one writer."""

    length: str  # short | normal | long
    heading: int
    dates: str  # words | numbers | years
    joint: str
    shout: bool  # headings in capitals
    mixed: bool  # some roles told in English
    personal: bool  # birth date, nationality, address in the head
    cefr: bool
    word: int


def draw_style(person: Person, market: Market, rng: random.Random) -> Style:
    """How this person writes."""
    lengths = {"understated": (5, 4, 1), "oversold": (1, 5, 4), "plain": (2, 6, 3)}
    return Style(
        length=rng.choices(("short", "normal", "long"), lengths[person.style])[0],
        heading=rng.randint(0, 2),
        dates=rng.choices(("words", "numbers", "years"), (5, 4, 1))[0],
        joint=rng.choice(("; ", ": ", DASH, ". {result}: ")),
        shout=rng.random() < 0.3,
        mixed=person.cv_language != "en" and rng.random() < market.mixed_language,
        personal=rng.random() < 0.35,
        cefr=rng.random() < 0.5,
        word=rng.randint(0, 2),
    )


def cv_words(key: str, language: str) -> str:
    """A fixed phrase of a CV in one language."""
    return str(book("cv")["words"][key][LANGUAGES.index(language)])


def lowered(text: str, language: str) -> str:
    """Small first letter inside a sentence, but never for German nouns and abbreviations."""
    return text if language == "de" or text[1:2].isupper() else text[:1].lower() + text[1:]


def day_in_words(day: date, language: str) -> str:
    """A day as it is written in a letter."""
    if language == "de":
        return f"{day.day}. {book('cv')['months'][language][day.month - 1]} {day.year}"
    return f"{day.day} {book('cv')['months'][language][day.month - 1]} {day.year}"


def labelled(label: str, text: str, language: str) -> str:
    """A label and what it labels; French puts a space before the colon."""
    return f"{label}{' ' if language == 'fr' else ''}: {text}"
