"""Turns a person into a dated career of facts that no language has touched yet."""

import random
from collections import Counter
from dataclasses import replace

from data.agency.material import Four, Topic, book, draw_slots, first_year, phrases, tools
from data.agency.parameters import Market, World
from data.agency.people import Person
from data.agency.roles import Fact, Role, missions, permanent_years
from data.schema.words import DIMENSIONS


def draw_career(
    person: Person, booked: tuple[Role, ...], world: World, rng: random.Random
) -> tuple[Role, ...]:
    """Permanent years, then missions around those that the agency placed; newest first."""
    permanent = permanent_years(person, world.as_of, rng)
    first_mission = permanent[-1].end or world.as_of
    elsewhere = missions(person, booked, first_mission, world, rng)
    roles = sorted((*permanent, *elsewhere, *booked), key=lambda role: role.start, reverse=True)
    return _with_facts(person, roles, world, rng)


def _with_facts(
    person: Person, roles: list[Role], world: World, rng: random.Random
) -> tuple[Role, ...]:
    used: Counter[Four] = Counter()
    told: list[Role] = []
    for index, role in enumerate(roles):
        age = (world.as_of - role.start).days / 365.25
        facts = [*_tasks(person, role, age, used, rng)]
        facts += _events(person, role, roles[index + 1 :], used, world.market, rng)
        rng.shuffle(facts)
        told.append(replace(role, facts=tuple(facts)))
    return tuple(told)


def _tasks(
    person: Person, role: Role, age: float, used: Counter[Four], rng: random.Random
) -> list[Fact]:
    """What was done: topics by skill, with a result the more often the better the person is."""
    wanted = rng.randint(3, 6) if age < 8 else rng.randint(2, 4) if age < 16 else rng.randint(1, 2)
    topics, year = role.occupation.topics, role.year
    weights = [person.skills.get(topic.key, 0.2) ** 2 + 0.02 for topic in topics]
    facts: list[Fact] = []
    for topic in dict.fromkeys(rng.choices(topics, weights, k=wanted + 2)):
        fresh = [task for task in topic.tasks if used[task] < 2 and first_year(task[0]) <= year]
        if not fresh or len(facts) == wanted:
            continue
        text = rng.choice(fresh)
        used[text] += 1
        result = _result(person, topic, text, used, rng)
        slots = draw_slots(text[0] + (result[0] if result else ""), rng, person.tools, year)
        facts.append(
            Fact(text=text, slots=slots, result=result, topic=topic.key, level=3 if result else 2)
        )
    over = role.engagement == "interim" and role.end is not None
    for kind, share in (("led", 0.4), ("handover", 0.2 if over else 0.0), ("traps", 0.05)):
        text = rng.choice(phrases("cv", "general", kind))
        if rng.random() < share and used[text] == 0:
            used[text] += 1
            facts.append(Fact(text=text, slots=draw_slots(text[0], rng, person.tools)))
    return facts


def _result(
    person: Person, topic: Topic, task: Four, used: Counter[Four], rng: random.Random
) -> Four | None:
    """A result that fits the task, told once in a CV; the more skilled the likelier."""
    share = 0.15 + 0.8 * person.skills.get(topic.key, 0.2)
    share *= {"understated": 0.4, "oversold": 0.7, "plain": 1.0}[person.style]
    result = rng.choice(topic.results)
    fits = topic.result_of is None or topic.tasks.index(task) == topic.result_of
    if used[result] or not fits or rng.random() > share:
        return None
    used[result] += 1
    return result


def _events(
    person: Person,
    role: Role,
    earlier: list[Role],
    used: Counter[Four],
    market: Market,
    rng: random.Random,
) -> list[Fact]:
    """Events of adaptability: the likelier the higher the level, more so on rough missions."""
    facts: list[Fact] = []
    known_sector = any(role.sector == other.sector for other in earlier)
    for dimension in DIMENSIONS if earlier else ():
        boost = 1.6 if role.reason in ("crisis", "transformation") else 1.0
        boost *= 0.6 if person.style == "understated" else 1.0
        if rng.random() >= market.event_rate * person.adaptability[dimension] ** 1.5 * boost:
            continue
        won = rng.random() < 0.45
        texts = phrases("events", dimension, "won" if won else "told")
        fresh = [text for text in texts if not used[text] and first_year(text[0]) <= role.year]
        fresh = [text for text in fresh if not (known_sector and "{sector_new}" in text[0])]
        if any("{tool_new}" in text[0] for text in used):  # one new tool a career, lest it clash
            fresh = [text for text in fresh if "{tool_new}" not in text[0]]
        if not fresh:
            continue
        text = rng.choice(fresh)
        used[text] += 1
        slots = {**draw_slots(text[0], rng, person.tools), **_context(person, role, rng)}
        facts.append(Fact(text=text, slots=slots, dimension=dimension, level=3 if won else 2))
    return facts


def _context(person: Person, role: Role, rng: random.Random) -> dict[str, str | Four]:
    """Slots that depend on the role: the sector entered, a tool that was new, a country."""
    sectors = book("clients")["sectors"]
    kind = rng.choice(role.occupation.tool_kinds)
    existing = [name for name in tools()[kind] if first_year(name) <= role.year] or tools()[kind]
    unknown = [name for name in existing if name not in person.tools.get(kind, ())]
    countries = [code for code in book("people")["countries"] if code != role.country]
    return {
        "sector_new": tuple(sectors[role.sector]["name"]),
        "tool_new": rng.choice(unknown or existing),
        "country_abroad": tuple(book("people")["countries"][rng.choice(countries)]),
    }
