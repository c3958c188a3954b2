"""Draws what clients ask for, before it is written down."""

import random
from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from data.agency.material import (
    Four,
    Occupation,
    Topic,
    book,
    occupations,
    stream,
    tools,
)
from data.agency.parameters import Market, World
from data.agency.people import Place, draw_place
from data.agency.roles import organisation
from data.schema.words import DIMENSIONS, LANGUAGES


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something asked for: a topic of work, or a tool of a kind; tier is must, should or nice."""

    tier: str
    topic: Topic | None = None
    tool: str | None = None
    wording: int = 0


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A client's request as it is meant, before it is written down."""

    brief_id: str
    version: int
    client_id: str
    organisation: str
    language: str
    occupation: Occupation
    level: int  # seniority 1 to 3
    title: Four
    sector: str
    reason: str
    needs: tuple[Need, ...]
    years: int
    languages: dict[str, tuple[str, bool]]  # code to level and whether it is required
    place: Place
    mode: str
    start: date
    months: int
    days: float
    rate: int
    received: date
    demand: dict[str, float]
    aims: tuple[Four, ...]
    form: str  # full | partial | prose | rigid | contradictory

    @property
    def strength(self) -> float:
        """How much the mission demands adaptability at all: the mean of its demands, in [0, 1]."""
        return sum(self.demand.values()) / len(self.demand)


@dataclass(frozen=True, kw_only=True)
class Mix:
    """What is spread over the briefs in the proportions of the market."""

    language: str
    function: str
    reason: str
    form: str


def draw_mix(count: int, market: Market, rng: random.Random) -> list[Mix]:
    """The mix of `count` briefs, each share exact up to rounding."""
    forms = {
        "prose": market.prose_only,
        "partial": market.partial,
        "rigid": market.rigid,
        "contradictory": market.contradictory,
    }
    weights = {key: occupation.weight for key, occupation in occupations().items()}
    columns = (
        _spread(market.brief_languages, count, rng),
        _spread(weights, count, rng),
        _spread(market.reasons, count, rng),
        _spread({"full": 1.0 - sum(forms.values()), **forms}, count, rng),
    )
    return [
        Mix(language=language, function=function, reason=reason, form=form)
        for language, function, reason, form in zip(*columns, strict=True)
    ]


def _spread(shares: Mapping[str, float], count: int, rng: random.Random) -> list[str]:
    """`count` keys in proportion to their shares, in random order."""
    edges = [edge / sum(shares.values()) * count for edge in accumulate(shares.values())]
    keys = list(shares)
    chosen = [keys[min(bisect(edges, i + 0.5), len(keys) - 1)] for i in range(count)]
    rng.shuffle(chosen)
    return chosen


def draw_brief(number: int, world: World, received: date, mix: Mix) -> Brief:
    """The `number`-th brief; the same whatever else is drawn."""
    seed, market = world.seed, world.market
    rng = stream(seed, "brief", number)
    occupation = occupations()[mix.function]
    language, reason, form = mix.language, mix.reason, mix.form
    level = rng.choices((1, 2, 3), (0.35, 0.45, 0.20))[0]
    place = draw_place(rng, language if language != "en" else None)
    sector = rng.choice(occupation.sectors)
    client = 100 * list(book("clients")["sectors"]).index(sector) + rng.randint(1, 60)
    middle = market.day_rate_median * (2.71828**occupation.rate) * (0.88, 1.05, 1.3)[level - 1]
    hurry = 5 if reason in ("crisis", "replacement") else 20
    return Brief(
        brief_id=f"B{number:05d}",
        version=1,
        client_id=f"K{client:04d}",
        organisation=organisation(sector, stream(seed, "client", client)),
        language=language,
        occupation=occupation,
        level=level,
        title=rng.choice(occupation.titles[level]),
        sector=sector,
        reason=reason,
        needs=_needs(rng, occupation, rigid=form == "rigid"),
        years=15 if form == "rigid" else rng.choice((3, 5, 5, 8, 10)),
        languages=_languages(rng, place, language, rigid=form == "rigid"),
        place=place,
        mode=rng.choices(("onsite", "hybrid", "remote"), (0.5, 0.45, 0.05))[0],
        start=_weekday(received + timedelta(days=hurry + rng.randint(3, 30))),
        months=min(
            24, max(2, round(rng.lognormvariate(0, market.months_spread) * market.months_median))
        ),
        days=rng.choices((5, 4, 3, 2.5, 2), (0.55, 0.2, 0.15, 0.04, 0.06))[0],
        rate=int(
            round(middle * rng.uniform(0.95, 1.30) * (0.75 if form == "rigid" else 1) / 25) * 25
        ),
        received=received,
        demand=_demand(rng, market, reason),
        aims=tuple(rng.sample(occupation.aims, rng.randint(1, 3))),
        form=form,
    )


def _needs(rng: random.Random, occupation: Occupation, *, rigid: bool) -> tuple[Need, ...]:
    topics = rng.sample(occupation.topics, min(len(occupation.topics), 7))
    must, should, nice = (
        (5, 2, 0) if rigid else (rng.randint(2, 3), rng.randint(1, 2), rng.randint(0, 1))
    )
    tiers = ["must"] * must + ["should"] * should + ["nice"] * nice
    needs = [Need(tier=tier, topic=topic) for tier, topic in zip(tiers, topics, strict=False)]
    kinds = min(len(occupation.tool_kinds), 2 if rigid else rng.randint(0, 2))
    for kind in rng.sample(occupation.tool_kinds, kinds):
        tier = "must" if rigid else rng.choice(("must", "should", "nice"))
        needs.append(Need(tier=tier, tool=rng.choice(tools()[kind][:5]), wording=rng.randint(0, 1)))
    return tuple(needs)


def _languages(
    rng: random.Random, place: Place, language: str, *, rigid: bool
) -> dict[str, tuple[str, bool]]:
    """Languages of the work; half of the missions in Brussels require Dutch."""
    if rigid:
        others = [code for code in ("fr", "nl", "en") if code != language][:2]
        return {language: ("C2", True), **dict.fromkeys(others, ("C1", True))}
    asked = {language: (rng.choice(("B2", "C1", "C1")), True)}
    local = "fr" if place.region == "brussels" else place.tongue
    if local not in asked and local in LANGUAGES:
        asked[local] = (rng.choice(("B1", "B2")), rng.random() < 0.5)
    if place.region == "brussels" and "nl" not in asked and rng.random() < 0.5:
        asked["nl"] = ("B2", True)
    if "en" not in asked and rng.random() < 0.5:
        asked["en"] = ("B2", rng.random() < 0.3)
    return asked


def _demand(rng: random.Random, market: Market, reason: str) -> dict[str, float]:
    return {
        name: min(1.0, max(0.0, base + rng.gauss(0.0, 0.12)))
        for name, base in zip(DIMENSIONS, market.demand[reason], strict=True)
    }


def _weekday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) % 7)


def versions(brief: Brief, world: World) -> list[Brief]:
    """The brief and, for some, a realigned version: a must became a should, the rate rose."""
    rng = stream(world.seed, "version", brief.brief_id)
    later = brief.received + timedelta(days=rng.randint(2, 6))
    if rng.random() > world.market.second_version or later > world.as_of:
        return [brief]
    last = max(i for i, need in enumerate(brief.needs) if need.tier == "must")
    needs = tuple(
        replace(need, tier="should") if i == last else need for i, need in enumerate(brief.needs)
    )
    changed = replace(
        brief,
        version=2,
        needs=needs,
        rate=brief.rate + 50,
        received=later,
        form="full" if brief.form == "prose" else brief.form,
    )
    return [brief, changed]
