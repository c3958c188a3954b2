from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from data.errors import InputError
from evaluation.gates import GATES, read_gates
from evaluation.pairs import W, components, rescore
from evaluation.promotion import Trial, judge, per_brief, squared_errors

GOOD = {"technical": 0.5, "adaptability": 0.5}
POOR = {"technical": 0.95, "adaptability": 0.05}
BOUNDS = {"technical": (0.4, 1.0), "adaptability": (0.0, 0.6)}


def weighed(pairs, weights):
    columns = {f"{W}{name}": weights.get(name, 0.0) for name in components(pairs)}
    return rescore(pairs.with_columns(**{key: pl.lit(value) for key, value in columns.items()}))


def trial(pairs, before, after, name="challenger", bounds=BOUNDS):
    return Trial(
        weights_id=name,
        weights=after,
        bounds=bounds,
        before=weighed(pairs, before),
        after=weighed(pairs, after),
    )


def failed(verdict):
    return {finding.gate for finding in verdict.findings if not finding.passes}


@pytest.fixture(scope="module")
def gates():
    return read_gates()


@pytest.fixture(scope="module")
def pairs(past_pairs):
    return past_pairs(GOOD)


def test_weights_that_outcomes_confirm_pass_every_gate(pairs, gates):
    verdict = judge([trial(pairs, POOR, GOOD)], gates)["challenger"]
    assert verdict.passes, verdict.to_text()
    assert verdict.gain.mean > 0.05
    assert verdict.facts()["gates"] == dict.fromkeys(
        ("envelope", "gain", "slices", "calibration"), True
    )


def test_the_way_back_fails_with_figures(pairs, gates):
    verdict = judge([trial(pairs, GOOD, POOR)], gates)["challenger"]
    assert failed(verdict) >= {"gain", "slices"}
    assert "FAILED  gain" in verdict.to_text()
    assert f"{verdict.gain.mean:+.4f}" in verdict.to_text()


def test_each_weight_must_lie_in_the_envelope(pairs, gates):
    tight = {**BOUNDS, "adaptability": (0.0, 0.4)}
    verdict = judge([trial(pairs, POOR, GOOD, bounds=tight)], gates)["challenger"]
    assert failed(verdict) == {"envelope"}
    assert "adaptability 0.500 is not in [0, 0.4]" in verdict.to_text()


def test_every_challenger_that_was_tried_makes_it_harder(pairs, gates):
    alone = judge([trial(pairs, POOR, GOOD)], gates)["challenger"]
    others = [trial(pairs, POOR, POOR, name=f"thrown away {number}") for number in range(9)]
    among = judge([trial(pairs, POOR, GOOD), *others], gates)["challenger"]
    assert (alone.family, among.family) == (1, 10)
    assert among.p_holm == pytest.approx(10 * alone.p_holm)


def test_a_slice_that_loses_stops_a_gain(pairs, gates):
    # In Dutch briefs the grades of the same candidates are turned round: the gain becomes a loss.
    rotten = pl.col("brief_language") == "nl"
    turned = pairs.with_columns(grade=pl.when(rotten).then(3 - pl.col("grade")).otherwise("grade"))
    tilted = pl.concat([turned.filter(rotten), *[renamed(pairs.filter(~rotten), n) for n in "abc"]])
    verdict = judge([trial(tilted, POOR, GOOD)], gates)["challenger"]
    assert verdict.gain.mean > gates.gain.least
    assert "slices" in failed(verdict)
    assert "brief_language nl loses" in verdict.to_text()


def renamed(pairs, suffix):
    return pairs.with_columns(pl.col("brief_id") + suffix, pl.col("candidate_id") + suffix)


def test_a_small_slice_is_told_but_not_judged(pairs, gates):
    few = pairs.with_columns(
        reason=pl.when(pl.col("brief_id") < "B0005").then(pl.lit("rare")).otherwise("reason")
    )
    slices = judge([trial(few, POOR, GOOD)], gates)["challenger"].slices
    rare = slices.filter(pl.col("value") == "rare")
    assert rare["briefs"].item() == 5 < gates.slices.least_briefs


def test_worse_calibration_stops_a_gain(pairs, gates):
    # Success follows the technical side alone, so what ranks better promises worse.
    success = pl.when(pl.col("grade") == 3).then(pl.col("x_technical") > 0.5)
    verdict = judge([trial(pairs.with_columns(success=success), POOR, GOOD)], gates)["challenger"]
    assert "calibration" in failed(verdict)
    assert verdict.calibration["went well"].mean > gates.calibration.most_rise


def test_too_few_briefs_and_outcomes_prove_nothing(past_pairs, gates):
    few = past_pairs(GOOD, briefs=gates.gain.least_briefs - 1)
    verdict = judge([trial(few, POOR, GOOD)], gates)["challenger"]
    assert failed(verdict) == {"gain"}
    assert "there is no test" in verdict.to_text()
    assert "went well: fewer than 30 cases, not judged" in verdict.to_text()
    nothing = judge([trial(few.head(0), POOR, GOOD)], gates)["challenger"]
    assert failed(nothing) == {"gain", "calibration"}


def test_who_was_never_presented_is_unknown_not_bad(pairs):
    shown = weighed(pairs, GOOD)
    others = renamed(shown, "x").with_columns(grade=pl.lit(None, pl.Int8))
    both = pl.concat([shown, others.with_columns(brief_id=shown["brief_id"])])
    assert per_brief(both, "ndcg@10").equals(per_brief(shown, "ndcg@10"))


def test_the_brier_score_of_a_score_that_tells_nothing_is_that_of_the_base_rate():
    rows = 400
    pairs = pl.DataFrame(
        {
            "brief_id": [f"B{row:03}" for row in range(rows)],
            "candidate_id": "C",
            "function": None,
            "score": np.random.default_rng(0).random(rows),
            "success": [row % 4 > 0 for row in range(rows)],
        }
    )
    assert squared_errors(pairs, "went well")["error"].mean() == pytest.approx(
        0.75 * 0.25, abs=0.004
    )


def test_a_score_that_knows_has_a_low_brier_score():
    pairs = pl.DataFrame(
        {
            "brief_id": [f"B{row:03}" for row in range(200)],
            "candidate_id": "C",
            "function": None,
            "score": [0.9 if row % 4 else 0.1 for row in range(200)],
            "success": [row % 4 > 0 for row in range(200)],
        }
    )
    assert squared_errors(pairs, "went well")["error"].mean() < 0.01


def test_equal_weights_are_no_gain(pairs, gates):
    verdict = judge([trial(pairs, GOOD, GOOD)], gates)["challenger"]
    assert verdict.gain.p == 1
    assert failed(verdict) == {"gain"}


def test_gates_must_be_declared_in_full(tmp_path):
    text = GATES.read_text()
    for broken in (text.replace("least = 0.005", ""), text + "\nforce = true\n", "", "["):
        (tmp_path / "gates.toml").write_text(broken)
        with pytest.raises(InputError, match="must declare every number"):
            read_gates(tmp_path / "gates.toml")
    assert replace(read_gates()) == read_gates(GATES)
