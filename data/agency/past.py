"""Plays an agency's past without writing a word: people, briefs and outcomes, known in truth."""

from dataclasses import dataclass
from datetime import date, timedelta

from data.agency.briefs import Brief, draw_brief, draw_mix
from data.agency.fit import Pool, pool_of
from data.agency.history import History, play
from data.agency.material import stream
from data.agency.parameters import Market, World
from data.agency.people import draw_person

TODAY = date(2026, 11, 22)
_CLOSED = 92  # days after which a brief that nobody took is no longer open


@dataclass(frozen=True, kw_only=True)
class Past:
    """An agency as it really is: its people, the briefs that came in, and what became of them."""

    world: World
    pool: Pool
    briefs: tuple[Brief, ...]
    history: History


def play_past(
    *,
    candidates: int,
    history_years: float,
    placements_a_year: float | None = None,
    seed: int,
    as_of: date = TODAY,
    market: Market | None = None,
) -> Past:
    """Draw the people and the past briefs of an agency, and play them.

    `placements_a_year` is about what comes out; candidates / 25 unless given. The same arguments
    give the same past, and the same as that of an inbox written with them.
    """
    world = World(seed=seed, as_of=as_of, market=market or Market())
    pool = pool_of([draw_person(number, world) for number in range(1, candidates + 1)])
    yearly = candidates / 25 if placements_a_year is None else placements_a_year
    leads = round(yearly * history_years / world.market.missions_per_lead)
    briefs = _past_briefs(leads, history_years, world)
    return Past(world=world, pool=pool, briefs=tuple(briefs), history=play(pool, briefs, world))


def open_briefs(past: Past, count: int) -> list[Brief]:
    """Briefs of the last days before the export, numbered after those of the past."""
    rng = stream(past.world.seed, "open")
    days = [rng.randint(0, 9) for _ in range(count)]
    return _briefs(len(past.briefs) + 1, days, past.world)


def _past_briefs(count: int, years: float, world: World) -> list[Brief]:
    """Briefs spread evenly over the years, up to the last that is closed for certain."""
    span = 365.25 * years - _CLOSED
    days = [_CLOSED + int(span * (count - i) / count) for i in range(count)]
    return _briefs(1, days, world)


def _briefs(first: int, days_ago: list[int], world: World) -> list[Brief]:
    """Numbered briefs, received so many days ago."""
    mixes = draw_mix(len(days_ago), world.market, stream(world.seed, "mix", first))
    return [
        draw_brief(first + i, world, world.as_of - timedelta(days=days), mix)
        for i, (days, mix) in enumerate(zip(days_ago, mixes, strict=True))
    ]
