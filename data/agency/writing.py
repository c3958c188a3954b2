"""Writes a CV, as candidates do: in one language or two, short or long, honest or not."""

import random
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from data.agency.careers import Fact, Role
from data.agency.material import Four, book, draw_slots, fill, phrases
from data.agency.parameters import Market, World
from data.agency.people import Person
from data.schema.words import DIMENSIONS, LANGUAGES


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
class Cv:
    """A written CV: its blocks in reading order, and the adaptability that it tells."""

    language: str
    headline: str
    blocks: tuple[Block, ...]
    told: tuple[Told, ...]


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
        joint=rng.choice(("; ", ": ", " – ", ". {result}: ")),
        shout=rng.random() < 0.3,
        mixed=person.cv_language != "en" and rng.random() < market.mixed_language,
        personal=rng.random() < 0.35,
        cefr=rng.random() < 0.5,
        word=rng.randint(0, 2),
    )


def write_cv(
    person: Person, career: tuple[Role, ...], style: Style, world: World, rng: random.Random
) -> Cv:
    """The CV of a person with a career, newest role first."""
    language = person.cv_language
    headline = _headline(career, language, rng)
    told: list[Told] = []
    sections = {
        "summary": _summary(person, career, world.as_of, told, rng),
        "experience": _experience(career, language, style, told, rng),
        "skills": _skills(person, language, rng),
        "education": _education(person, language, rng),
        "certifications": _certificates(person, rng),
        "languages": _language_lines(person, language, style),
        "interests": _interests(language, rng),
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


def day_in_words(day: date, language: str) -> str:
    """A day as it is written in a letter."""
    if language == "de":
        return f"{day.day}. {book('cv')['months'][language][day.month - 1]} {day.year}"
    return f"{day.day} {book('cv')['months'][language][day.month - 1]} {day.year}"


def _words(key: str, language: str) -> str:
    return str(book("cv")["words"][key][LANGUAGES.index(language)])


def _headline(career: tuple[Role, ...], language: str, rng: random.Random) -> str:
    title = career[0].title[LANGUAGES.index(language)]
    shape = rng.choice(("{title}", "manager_title", "interim_title", "manager_title"))
    return (_words(shape, language) if shape in book("cv")["words"] else shape).format(title=title)


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
        lines.append(f"{_words('address', language)}: {line}, {person.place.postcode} {town}")
        lines.append(f"{_words('born', language)}: {person.born:%d/%m/%Y}")
        nations = book("people")["nationalities"]
        if person.place.country in nations:
            nation = nations[person.place.country][index]
            lines.append(f"{_words('nationality', language)}: {nation}")
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


def _summary(
    person: Person, career: tuple[Role, ...], as_of: date, told: list[Told], rng: random.Random
) -> list[Block]:
    """An opening, real strengths or boasts, praise and claims: cheap talk by style, not by worth."""
    if person.style == "understated" and rng.random() < 0.5:
        return []
    language = person.cv_language
    interim = [role for role in career if role.engagement == "interim"]
    since = interim[-1].start if interim else career[0].start
    slots = {
        "title": career[0].title,
        "years": (as_of - career[-1].start).days // 365,
        "interim": max(1, (as_of - since).days // 365),
        "since": str(since.year),
        "label": _lowered(person.occupation.label),
        "sector": tuple(book("clients")["sectors"][career[0].sector]["name"]),
    }
    sentences = [fill(rng.choice(phrases("cv", "summary", "openings")), slots, language)]
    names = _best_topics(person, worst=person.style == "oversold")
    tone = "boasts" if person.style == "oversold" else "strengths"
    row = rng.choice(phrases("cv", "summary", tone))
    sentences.append(fill(row, {"topics": ", ".join(_named(names[:3], language))}, language))
    claims = {"oversold": 3, "plain": 1, "understated": 0}[person.style]
    for praise in rng.sample(phrases("cv", "summary", "praise"), rng.randint(0, claims)):
        sentences.append(fill(praise, {}, language))
    for dimension in rng.sample(DIMENSIONS, rng.randint(0, claims)):
        claim = fill(rng.choice(phrases("events", dimension, "claimed")), {}, language)
        told.append(Told(dimension=dimension, level=1, sentence=claim))
        sentences.append(claim)
    return [Block(kind="text", text=" ".join(sentences))]


def _best_topics(person: Person, *, worst: bool) -> list[Four]:
    topics = sorted(person.occupation.topics, key=lambda topic: person.skills[topic.key])
    return [topic.name for topic in (topics if worst else reversed(topics))]


def _named(names: list[Four], language: str) -> list[str]:
    return [_lower(name[LANGUAGES.index(language)], language) for name in names]


def _lowered(text: Four) -> Four:
    return tuple(_lower(part, LANGUAGES[i]) for i, part in enumerate(text))


def _lower(text: str, language: str) -> str:
    """Small first letter inside a sentence, but never for German nouns and abbreviations."""
    return text if language == "de" or text[1:2].isupper() else text[:1].lower() + text[1:]


def _experience(
    career: tuple[Role, ...], language: str, style: Style, told: list[Told], rng: random.Random
) -> list[Block]:
    shown = career[: rng.randint(3, 5)] if style.length == "short" else career
    blocks: list[Block] = []
    for role in shown:
        speaks = "en" if style.mixed and rng.random() < 0.5 else language
        blocks += _role_lines(role, language, style)
        most = {"short": 2, "normal": 5, "long": 9}[style.length]
        kept = sorted(role.facts, key=lambda fact: fact.dimension is None)[:most]
        for fact in (fact for fact in role.facts if fact in kept):
            sentence = _sentence(fact, style, speaks)
            blocks.append(Block(kind="bullet", text=sentence))
            if fact.dimension:
                told.append(Told(dimension=fact.dimension, level=fact.level, sentence=sentence))
    return blocks


def _role_lines(role: Role, language: str, style: Style) -> list[Block]:
    index = LANGUAGES.index(language)
    title = role.title[index]
    if role.engagement == "interim":
        words = book("cv")["words"]["interim"][style.word][index]
        title = f"{title} ({words})"
    place = f"{role.organisation}, {role.place[index]}"
    if style.length == "long":
        place += f" ({book('clients')['sectors'][role.sector]['name'][index].lower()})"
    lines = [
        Block(kind="role", text=title, aside=_span(role, language, style)),
        Block(kind="place", text=place),
    ]
    if role.reason and style.length == "long":
        reason = book("cv")["reasons"][role.reason][index]
        lines.append(Block(kind="text", text=f"{_words('reason', language)}: {reason}."))
    return lines


def _span(role: Role, language: str, style: Style) -> str:
    def written(day: date) -> str:
        if style.dates == "words":
            return f"{book('cv')['months'][language][day.month - 1]} {day.year}"
        return f"{day:%m/%Y}" if style.dates == "numbers" else str(day.year)

    end = written(role.end) if role.end else _words("present", language)
    return written(role.start) if written(role.start) == end else f"{written(role.start)} – {end}"


def _sentence(fact: Fact, style: Style, language: str) -> str:
    sentence = fill(fact.text, fact.slots, language)
    if fact.result:
        joint = style.joint.format(result=_words("result", language))
        sentence += joint + fill(fact.result, fact.slots, language)
    return sentence if style.dates == "numbers" else f"{sentence}."


def _skills(person: Person, language: str, rng: random.Random) -> list[Block]:
    """Topics and tools; who oversells lists what the career does not show."""
    share = {"oversold": 0.05, "plain": 0.45, "understated": 0.65}[person.style]
    names = [
        topic.name
        for occupation in (person.occupation, person.second)
        for topic in (occupation.topics if occupation else ())
        if person.skills[topic.key] > share
    ]
    software = [tool for names_of_kind in person.tools.values() for tool in names_of_kind]
    if person.style == "oversold":
        kind = rng.choice(person.occupation.tool_kinds)
        software += list(draw_slots("{" + kind + "}", rng, {}).values())  # type: ignore[arg-type]
    software = list(dict.fromkeys(software))
    shown = [name[LANGUAGES.index(language)] for name in names]
    lines = [Block(kind="text", text=", ".join(shown))] if shown else []
    return [*lines, Block(kind="text", text=f"{_words('tools', language)}: {', '.join(software)}")]


def _education(person: Person, language: str, rng: random.Random) -> list[Block]:
    universities = book("people")["universities"]
    school = rng.choice(universities.get(person.tongue, universities["en"]))
    degree = rng.choice(person.occupation.degrees)[LANGUAGES.index(language)]
    year = person.born.year + rng.randint(22, 24)
    blocks = [Block(kind="role", text=f"{degree}, {school}", aside=f"{year - 4} – {year}")]
    if rng.random() < 0.3:
        extra = rng.choice(book("cv")["education"]["masters"])[LANGUAGES.index(language)]
        blocks.insert(0, Block(kind="role", text=extra, aside=str(year + rng.randint(8, 18))))
    return blocks


def _certificates(person: Person, rng: random.Random) -> list[Block]:
    names = person.occupation.certificates
    count = rng.choice((0, 0, 1, 1, 2, 3))
    return [
        Block(kind="bullet", text=f"{name} ({person.born.year + rng.randint(28, 44)})")
        for name in rng.sample(names, min(count, len(names)))
    ]


def _language_lines(person: Person, language: str, style: Style) -> list[Block]:
    index, raw = LANGUAGES.index(language), book("cv")
    parts = []
    for code, level in person.languages.items():
        words = raw["levels"]["native" if level == "native" else level][index]
        shown = level if style.cefr and level != "native" else words
        parts.append(f"{raw['languages'][code][index]}: {shown}")
    return [Block(kind="text", text=", ".join(parts))]


def _interests(language: str, rng: random.Random) -> list[Block]:
    rows = rng.sample(book("cv")["interests"]["rows"], 3)
    return [Block(kind="text", text=", ".join(row[LANGUAGES.index(language)] for row in rows))]


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
