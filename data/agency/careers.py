"""Turns a person into a dated career of facts that no language has touched yet."""

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.agency.material import (
    LATE,
    Four,
    Occupation,
    Slots,
    Topic,
    book,
    draw_slots,
    first_year,
    phrases,
    tools,
)
from data.agency.parameters import Market, World
from data.agency.people import Person, draw_place
from data.schema.words import DIMENSIONS

Booked = tuple["Role", ...]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One thing that a CV may tell, with the result it led to; `dimension` marks an event."""

    text: Four
    slots: Slots
    result: Four | None = None
    topic: str | None = None
    dimension: str | None = None
    level: int = 2  # 1 claimed, 2 described, 3 with a result


@dataclass(frozen=True, kw_only=True)
class Role:
    """A job or a mission; `end` is None while it runs."""

    occupation: Occupation
    title: Four
    organisation: str
    sector: str
    country: str
    place: Four
    start: date
    end: date | None
    engagement: str  # permanent | interim
    reason: str | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def year(self) -> int:
        """The last year of the role, for what it can have dealt with."""
        return self.end.year if self.end else LATE


def draw_career(
    person: Person, booked: Booked, world: World, rng: random.Random
) -> tuple[Role, ...]:
    """Permanent years, then missions around those that the agency placed; newest first."""
    permanent = _permanent_years(person, world.as_of, rng)
    first_mission = permanent[-1].end or world.as_of
    missions = [*_missions(person, booked, first_mission, world, rng), *booked]
    roles = sorted((*permanent, *missions), key=lambda role: role.start, reverse=True)
    return _with_facts(person, roles, world, rng)


def organisation(sector: str, rng: random.Random) -> str:
    """A name for a company of a sector; invented."""
    clients = book("clients")
    return f"{rng.choice(clients['stems'])} {rng.choice(clients['sectors'][sector]['endings'])}"


def _permanent_years(person: Person, as_of: date, rng: random.Random) -> list[Role]:
    start = _month(person.born + timedelta(days=int(365.25 * rng.uniform(22, 25.5))))
    latest = as_of - timedelta(days=int(365.25 * 2.2))
    mission_years = 2.2 + 13.0 * rng.betavariate(1.3, 1.8)
    earliest = start + timedelta(days=int(365.25 * 8))
    turn = as_of - timedelta(days=int(365.25 * mission_years))
    turn = _month(min(max(turn, earliest), latest))
    roles: list[Role] = []
    stays = False
    sector, place = rng.choice(person.occupation.sectors), _workplace(person, rng)
    while start < turn:
        years = rng.uniform(1.8, 6.5)
        end = _month(min(start + timedelta(days=int(365.25 * years)), turn))
        if (turn - end).days < 400:
            end = _month(turn)
        level = min(person.seniority, len(roles) * 2 // 3)
        if not stays:
            sector = rng.choice(person.sectors) if rng.random() < 0.7 else sector
            place = _workplace(person, rng)
        roles.append(
            Role(
                occupation=person.occupation,
                title=rng.choice(person.occupation.titles[level]),
                organisation=roles[-1].organisation if stays else organisation(sector, rng),
                sector=roles[-1].sector if stays else sector,
                country=place[0],
                place=place[1],
                start=start,
                end=end - timedelta(days=1),
                engagement="permanent",
            )
        )
        stays = rng.random() < 0.35  # a promotion inside the same company
        start = end if stays else _month(end + timedelta(days=rng.choice((0, 0, 0, 31, 62, 150))))
    return roles


def _missions(
    person: Person, booked: Booked, after: date, world: World, rng: random.Random
) -> list[Role]:
    """Missions found elsewhere, cut where the agency's own begin; the last may still run."""
    missions: list[Role] = []
    market, as_of = world.market, world.as_of
    start = after + timedelta(days=rng.randint(10, 120))
    busy = sorted((role.start, role.end or as_of + timedelta(days=999)) for role in booked)
    while start < as_of - timedelta(days=45):
        months = min(24.0, rng.lognormvariate(0, market.months_spread) * market.months_median)
        end = start + timedelta(days=int(months * 30.4))
        clash = next((span for span in busy if span[0] <= end and span[1] >= start), None)
        if clash:
            end = clash[0] - timedelta(days=rng.randint(5, 40))
        if (end - start).days >= 45:
            missions.append(_mission(person, start, end, market, rng))
        start = max(end, clash[1] if clash else end) + timedelta(
            days=min(260, int(rng.expovariate(1 / 45)) + 3)
        )
    return _until_today(missions, person, busy, as_of, rng)


def _until_today(
    missions: list[Role],
    person: Person,
    busy: list[tuple[date, date]],
    as_of: date,
    rng: random.Random,
) -> list[Role]:
    """Only who is busy has a mission that still runs; the others ended theirs lately."""
    if not missions:
        return missions
    last = missions[-1]
    free_again = max((end for _, end in busy), default=date.min)
    if last.end and last.end >= as_of - timedelta(days=60) and free_again < last.start:
        running = person.busy_until is not None and last.start < as_of
        ended = max(last.start + timedelta(days=30), as_of - timedelta(days=rng.randint(3, 50)))
        missions[-1] = replace(last, end=None if running else min(ended, as_of))
    return missions


def _mission(person: Person, start: date, end: date, market: Market, rng: random.Random) -> Role:
    second = person.second is not None and rng.random() < 0.3
    occupation = person.second if second and person.second else person.occupation
    level = max(1, person.seniority - (1 if second or rng.random() < 0.25 else 0))
    sector = rng.choice(person.sectors if rng.random() < 0.75 else occupation.sectors)
    country, place = _workplace(person, rng)
    return Role(
        occupation=occupation,
        title=rng.choice(occupation.titles[level]),
        organisation=organisation(sector, rng),
        sector=sector,
        country=country,
        place=place,
        start=start,
        end=end,
        engagement="interim",
        reason=rng.choices(list(market.reasons), list(market.reasons.values()))[0],
    )


def _workplace(person: Person, rng: random.Random) -> tuple[str, Four]:
    if person.place.country != "BE" and rng.random() < 0.6:
        return person.place.country, person.place.name
    language = person.place.tongue if rng.random() < 0.7 else None
    place = draw_place(rng, language if language in ("nl", "fr", "de") else None)
    return place.country, place.name


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


def _month(day: date) -> date:
    return day.replace(day=1)
