"""Small versions of the proofs: what `make proofs` shows on many agencies, on a few."""

import pytest

from data.agency.parameters import Market
from evaluation.proofs.agencies import simulate, true_weights
from evaluation.proofs.coverage import CASES, coverage
from evaluation.proofs.recovery import pasts, recovery


def test_simulated_pairs_are_those_of_the_log():
    agency = simulate(seed=4, placements=40, years=3, candidates=150)
    shown = agency.pairs.filter("presented")
    assert len(agency.prospect) == len(agency.utility) == agency.pairs.height
    assert shown["propensity"].to_list() == pytest.approx(shown["chance"].to_list(), abs=1e-5)
    assert agency.pairs.filter(~agency.pairs["presented"])["grade"].null_count() == (
        agency.pairs.height - shown.height
    )


def test_true_weights_are_shares_without_what_means_nothing():
    weights = true_weights(Market())
    assert sum(weights.values()) == pytest.approx(1.0)
    assert weights["technical"] / weights["communication"] == pytest.approx(5.0 * 0.75 / 1.0)
    assert true_weights(Market(outcome_adaptability=0.0))["adaptability"] == 0.0


def test_intervals_hold_the_truth_of_a_few_agencies():
    table = coverage(4, CASES[:1])
    assert table["estimator"].to_list() == ["snips", "dr"]
    assert (table["coverage"] >= 3 / 4).all()
    assert (table["bias"].abs() < 0.02).all()


def test_pasts_share_no_brief():
    pairs = simulate(seed=2, placements=90, years=5, candidates=200).pairs
    parts = list(pasts(pairs, 15))
    assert len(parts) >= 2
    assert all(part["success"].count() >= 15 - 1 for part in parts)
    briefs = [set(part["brief_id"]) for part in parts]
    assert not set.intersection(*briefs[:2])


def test_weights_are_found_where_there_are_some():
    table = recovery((150,), count=30, most=1)
    assert (table["learnt"] < table["start"]).all()
    with_it, without = table.sort("true", descending=True).iter_rows(named=True)
    assert with_it["holds_truth"] == without["holds_truth"] == 1.0
    assert without["holds_zero"] == 1.0
