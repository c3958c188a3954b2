import numpy as np
import pytest

from models.bm25 import bm25_weights, index_terms, regrouped, tf_idf

TEXTS = [["ledger", "ledger", "close"], ["nurse", "care"], ["ledger", "care"]]


def test_idf_follows_the_formula() -> None:
    index = index_terms(TEXTS)
    # ledger stands in 2 of 3 texts, close in 1 of 3
    assert index.idf[index.vocabulary["ledger"]] == pytest.approx(np.log(1 + 1.5 / 2.5))
    assert index.idf[index.vocabulary["close"]] == pytest.approx(np.log(1 + 2.5 / 1.5))


def test_bm25_follows_the_formula() -> None:
    index = index_terms(TEXTS)
    k1, b, mean = 0.9, 0.4, 7 / 3
    norm = k1 * (1 - b + b * 3 / mean)
    expected = np.log(1 + 1.5 / 2.5) * 2 * (k1 + 1) / (2 + norm)
    weights = bm25_weights(index.counts)
    assert weights[0, index.vocabulary["ledger"]] == pytest.approx(expected, rel=1e-5)


def test_repeating_a_word_pays_less_each_time() -> None:
    index = index_terms([["ledger"] * n for n in (1, 2, 4)])
    column = bm25_weights(index.counts, b=0.0).toarray()[:, 0]
    assert column[1] - column[0] > (column[2] - column[1]) / 2


def test_unknown_terms_of_a_query_are_dropped() -> None:
    index = index_terms(TEXTS)
    assert index.query([["ledger", "unheard"]]).sum() == 1


def test_tf_idf_rows_have_length_one() -> None:
    index = index_terms(TEXTS)
    rows = tf_idf(index, index.counts).toarray()
    np.testing.assert_allclose((rows**2).sum(axis=1), 1, rtol=1e-5)


def test_regrouping_adds_the_counts() -> None:
    index = index_terms(TEXTS)
    whole = regrouped(index, np.array([0, 1, 0]), 2)
    assert whole.counts[0, whole.vocabulary["ledger"]] == 2 + 1


def test_no_texts_make_an_empty_index() -> None:
    assert index_terms([]).counts.shape == (0, 0)
