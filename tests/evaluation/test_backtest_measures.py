"""The parts of a backtest on a toy past with one known right answer."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from evaluation.ablation import ablations
from evaluation.calibration import calibrate
from evaluation.ceiling import noise_ceiling
from evaluation.compared import BLEND, RANDOM, RECRUITERS, compared
from evaluation.early_warning import promises, warnings
from evaluation.estimates import area, area_estimate, estimate
from evaluation.pairs import rescore
from evaluation.slices import brief_slices
from evaluation.success import success_of_placed

BRIEFS, PEOPLE, SHOWN = 40, 12, 4
START = date(2024, 1, 4)


@pytest.fixture(scope="module")
def pairs():
    """Forty briefs, twelve candidates each; `good` decides everything, `idle` nothing.

    Four are presented, the worst of these first; the best of them is taken, and every mission
    completes but that of each fifth brief, whose manager had the lowest `good`.
    """
    rng = np.random.default_rng(1)
    rows = []
    for number in range(BRIEFS):
        received = START + timedelta(days=14 * number)
        good = np.sort(rng.uniform(0.3, 0.75, PEOPLE))[::-1]
        fails = number % 5 == 0
        good[0] = 0.8 if fails else 0.95
        for place, value in enumerate(good):
            shown = place < SHOWN
            taken = place == 0
            rows.append(
                {
                    "brief_id": f"B{number:02}",
                    "candidate_id": f"C{number:02}{place:02}",
                    "as_of": received,
                    "received_at": received,
                    "function": "finance" if number % 2 else "it",
                    "reason": "crisis",
                    "seniority": "manager",
                    "brief_language": "en",
                    "cv_language": "nl" if place % 2 else "en",
                    "x_good": value,
                    "x_idle": float(rng.random()),
                    "w_good": 0.9,
                    "w_idle": 0.1,
                    "b_bm25": float(rng.random()),
                    "b_encoder": value + float(rng.normal(0, 0.2)),
                    "presented": shown,
                    "presented_rank": SHOWN - place if shown else None,
                    "decision": ("selected" if taken else "rejected") if shown else None,
                    "grade": (2 if fails else 3) if taken else (0 if shown else None),
                    "client_caused": False,
                    "success": not fails if taken else None,
                    "decided_on": received + timedelta(days=30) if shown else None,
                    "ended_on": received + timedelta(days=120) if taken else None,
                }
            )
    return rescore(pl.DataFrame(rows, infer_schema_length=None))


@pytest.fixture(scope="module")
def labels(pairs):
    return pairs.filter(pl.col("presented"))


@pytest.fixture(scope="module")
def measured(pairs, labels):
    return compared(pairs, labels)


def mean(measured, ranking, measure):
    return measured[ranking][measure].mean()


def test_a_ranking_that_sees_the_truth_beats_chance_and_words(measured):
    assert mean(measured, BLEND, "mrr") > 0.75
    assert mean(measured, "bm25", "mrr") < 0.5
    assert mean(measured, RANDOM, "recall@5") == pytest.approx(5 / PEOPLE, abs=0.05)


def test_recruiters_who_put_the_taken_last_have_a_quarter_of_its_rank(measured):
    assert mean(measured, RECRUITERS, "mrr") == pytest.approx(1 / SHOWN)
    assert mean(measured, RECRUITERS, "ndcg@5") == pytest.approx(1 / np.log2(SHOWN + 1))


def test_somebody_whom_a_gate_stopped_counts_as_missed(pairs, labels):
    taken = pl.col("grade") >= 2
    found = compared(pairs.filter(~taken.fill_null(value=False)), labels)[BLEND]
    assert found["recall@30"].to_list() == [0.0] * BRIEFS
    assert found["mrr"].to_list() == [0.0] * BRIEFS


def test_a_brief_in_which_nobody_came_further_tells_no_order(pairs, labels):
    same = labels.with_columns(grade=pl.lit(0, pl.Int64))
    assert compared(pairs, same)[BLEND]["ndcg@10"].null_count() == BRIEFS


def test_the_order_of_the_rows_changes_nothing(pairs, labels, measured):
    other = compared(pairs.reverse(), labels.reverse())
    assert all(other[name].equals(table) for name, table in measured.items())


def test_leaving_out_what_decides_costs_more_than_luck_and_the_idle_nothing(pairs, labels):
    found = {(one.component, one.measure): one for one in ablations(pairs, labels)}
    assert found["good", "mrr"].loss.low > 0.2
    assert found["good", "mrr"].p < 0.01
    assert found["idle", "mrr"].loss.high < 0.2


def test_success_of_the_placed_is_told_by_what_decides_it(pairs):
    found = {(one.goal, one.score): one for one in success_of_placed(pairs)}
    told = found["completed", "good"]
    assert told.area.mean > 0.9
    assert told.top.mean == 1.0
    assert told.bottom.mean < 1.0
    assert found["completed", "idle"].area.low < 0.5 < found["completed", "idle"].area.high
    assert found["extended", "good"].area.mean is None  # nobody was extended


def test_probabilities_are_foretold_from_earlier_ends_alone(pairs):
    taken = calibrate(pairs, "taken")
    assert taken.gain.low > 0
    assert sum(one.n for one in taken.bins) == sum(one.n for one in taken.functions)
    first = pairs["decided_on"].min()
    unknown = calibrate(pairs.with_columns(decided_on=pl.lit(date(2030, 1, 1))), "taken")
    assert first < date(2030, 1, 1)
    assert unknown.brier.n == 0
    assert unknown.curve is not None  # for use from now on


def test_a_curve_never_falls_with_the_score(pairs):
    turned = pairs.with_columns(score=1 - pl.col("score"))
    assert calibrate(turned, "taken").curve.slope == 0


def test_the_noise_ceiling_rises_with_agreement_to_one(labels):
    low, high = (noise_ceiling(labels, agreement=a)["ndcg@10"].mean for a in (0.1, 0.9))
    assert low < high < 1
    assert noise_ceiling(labels, agreement=1.0)["ndcg@10"].mean == pytest.approx(1.0)


def test_slices_below_the_floor_say_so(pairs, measured):
    few = measured[BLEND].head(9)
    shown = {(one.column, one.value): one.estimate for one in brief_slices(few, pairs, ["mrr"])}
    assert shown["reason", "crisis"].mean is None
    assert shown["reason", "crisis"].n == 9
    everything = brief_slices(measured[BLEND], pairs, ["mrr"])
    assert {one.value: one.estimate.n for one in everything if one.column == "function"} == {
        "finance": BRIEFS // 2,
        "it": BRIEFS // 2,
    }


def test_a_disappointment_names_the_component_that_had_promised_otherwise():
    pairs = pl.DataFrame(
        {
            "brief_id": ["B1"] * 3,
            "candidate_id": ["C1", "C2", "C3"],
            "x_adaptability": [0.9, 0.5, 0.1],
            "x_stretch": [0.1, 0.5, 0.9],
        }
    )
    placements = pl.DataFrame(
        {
            "placement_id": ["P1"],
            "brief_id": ["B1"],
            "candidate_id": ["C1"],
            "actual_end": pl.Series([None], dtype=pl.Date),
        }
    )
    feedback = pl.DataFrame(
        {
            "placement_id": ["P1", "P1"],
            "date": [date(2025, 3, 1), date(2025, 4, 1)],
            "aspect": ["adaptability", "adaptability"],
            "rating": [2.0, 4.0],
        }
    )
    (warned,) = warnings(pairs, placements, feedback)
    assert warned.running
    assert warned.day == date(2025, 3, 1)
    assert warned.promised == (("adaptability", 1.0),)  # above both others; stretch above nobody
    told = {one.component: one for one in promises(pairs, placements, feedback) if one.ratings}
    assert told["adaptability"].disappointed == 1
    assert told["adaptability"].broken is None  # one disappointment is no finding


def test_area_is_the_share_of_pairs_in_order_with_ties_half():
    values, positive = np.array([3.0, 1.0, 1.0]), np.array([True, True, False])
    assert area(values, positive) == (1 + 0.5) / 2
    assert area_estimate(values, positive).mean is None


def test_below_the_floor_there_is_no_figure():
    assert estimate([1.0] * 9).mean is None
    assert estimate([1.0] * 10).mean == 1.0
