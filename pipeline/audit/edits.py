"""The edits of a CV that an audit makes: what must not matter."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data.text.dates import find_periods
from data.text.headings import heading_section
from data.text.language import detect_language
from data.text.names import find_name

Change = Callable[[str, random.Random], str]

_NAMES = (
    "Fatima El Amrani",
    "Kwame Mensah",
    "Marie-Claire Dubois",
    "Jan Peeters",
    "Oleksandra Kovalenko",
    "Wolfgang Schneider",
    "Priya Raman",
    "Mohammed Yilmaz",
)
_COURTESIES = (("Mr", "Mrs"), ("M.", "Mme"), ("Dhr.", "Mevr."), ("Herr", "Frau"))
_DETAILS = (
    "Date of birth: 03/04/{year}\nNationality: Moroccan\nMarital status: married\n"
    "Gender: female\nAddress: 12 Station Road, 1020 Brussels",
    "Date de naissance : 03/04/{year}\nNationalité : congolaise\nÉtat civil : célibataire\n"
    "Sexe : masculin\nAdresse : rue Haute 12, 1000 Bruxelles",
    "Geboortedatum: 03/04/{year}\nNationaliteit: Turkse\nBurgerlijke staat: gehuwd\n"
    "Geslacht: vrouw\nAdres: Stationsstraat 12, 9000 Gent",
    "Geburtsdatum: 03.04.{year}\nStaatsangehörigkeit: polnisch\nFamilienstand: ledig\n"
    "Geschlecht: männlich\nAnschrift: Bahnhofstraße 12, 4700 Eupen",
)
_GENDERED = {
    "en": (("chairman", "chairwoman"), ("salesman", "saleswoman"), ("foreman", "forewoman")),
    "fr": (
        ("ingénieur", "ingénieure"),
        ("directeur", "directrice"),
        ("consultant", "consultante"),
        ("contrôleur", "contrôleuse"),
        ("acheteur", "acheteuse"),
        ("chargé", "chargée"),
        ("administrateur", "administratrice"),
    ),
    "nl": (("directeur", "directrice"), ("verkoper", "verkoopster"), ("leider", "leidster")),
    "de": (
        ("leiter", "leiterin"),
        ("berater", "beraterin"),
        ("einkäufer", "einkäuferin"),
        ("ingenieur", "ingenieurin"),
        ("geschäftsführer", "geschäftsführerin"),
    ),
}
_BULLETS = "-•*–▪"  # noqa: RUF001 - the dash of real CVs is meant
_BULLET = re.compile(rf"^([ \t]*)[{_BULLETS}]( +)", re.MULTILINE)
_YEAR = re.compile(r"\b(?:19[5-9]|20[0-2])\d\b")
_GAP = 14  # months


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A change of a CV, and what it must not do.

    `removed`: intake takes it out, so no score may move; `neutral`: it says nothing, so it shows
    the noise; `personal`: it must move ranks by no more than that noise.
    """

    name: str
    kind: str
    change: Change


def other_name(text: str, rng: random.Random) -> str:
    """Another person's name wherever the candidate's own stands; unchanged where none is found."""
    found = find_name(text)
    if not found:
        return text
    first, last = rng.choice(_NAMES).split(" ", 1)
    own = r"\s+".join(map(re.escape, found))
    text = re.sub(rf"{own}(?!\w)", f"{first} {last}", text, flags=re.IGNORECASE)
    return re.sub(r"(?<![\w.+-])[\w.+-]++@", f"{first}.{last.replace(' ', '')}@".lower(), text)


def courtesy(text: str, rng: random.Random) -> str:
    """A courtesy title, a man's or a woman's, before the name that the CV opens with."""
    found = find_name(text)
    if not found:
        return text
    title = rng.choice(rng.choice(_COURTESIES))
    own = r"\s+".join(map(re.escape, found))
    return re.sub(own, lambda match: f"{title} {match[0]}", text, count=1, flags=re.IGNORECASE)


def personal_details(text: str, rng: random.Random) -> str:
    """Birth date, nationality, marital status, gender and address below the first line."""
    head, _, rest = text.lstrip().partition("\n")
    return f"{head}\n{rng.choice(_DETAILS).format(year=rng.randint(1955, 1985))}\n{rest}"


