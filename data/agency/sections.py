"""Writes the sections of a CV, honest or not."""

import random
from datetime import date

from data.agency.material import Four, Slots, book, draw_slots, fill, first_year, phrases
from data.agency.people import Person
from data.agency.roles import Fact, Role
from data.agency.style import DASH, Block, Style, Told, cv_words, labelled, lowered
from data.schema.words import DIMENSIONS, LANGUAGES


def summary(
    person: Person, career: tuple[Role, ...], as_of: date, told: list[Told], rng: random.Random
) -> list[Block]:
    """An opening, real strengths or boasts, praise and claims: talk by style, not by worth."""
    if person.style == "understated" and rng.random() < 0.5:
        return []
    language = person.cv_language
    interim = [role for role in career if role.engagement == "interim"]
    since = interim[-1].start if interim else career[0].start
    slots: Slots = {
        "title": career[0].title,
        "years": (as_of - career[-1].start).days // 365,
        "interim": max(1, (as_of - since).days // 365),
        "since": str(since.year),
        "label": _all_lowered(person.occupation.label),
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
    return [lowered(name[LANGUAGES.index(language)], language) for name in names]


def _all_lowered(text: Four) -> Four:
    return tuple(lowered(part, LANGUAGES[i]) for i, part in enumerate(text))


def experience(
    career: tuple[Role, ...], language: str, style: Style, told: list[Told], rng: random.Random
) -> list[Block]:
    """The roles, newest first; a short CV stops after a few."""
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
        lines.append(
            Block(kind="text", text=labelled(cv_words("reason", language), f"{reason}.", language))
        )
    return lines


def _span(role: Role, language: str, style: Style) -> str:
    def written(day: date) -> str:
        if style.dates == "words":
            month = book("cv")["months"][language][day.month - 1]
            return f"{month[:3] if language == 'en' else month} {day.year}"
        return f"{day:%m/%Y}" if style.dates == "numbers" else str(day.year)

    end = written(role.end) if role.end else cv_words("present", language)
    return (
        written(role.start) if written(role.start) == end else f"{written(role.start)}{DASH}{end}"
    )


def _sentence(fact: Fact, style: Style, language: str) -> str:
    sentence = fill(fact.text, fact.slots, language)
    if fact.result:
        joint = style.joint.format(result=cv_words("result", language))
        if language == "fr" and joint.strip() != ".":
            joint = joint.replace(":", " :").replace("; ", " ; ")
        sentence += joint + fill(fact.result, fact.slots, language)
    return sentence if style.dates == "numbers" else f"{sentence}."


def skills(person: Person, language: str, rng: random.Random) -> list[Block]:
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
    return [
        *lines,
        Block(
            kind="text", text=labelled(cv_words("tools", language), ", ".join(software), language)
        ),
    ]


def education(person: Person, language: str, rng: random.Random) -> list[Block]:
    """One degree, for some a later course."""
    universities = book("people")["universities"]
    school = rng.choice(universities.get(person.tongue, universities["en"]))
    degree = rng.choice(person.occupation.degrees)[LANGUAGES.index(language)]
    year = person.born.year + rng.randint(22, 24)
    blocks = [Block(kind="role", text=f"{degree}, {school}", aside=f"{year - 4}{DASH}{year}")]
    if rng.random() < 0.3:
        extra = rng.choice(book("cv")["education"]["masters"])[LANGUAGES.index(language)]
        blocks.insert(0, Block(kind="role", text=extra, aside=str(year + rng.randint(8, 18))))
    return blocks


def certificates(person: Person, rng: random.Random) -> list[Block]:
    """None to three, with the year."""
    names = person.occupation.certificates
    count = rng.choice((0, 0, 1, 1, 2, 3))
    return [
        Block(
            kind="bullet",
            text=f"{name} ({max(person.born.year + rng.randint(28, 40), first_year(name))})",
        )
        for name in rng.sample(names, min(count, len(names)))
    ]


def language_lines(person: Person, language: str, style: Style) -> list[Block]:
    """One line with every language and its level."""
    index, raw = LANGUAGES.index(language), book("cv")
    parts = []
    for code, level in person.languages.items():
        words = raw["levels"]["native" if level == "native" else level][index]
        shown = level if style.cefr and level != "native" else words
        parts.append(labelled(raw["languages"][code][index], shown, language))
    return [Block(kind="text", text=", ".join(parts))]


def interests(language: str, rng: random.Random) -> list[Block]:
    """Three of them."""
    rows = rng.sample(book("cv")["interests"]["rows"], 3)
    return [Block(kind="text", text=", ".join(row[LANGUAGES.index(language)] for row in rows))]
