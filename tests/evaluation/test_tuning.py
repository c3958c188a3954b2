import shutil
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from evaluation.pairs import W
from evaluation.promotion import pairs_hash
from evaluation.tuning import (
    at,
    completed,
    earliest,
    movements,
    outside,
    ranking,
    read_world,
    reweighed,
    trade_off,
    write_draft,
)
from models.weights.champion import brief_weights, read_weights
from models.weights.registry import add_challenger
from pipeline.registry.provenance import inbox_hash

DEMAND = {"B1": 0.2, "B2": 0.5}


@pytest.fixture
def world(runs):
    return read_world(runs)


def tilted(world, adaptability):
    return completed({**world.champion, "adaptability": adaptability})


def test_the_technical_weight_takes_what_is_left():
    weights = completed({"technical": 0.9, "adaptability": 0.3, "sector": 0.1})
    assert weights == pytest.approx({"technical": 0.6, "adaptability": 0.3, "sector": 0.1})
    assert sum(completed({"adaptability": 0.8, "sector": 0.8}).values()) == pytest.approx(1)


def test_a_weight_that_leaves_the_envelope_is_named(world):
    assert outside(world.champion, world.bounds) == []
    assert outside(tilted(world, 0.35), world.bounds) == []
    assert "technical would be 0.39" in outside(tilted(world, 0.40), world.bounds)[0]


def test_at_the_champion_nothing_moves(world):
    moved = movements(world, world.champion)
    assert moved["brief_id"].to_list() == ["B1", "B2", "B3"]
    assert moved["enters"].list.len().sum() == moved["leaves"].list.len().sum() == 0


def test_the_weights_of_a_brief_are_those_that_a_night_would_use(world):
    weights = tilted(world, 0.25)
    champion = replace(read_weights(), weights=weights)
    briefs = pl.DataFrame({"brief_id": ["B1", "B2"], "weights": [None, None]})
    expected = brief_weights(briefs, DEMAND, champion)
    after = reweighed(world.longlist, world, weights)
    for brief_id, own in expected.items():
        row = after.filter(brief_id=brief_id).row(0, named=True)
        assert {name: row[W + name] for name in own} == pytest.approx(own)


def test_who_enters_a_shortlist_pushes_somebody_out(world):
    moved = movements(world, tilted(world, 0.35))
    assert moved["enters"].list.len().to_list() == moved["leaves"].list.len().to_list()
    assert moved["enters"].list.len().sum() > 0
    entered = moved["enters"][0][0]
    shown = ranking(world, "B1", tilted(world, 0.35))
    assert shown.filter(candidate_id=entered)["tonight"].item() > world.top


def test_a_brief_with_weights_of_its_own_keeps_its_shortlist(world):
    assert movements(world, tilted(world, 0.35)).row(2) == ("B3", "IT", [], [])


def test_a_ranking_shows_what_each_component_adds(world):
    shown = ranking(world, "B1", world.champion)
    assert shown.columns[3:6] == ["score", "technical", "adaptability"]
    parts = shown.select(pl.sum_horizontal(*world.champion)).to_series()
    assert (parts - shown["score"]).abs().max() < len(world.champion) * 0.0005 + 0.0005


def test_the_past_that_tuning_sees_ends_before_the_past_that_judges_it(world, runs):
    pairs = pl.read_parquet(runs / "backtest" / "key" / "pairs.parquet")
    assert world.pairs["received_at"].max() == date(2025, 1, 1) + timedelta(int(0.7 * 120) - 1)
    assert world.pairs_sha256 == pairs_hash(pairs)
    assert earliest(pairs.head(0), 0.7).is_empty()


def test_the_trade_off_finds_the_weight_behind_the_outcomes(world):
    outcomes = trade_off(world, world.champion)
    assert outcomes["weight"][0] == world.bounds["adaptability"][0]
    assert outcomes["ndcg"].is_sorted()  # half the truth is adaptability, beyond the envelope
    assert outcomes["adaptability"].is_sorted()
    assert outcomes["technical"].is_sorted(descending=True)
    middle = at(outcomes, (outcomes["weight"][0] + outcomes["weight"][1]) / 2)
    assert middle["ndcg"] == pytest.approx((outcomes["ndcg"][0] + outcomes["ndcg"][1]) / 2)


def test_without_a_backtest_there_is_no_trade_off(runs):
    shutil.rmtree(runs / "backtest")
    world = read_world(runs)
    assert trade_off(world, world.champion).is_empty()
    assert movements(world, tilted(world, 0.35)).height == 3


def test_a_draft_enters_the_registry_and_tells_what_its_author_saw(world, runs, tmp_path):
    file = write_draft(runs, world, "mine", tilted(world, 0.3))
    draft = read_weights(file)
    add_challenger(runs, draft)
    assert draft.weights["adaptability"] == pytest.approx(0.3)
    assert draft.fitted.until == world.pairs["received_at"].max()
    assert draft.fitted.briefs == 84
    with pytest.raises(ValueError, match="plain name"):
        write_draft(runs, world, "../mine", world.champion)


def test_the_inbox_has_one_hash_wherever_it_is_told(world, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "pipeline.registry.provenance.file_hashes", lambda _: {"briefs.csv": "ab" * 32}
    )
    assert inbox_hash(tmp_path) == world.inbox