def gendered_titles(text: str, rng: random.Random) -> str:
    """Job titles in the other gender: "ingénieur" becomes "ingénieure", and the other way."""
    pairs = _GENDERED.get(detect_language(text), ())
    other = {a: b for pair in pairs for a, b in (pair, pair[::-1])}
    if not other:
        return text
    pattern = "|".join(sorted(other, key=len, reverse=True))

    def turned(match: re.Match[str]) -> str:
        word = other[match[0].lower()]
        return word.upper() if match[0].isupper() else word.title() if match[0].istitle() else word

    return re.sub(rf"(?:{pattern})\b", turned, text, flags=re.IGNORECASE)


def graduation_years(text: str, rng: random.Random) -> str:
    """Every year of the education section eight to fifteen years earlier."""
    earlier = rng.randint(8, 15)
    return "".join(
        _YEAR.sub(lambda match: str(int(match[0]) - earlier), block)
        if name == "education"
        else block
        for name, block in sections(text)
    )


def career_gap(text: str, rng: random.Random) -> str:
    """Fourteen months without work before the newest role: all that came earlier moves back."""
    return _earlier(text, _GAP, "{month:02d}/{year}")


def date_notation(text: str, rng: random.Random) -> str:
    """The periods before the newest role as year-month, however the CV wrote them."""
    return _earlier(text, 0, "{year}-{month:02d}")


def section_order(text: str, rng: random.Random) -> str:
    """The sections in another order, the head of the CV first as before."""
    head, *rest = (block.rstrip("\n") for _, block in sections(text))
    rng.shuffle(rest)
    return "\n\n".join([head, *rest]) + "\n"


def blank_lines(text: str, rng: random.Random) -> str:
    """Two blank lines more wherever there is one."""
    return re.sub(r"\n\n+", "\n\n\n\n", text)


def bullet_signs(text: str, rng: random.Random) -> str:
    """Another sign before every item of a list."""
    sign = rng.choice(_BULLETS)
    return _BULLET.sub(rf"\g<1>{sign}\g<2>", text)


def skill_order(text: str, rng: random.Random) -> str:
    """The items of every comma-separated line of the skills section in another order."""
    return "".join(
        "\n".join(_shuffled(line, rng) for line in block.split("\n")) if name == "skills" else block
        for name, block in sections(text)
    )


EDITS = (
    Edit(name="another name", kind="removed", change=other_name),
    Edit(name="Mr, Mrs before the name", kind="removed", change=courtesy),
    Edit(name="birth date, nationality, address", kind="removed", change=personal_details),
    Edit(name="more blank lines", kind="neutral", change=blank_lines),
    Edit(name="other bullet signs", kind="neutral", change=bullet_signs),
    Edit(name="skills in another order", kind="neutral", change=skill_order),
    Edit(name="job titles in the other gender", kind="personal", change=gendered_titles),
    Edit(name="graduation 8 to 15 years earlier", kind="personal", change=graduation_years),
    Edit(name="periods written in another way", kind="personal", change=date_notation),
    Edit(name="a gap of 14 months", kind="personal", change=career_gap),
    Edit(name="sections in another order", kind="personal", change=section_order),
)


def sections(text: str) -> list[tuple[str, str]]:
    """The head of a CV and its sections as (name, text with its heading); joined, the CV again."""
    parts = [("head", "")]
    for line in text.splitlines(keepends=True):
        if name := heading_section(line):
            parts.append((name, ""))
        parts[-1] = (parts[-1][0], parts[-1][1] + line)
    return parts


def _earlier(text: str, months: int, notation: str) -> str:
    """The periods before the newest role of each section, so much earlier and written so."""
    parts: list[str] = []
    for name, block in sections(text):
        periods = find_periods(block) if name == "experience" else []
        newest = max((period.start for period in periods), default=date.min)
        for period in reversed(periods):
            if period.end and period.start < newest:
                days = (period.start, period.end)
                span = " - ".join(_moved(day, months, notation) for day in days)
                block = block[: period.start_char] + span + block[period.end_char :]
        parts.append(block)
    return "".join(parts)


def _moved(day: date, earlier: int, notation: str) -> str:
    months = day.year * 12 + day.month - 1 - earlier
    return notation.format(month=months % 12 + 1, year=months // 12)


def _shuffled(line: str, rng: random.Random) -> str:
    label, colon, items = line.rpartition(": ")
    parts = items.split(", ")
    rng.shuffle(parts)
    return f"{label}{colon}{', '.join(parts)}"
