import math

import ir_measures
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.measures import (
    dcg,
    mean_and_interval,
    measure,
    ndcg,
    pairwise,
    recall,
    reciprocal_rank,
)


def test_dcg_is_gain_over_log2_of_rank_plus_one():
    assert dcg([3, 0, 1], k=3) == pytest.approx(3 / math.log2(2) + 0 + 1 / math.log2(4))


def test_ndcg_is_one_for_the_best_order_and_ignores_what_is_below_k():
    assert ndcg([3, 2, 1, 0], k=2) == 1.0
    assert ndcg([0, 3], k=1) == 0.0


def test_ndcg_without_any_gain_is_unknown_rather_than_zero():
    assert ndcg([0, 0], k=10) is None


def test_recall_counts_the_relevant_in_the_first_k():
    assert recall([1, 0, 2, 1], k=2) == 1 / 3
    assert recall([0, 0], k=2) is None


def test_reciprocal_rank_of_the_first_relevant():
    assert reciprocal_rank([0, 0, 1, 1]) == 1 / 3
    assert reciprocal_rank([0, 0]) == 0.0


def test_pairwise_leaves_equal_grades_out():
    assert pairwise([2, 1, 1, 0]) == 1.0
    assert pairwise([0, 2, 2]) == 0.0
    assert pairwise([1, 0, 2]) == 1 / 3
    assert pairwise([1, 1]) is None


def test_an_unknown_measure_names_the_known_ones():
    with pytest.raises(ValueError, match="ndcg@k, recall@k, mrr, pairwise"):
        measure("ndgc@10")


def test_the_interval_holds_the_mean_and_is_the_same_on_every_call():
    mean, low, high = mean_and_interval([0.2, 0.4, 0.9])
    assert mean == pytest.approx((0.2 + 0.4 + 0.9) / 3)
    assert low < mean < high
    assert mean_and_interval([0.2, 0.4, 0.9]) == (mean, low, high)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=15))
def test_same_values_as_ir_measures(gains):
    qrels = [ir_measures.Qrel("q", f"d{i:02}", gain) for i, gain in enumerate(gains)]
    run = [ir_measures.ScoredDoc("q", f"d{i:02}", -float(i)) for i in range(len(gains))]
    wanted = ir_measures.calc_aggregate(
        [ir_measures.nDCG @ 5, ir_measures.R @ 5, ir_measures.RR], qrels, run
    )
    assert (ndcg(gains, 5) or 0.0) == pytest.approx(wanted[ir_measures.nDCG @ 5])
    assert (recall(gains, 5) or 0.0) == pytest.approx(wanted[ir_measures.R @ 5])
    assert reciprocal_rank(np.array(gains)) == pytest.approx(wanted[ir_measures.RR])
