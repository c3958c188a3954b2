"""The simulated market must come out as it is calibrated, and its past must be what is stated."""

from collections import Counter
from datetime import date
from statistics import mean

import pytest

from data.agency.briefs import Brief, draw_brief, draw_mix
from data.agency.fit import Pool, pool_of, technical
from data.agency.history import History, play
from data.agency.material import stream
from data.agency.parameters import Market, World
from data.agency.people import draw_person

WORLD = World(seed=3, as_of=date(2026, 11, 22), market=Market())
LEADS = 400


@pytest.fixture(scope="module")
def pool() -> Pool:
    return pool_of([draw_person(number, WORLD) for number in range(1, 2001)])


@pytest.fixture(scope="module")
def briefs() -> list[Brief]:
    mixes = draw_mix(LEADS, WORLD.market, stream("test"))
    return [draw_brief(i, WORLD, date(2025, 1 + i % 12, 5), mix) for i, mix in enumerate(mixes)]


@pytest.fixture(scope="module")
def history(pool: Pool, briefs: list[Brief]) -> History:
    return play(pool, briefs, WORLD)


def test_day_rates_of_the_market(pool: Pool) -> None:
    rates = [person.day_rate for person in pool.people]
    assert 750 <= mean(rates) <= 800
    assert mean(600 <= rate <= 1250 for rate in rates) > 0.8


def test_people_live_where_the_market_says(pool: Pool) -> None:
    at_home = mean(person.place.country == "BE" for person in pool.people)
    assert at_home == pytest.approx(WORLD.market.in_belgium, abs=0.03)
    assert len({person.place.country for person in pool.people}) >= 20


def test_mix_of_reasons_is_exact(briefs: list[Brief]) -> None:
    found = Counter(brief.reason for brief in briefs)
    assert found["replacement"] == 0.46 * LEADS
    assert found["crisis"] == 0.09 * LEADS


def test_leads_become_missions_as_often_as_the_market_says(history: History) -> None:
    taken = sum(row["decision"] == "selected" for row in history.presentations)
    assert taken / len(history.presented) == pytest.approx(0.42, abs=0.08)


def test_shortlists_have_the_expected_length_and_stated_propensities(history: History) -> None:
    length = len(history.presentations) / len(history.presented)
    assert length == pytest.approx(WORLD.market.shortlist_length, abs=0.3)
    assert all(0 < float(str(row["propensity"])) <= 1 for row in history.presentations)


def test_early_ends_and_extensions_are_as_frequent_as_set(history: History) -> None:
    outcomes = Counter(row["outcome"] for row in history.truths)
    total = sum(outcomes.values())
    assert outcomes["early"] / total == pytest.approx(0.08, abs=0.05)
    good = outcomes["extended"] + outcomes["rehired"]
    assert good / total == pytest.approx(0.45, abs=0.10)


def test_who_is_presented_fits_better_than_the_profession(
    pool: Pool, briefs: list[Brief], history: History
) -> None:
    gaps = []
    for brief in briefs:
        rows = history.presented.get(brief.brief_id, [])
        if rows:
            fit = technical(pool, brief)
            gaps.append(fit[rows].mean() - fit[pool.functions[brief.occupation.key]].mean())
    assert mean(gaps) > 0.05
