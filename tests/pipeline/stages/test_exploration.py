"""A shortlist now and then shows somebody from further down, with a chance that is written down."""

from datetime import date, timedelta

import polars as pl
import pytest

from data.errors import InputError
from pipeline.stages.exploration import ExplorationSettings, flags, shortlisted

DAY = date(2026, 11, 22)
LONGLIST = pl.DataFrame(
    {
        "brief_id": ["B1"] * 12 + ["B2"] * 3,
        "candidate_id": [f"C{i:02d}" for i in (*range(1, 13), *range(1, 4))],
        "rank": pl.Series([*range(1, 13), *range(1, 4)], dtype=pl.Int32),
    }
)
ALWAYS = ExplorationSettings(chance=1.0, reach=10)


def shown(settings, day=DAY, longlist=LONGLIST):
    return shortlisted(longlist, 4, settings, day, "w1")


def test_by_default_the_first_are_shown_for_certain():
    table = shown(ExplorationSettings())
    assert table.filter(brief_id="B1")["rank"].to_list() == [1, 2, 3, 4]
    assert table["propensity"].unique().to_list() == [1.0]
    assert not table["explored"].any()
    assert table["weights_id"].unique().to_list() == ["w1"]


def test_one_from_further_down_takes_the_last_place():
    table = shown(ALWAYS).filter(brief_id="B1")
    assert table["rank"].to_list()[:3] == [1, 2, 3]
    assert 4 < table["rank"][3] <= 10
    assert table["place"].to_list() == [1, 2, 3, 4]
    assert table["explored"].to_list() == [False, False, False, True]
    assert table["propensity"][3] == pytest.approx(1 / 6)  # ranks 5 to 10
    assert flags(table).rows() == [(table["candidate_id"][3], "exploration", "B1", None)]


def test_a_list_without_anybody_further_down_stays_as_it_is():
    table = shown(ALWAYS).filter(brief_id="B2")
    assert table["rank"].to_list() == [1, 2, 3]
    assert table["propensity"].to_list() == [1.0, 1.0, 1.0]


def test_propensities_are_the_shares_with_which_candidates_are_shown():
    settings = ExplorationSettings(chance=0.3, reach=10)
    nights = [shown(settings, DAY + timedelta(days=n)).filter(brief_id="B1") for n in range(400)]
    table = pl.concat(nights)
    seen = dict(table.group_by("rank").len().iter_rows())
    stated = dict(table.group_by("rank").agg(pl.col("propensity").first()).iter_rows())
    assert stated == {1: 1.0, 2: 1.0, 3: 1.0, 4: 0.7, **dict.fromkeys(range(5, 11), 0.3 / 6)}
    for rank, chance in stated.items():
        assert seen[rank] / 400 == pytest.approx(chance, abs=0.06)


def test_a_draw_depends_on_seed_brief_and_date_alone():
    assert shown(ALWAYS).equals(shown(ALWAYS, longlist=LONGLIST.sample(fraction=1, shuffle=True)))
    others = [shown(ExplorationSettings(chance=1.0, reach=10, seed=seed)) for seed in range(8)]
    assert len({table.filter("explored")["candidate_id"][0] for table in others}) > 1


def test_a_chance_is_a_share():
    with pytest.raises(InputError, match="from 0 to 1"):
        ExplorationSettings(chance=1.5)
