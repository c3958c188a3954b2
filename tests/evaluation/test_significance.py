import numpy as np
import pytest
from scipy.stats import binom, permutation_test

from evaluation.significance import holm, paired_randomization


def test_five_equal_signs_are_counted_exactly():
    found = paired_randomization([1.0, 1.0, 1.0, 1.0, 1.0])
    assert found.p == 2 / 2**5
    assert (found.mean, found.low, found.high, found.briefs) == (1, 1, 1, 5)


def test_p_agrees_with_scipy_on_few_and_on_many_briefs():
    random = np.random.default_rng(3)
    for size, tolerance in ((10, 1e-12), (60, 0.01)):
        values = random.normal(0.2, 1, size)
        theirs = permutation_test(
            (values, np.zeros(size)),
            lambda a, b, axis: np.mean(a - b, axis=axis),
            permutation_type="samples",
            vectorized=True,
            n_resamples=10_000,
            rng=1,
        )
        assert paired_randomization(values).p == pytest.approx(theirs.pvalue, abs=tolerance)


def test_the_sign_counts_when_all_differences_are_as_large():
    values = np.r_[np.ones(14), -np.ones(6)]
    exact = 2 * binom.sf(13, 20, 0.5)
    assert paired_randomization(values, draws=40_000).p == pytest.approx(exact, abs=0.006)


def test_no_more_false_alarms_than_the_level_and_the_interval_covers():
    random = np.random.default_rng(0)
    alarms = covers = 0
    trials = 400
    for trial in range(trials):
        # As between two rankings: most briefs do not change, the others by skewed amounts.
        values = random.choice([-1, 1], 40) * random.exponential(0.05, 40)
        values *= random.random(40) < 0.6
        alarms += paired_randomization(values, draws=1000, seed=trial).p <= 0.05
        found = paired_randomization(values + 0.02, draws=1000, seed=trial)
        covers += found.low <= 0.02 <= found.high
    # Binomial with 400 trials at .05: 99.9 % lie between 8 and 35.
    assert binom.ppf(0.0005, trials, 0.05) <= alarms <= binom.ppf(0.9995, trials, 0.05)
    assert binom.ppf(0.0005, trials, 0.95) <= covers <= binom.ppf(0.9995, trials, 0.95)


def test_a_real_gain_is_found():
    noise = np.random.default_rng(5).normal(0, 0.05, 60)
    found = paired_randomization(noise - noise.mean() + 0.03)
    assert found.p < 0.001
    assert 0 < found.low < 0.03 < found.high < 0.06


def test_rankings_that_never_differ_give_no_evidence():
    assert paired_randomization(np.zeros(30)).p == 1


@pytest.mark.parametrize("values", [[], [0.1, float("nan")]])
def test_nothing_to_compare_is_an_error(values):
    with pytest.raises(ValueError, match="at least one difference"):
        paired_randomization(values)


def test_holm_steps_down():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx(
        [3 * 0.01, 2 * 0.03, 2 * 0.03, 4 * 0.005]
    )
    assert holm([0.6, 0.9]) == [1, 1]
    assert holm([]) == []


def test_holm_keeps_the_family_wise_error_of_ten_tests():
    p = np.random.default_rng(1).random((2000, 10))
    wrong = np.mean([min(holm(row)) <= 0.05 for row in p])
    assert wrong == pytest.approx(1 - (1 - 0.05 / 10) ** 10, abs=0.02)
