"""Off-policy estimates: exact where the answer can be counted, silent where the log cannot tell."""

from dataclasses import replace

import numpy as np
import pytest

from evaluation.off_policy import (
    Floor,
    Log,
    cross_fitted,
    doubly_robust,
    entries,
    read_that_far,
    snips,
)

ANYTHING = Floor(ess=0.0, overlap=0.0, largest=1.0)


def world(briefs=400, seed=0, *, hidden=0.0):
    """Eight candidates a brief; the better half earns 0.6, the others 0.1; chances are logged."""
    rng = np.random.default_rng(seed)
    size = 8 * briefs
    good = np.tile(np.arange(8) < 4, briefs)
    propensity = np.where(good, 0.3, 0.5)
    shown = rng.random(size) < propensity * (1 - hidden)
    log = Log(
        brief=np.repeat(np.arange(briefs), 8),
        shown=shown,
        propensity=propensity,
        place=np.ones(size),
        reward=(rng.random(size) < np.where(good, 0.6, 0.1)).astype(float),
        features=good[:, None] * 1.0,
    )
    return log, np.where(good, 0.7, 0.05)


TRUTH = (0.7 * 0.6 + 0.05 * 0.1) / (0.7 + 0.05)


@pytest.mark.parametrize("estimator", [snips, doubly_robust])
@pytest.mark.parametrize("hidden", [0.0, 0.4])
def test_both_find_the_value_of_a_better_list(estimator, hidden):
    log, target = world(hidden=hidden)
    found = estimator(log, target)
    assert found.low < TRUTH < found.high
    assert found.high - found.low < 0.12
    assert found.overlap == pytest.approx(1 - hidden, abs=0.1)
    logged = log.reward[log.shown].mean()
    assert abs(found.value - TRUTH) < abs(logged - TRUTH) / 3


def test_snips_is_the_weighted_mean_of_the_shown():
    log = Log(
        brief=np.array([0, 0, 1, 1]),
        shown=np.array([True, False, True, True]),
        propensity=np.array([0.5, 0.5, 0.25, 1.0]),
        place=np.ones(4),
        reward=np.array([1.0, 0.0, 0.0, 1.0]),
        features=np.zeros((4, 1)),
    )
    target = np.array([0.5, 0.1, 0.5, 0.2])
    found = snips(log, target, floor=ANYTHING)
    weights = [0.5 / 0.5, 0.5 / 0.25, 0.2 / 1.0]
    assert found.value == pytest.approx((weights[0] + weights[2]) / sum(weights))
    assert found.ess == pytest.approx(sum(weights) ** 2 / sum(w**2 for w in weights))
    assert found.overlap == pytest.approx(sum(weights) / target.sum())


def test_the_outcome_model_never_sees_the_brief_that_it_predicts():
    log, _ = world(briefs=40)
    before = cross_fitted(log, np.where(log.shown, log.reward, 0.0))
    changed = replace(log, reward=np.where(log.brief == 7, 1 - log.reward, log.reward))
    after = cross_fitted(changed, np.where(log.shown, changed.reward, 0.0))
    same_fold = log.brief % 5 == 7 % 5
    assert np.allclose(before[same_fold], after[same_fold])
    assert not np.allclose(before[~same_fold], after[~same_fold])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"shown": np.arange(3200) < 40}, "effective presentations"),
        ({"propensity": np.full(3200, 20.0)}, "speaks of"),
    ],
)
def test_what_the_log_cannot_carry_is_not_estimable(change, reason):
    log, target = world()
    found = snips(replace(log, **change), target)
    assert found.value is None
    assert found.low is None
    assert reason in found.why_not


def test_one_presentation_may_not_decide():
    log, target = world()
    target = target.copy()
    target[np.flatnonzero(log.shown)[0]] = 1e4
    assert snips(log, target, floor=Floor(ess=0.0)).why_not.startswith("one presentation")


def test_clients_who_stop_reading_are_accounted_for():
    log, target = world(briefs=2000)
    rng = np.random.default_rng(1)
    reading = (1.0, 0.5)
    place = rng.integers(1, 3, len(target)).astype(float)
    reads = rng.random(len(target)) < np.asarray(reading)[place.astype(int) - 1]
    faded = replace(log, place=place, reward=log.reward * reads)
    found = snips(faded, target, reading=reading, target_reading=np.ones(len(target)))
    assert found.low < TRUTH < found.high
    assert snips(faded, target).high < TRUTH


def test_entries_add_up_and_harden_into_the_top():
    scores = np.array([0.9, 0.5, 0.8, 0.1, 0.2])
    soft = entries(scores, 2.0, 0.1)
    assert soft.sum() == pytest.approx(2.0)
    assert list(np.argsort(-soft)) == list(np.argsort(-scores))
    assert entries(scores, 2.0, 0.001) == pytest.approx([1, 0, 1, 0, 0], abs=1e-6)
    assert entries(scores[:2], 3.0, 0.1).sum() == pytest.approx(0.9 * 2)


def test_reading_expects_the_place_behind_the_better_ones_that_enter():
    read = read_that_far(np.array([0.3, 0.9, 0.5]), np.array([0.7, 0.5, 0.25]), (1.0, 0.6, 0.2))
    nobody, one, both = 0.5 * 0.75, 0.5 * 0.75 + 0.5 * 0.25, 0.5 * 0.25
    assert read == pytest.approx(
        [nobody * 1.0 + one * 0.6 + both * 0.2, 1.0, 0.5 * 1.0 + 0.5 * 0.6]
    )
