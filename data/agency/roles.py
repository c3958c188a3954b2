"""Draws the jobs and missions of a person, when and where and as what, before a word is told."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.agency.material import LATE, Four, Occupation, Slots, book
from data.agency.parameters import Market, World
from data.agency.people import Person, draw_place


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


def organisation(sector: str, rng: random.Random) -> str:
    """A name for a company of a sector; invented."""
    clients = book("clients")
    return f"{rng.choice(clients['stems'])} {rng.choice(clients['sectors'][sector]['endings'])}"


def permanent_years(person: Person, as_of: date, rng: random.Random) -> list[Role]:
    """The jobs before the first mission, the oldest first."""
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


def missions(
    person: Person, booked: tuple[Role, ...], after: date, world: World, rng: random.Random
) -> list[Role]:
    """Missions found elsewhere, cut where the agency's own begin; the last may still run."""
    found: list[Role] = []
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
            found.append(_mission(person, start, end, market, rng))
        start = max(end, clash[1] if clash else end) + timedelta(
            days=min(260, int(rng.expovariate(1 / 45)) + 3)
        )
    return _until_today(found, person, busy, as_of, rng)


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


def _month(day: date) -> date:
    return day.replace(day=1)
