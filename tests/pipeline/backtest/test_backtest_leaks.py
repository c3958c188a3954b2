"""Nothing that happened later may change how an earlier brief is ranked."""

import copy
from datetime import date

import pytest

from evaluation.pairs import Pairs
from pipeline.backtest import origins

OUTCOMES = {
    "presented",
    "presented_rank",
    "propensity",
    "decision",
    "grade",
    "client_caused",
    "success",
    "decided_on",
    "ended_on",
}
DAY = date(2024, 6, 6)  # of brief B1, a Thursday: origins of seven days begin on Thursdays
EARLIER, LATER = "2024-03-01", "2024-09-01"


def placement(tables, day):
    """A mission of C2 that began and ended around a day."""
    tables["placements"].append(
        {
            "placement_id": "P9",
            "brief_id": "B2",
            "candidate_id": "C2",
            "start_date": "2024-01-02",
            "planned_end": day,
            "actual_end": day,
            "outcome": "extended",
        }
    )


def role(tables, day):
    """A role of C3, written down by the agency."""
    tables["experiences"].append(
        {
            "candidate_id": "C3",
            "title": "Finance director",
            "organisation": "Borealis",
            "start": day,
            "end": None,
            "description": "Refinanced a plant in crisis under IFRS.",
        }
    )


def ending(tables, day):
    """C5's role, begun in February 2023, came to its end."""
    tables["experiences"][0]["end"] = day


def role_in_cv(tables, day):
    """A role of C6 in the CV itself."""
    month = "September 2024" if day == LATER else "March 2023"
    told = f"Experience\nTreasury director | {month} - October 2025\nZenith\n- Refinanced a plant."
    own = tables["candidates"][5]
    own["cv_text"] = own["cv_text"].replace("Experience", told)


def rate(tables, day):
    """What C4 asks for, changed on a day: too late for the brief."""
    tables["candidates"][3] |= {"updated_at": day, "available_from": "2026-01-01"}


FACTS = (placement, role, ending, role_in_cv, rate)


@pytest.fixture
def base(past, replayed):
    return replayed(past, "base", until=DAY)


def ranking(pairs):
    return pairs.drop(OUTCOMES)


def test_later_facts_change_no_earlier_ranking(past, replayed):
    past["candidates"][3]["updated_at"] = LATER  # so that what is known of C4 is known of both
    before = replayed(past, "before", until=DAY)
    planted = copy.deepcopy(past)
    for fact in FACTS:
        fact(planted, LATER)
    own = planted["candidates"][5]
    own["cv_text"] = own["cv_text"].replace("Summary\n", "Summary\nTreasury and IFRS expert.\n")
    own["cv_text"] += "\nCertifications\nIFRS treasury diploma 2025\n"
    own |= {"headline": "Finance director", "sectors": "banking", "day_rate_eur": 90}
    planted["briefs"] += [
        {**planted["briefs"][0], "version": 2, "must_have": "lean", "received_at": LATER},
        {**planted["briefs"][1], "brief_id": "B3", "received_at": LATER},
    ]
    planted["presentations"][1]["decision"] = "selected"
    planted["feedback"].append(
        {"placement_id": "P9", "date": LATER, "aspect": "expertise", "rating": 5}
    )
    after = replayed(planted, "after", until=DAY)
    assert before.height == 6
    assert ranking(after).equals(ranking(before))
    assert not after.equals(before)  # what came of it is known, and only that


@pytest.mark.parametrize("fact", FACTS)
def test_the_same_facts_dated_earlier_do_change_it(past, replayed, base, fact):
    fact(past, EARLIER)
    assert not ranking(replayed(past, "planted", until=DAY)).equals(ranking(base))


def test_a_replay_gives_the_table_of_the_contract_and_ranks_nothing_twice(
    past, replayed, monkeypatch
):
    first = replayed(past, "same")
    assert Pairs.is_valid(first.select(Pairs.column_names()))
    assert first["brief_id"].unique().sort().to_list() == ["B1", "B2"]

    def refuse(*parts, **more):
        raise AssertionError("ranked again")

    monkeypatch.setattr(origins, "rank_read", refuse)
    assert replayed(past, "same").equals(first)
