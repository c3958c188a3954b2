import numpy as np
import pytest

from models.coverage import top_means

RNG = np.random.default_rng(0)
COUNTS = np.array([1, 3, 0, 3, 12, 2, 1])
STARTS = np.concatenate([[0], np.cumsum(COUNTS)[:-1]])
VECTORS = RNG.normal(size=(COUNTS.sum(), 5)).astype(np.float32)
QUERIES = RNG.normal(size=(4, 5)).astype(np.float32)


def run(**options: int) -> np.ndarray:
    return top_means(VECTORS.__getitem__, STARTS, COUNTS, QUERIES, **options)


def test_the_best_passages_are_averaged() -> None:
    near = VECTORS[STARTS[4] : STARTS[4] + 12] @ QUERIES.T
    expected = np.sort(near, axis=0)[-3:].mean(axis=0)
    np.testing.assert_allclose(run()[4], expected, rtol=1e-5)


def test_fewer_passages_than_wanted_are_all_averaged() -> None:
    near = VECTORS[STARTS[5] : STARTS[5] + 2] @ QUERIES.T
    np.testing.assert_allclose(run()[5], near.mean(axis=0), rtol=1e-5)


def test_no_passage_gives_zero() -> None:
    assert (run()[2] == 0).all()


@pytest.mark.parametrize("block", [1, 2, 5, 100])
def test_the_block_does_not_matter_after_rounding(block: int) -> None:
    np.testing.assert_array_equal(run(block=block).round(5), run().round(5))


def test_repeating_the_best_passage_does_not_pay_beyond_the_top() -> None:
    same = np.repeat(VECTORS[:1], 9, axis=0)
    starts, counts = np.array([0, 3]), np.array([3, 6])
    three, six = top_means(same.__getitem__, starts, counts, QUERIES)
    np.testing.assert_allclose(three, six, rtol=1e-5)
