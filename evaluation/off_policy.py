"""What another weighting would have earned, from the presentations that were made under an old one.

A past log tells what became of the candidates who were shown, never of the others. Each shown
candidate therefore counts by how much likelier the proposed weighting would show it than the
logger did.

**Logger.** Candidate i of brief b entered the list with the logged probability `propensity` p_i,
given who was eligible. **Target.** Each candidate enters independently with probability
`entries`, a softened top-k of the proposed scores. **Estimand.** The expected reward of a place on
the target's lists, `Σ_b Σ_i π_i θ_i μ_i / Σ_b Σ_i π_i`: μ_i is the expected reward of showing i to
client b with the company that the logger would have given it, θ_i whether a client reads that far
(1 unless `reading` says otherwise). That the company is the logger's is what a log of single
presentations can tell; how two newcomers on one list take the place from each other it cannot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import t as student

Floats: TypeAlias = NDArray[np.float64]
_FOLDS: Final = 5
_RIDGE: Final = 1.0


@dataclass(frozen=True, kw_only=True)
class Floor:
    """Below any of these, an answer would be noise: the value is "not estimable".

    `ess`: effective presentations (Kish 1965). `overlap`: share of the target's lists that the
    log can speak of, `Σ w / Σ π`, near 1 where everybody whom the target shows had a chance to be
    shown. `largest`: share of the whole weight that one presentation may carry.
    """

    ess: float = 50.0
    overlap: float = 0.5
    largest: float = 0.2


@dataclass(frozen=True, kw_only=True)
class Log:
    """One row an eligible candidate of a past brief, in the order of the briefs.

    `propensity` and `reward` are read only where `shown`; `place` is the place on the list, from
    1. `features` is (rows, features), for the outcome model of the doubly robust estimator.
    """

    brief: NDArray[np.int64]  # 0, 1, … of each row
    shown: NDArray[np.bool_]
    propensity: Floats
    place: Floats
    reward: Floats
    features: Floats


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """The value of a target policy with its 95 % interval, or why there is none."""

    estimator: str
    value: float | None
    low: float | None
    high: float | None
    ess: float
    overlap: float
    largest: float
    shown: int
    briefs: int
    why_not: str | None = None


def entries(scores: Floats, places: float, softness: float) -> Floats:
    """Probability that each candidate of one brief enters a list of `places` expected.

    logistic((score - threshold) / softness), the threshold set so that they add up to `places`,
    or to nine tenths of the candidates where there are fewer. As `softness` goes to 0 this is the
    plain top-k.
    """
    wanted = min(places, 0.9 * len(scores))
    scaled = np.asarray(scores, dtype=np.float64) / softness
    low, high = float(scaled.min()) - 30.0, float(scaled.max()) + 30.0
    threshold = brentq(lambda cut: float(expit(scaled - cut).sum()) - wanted, low, high)
    chances: Floats = expit(scaled - threshold)
    return chances


def read_that_far(scores: Floats, chances: Floats, reading: Sequence[float]) -> Floats:
    """Expected `reading` at the place that each candidate takes if it enters, best score first.

    `reading[r]` is the chance that a client reads place r + 1, the last one holding for all
    beyond. The number of better candidates that enter is Poisson binomial; its distribution is
    built up candidate by candidate.
    """
    better = np.zeros(len(reading))
    better[0] = 1.0
    expected = np.zeros(len(scores))
    for row in np.argsort(-scores, kind="stable"):
        expected[row] = better @ np.asarray(reading)
        moved = better * chances[row]
        better = better - moved
        better[1:] += moved[:-1]
        better[-1] += moved[-1]
    return expected


def snips(
    log: Log,
    target: Floats,
    *,
    target_reading: Floats | None = None,
    reading: Sequence[float] = (1.0,),
    floor: Floor | None = None,
) -> Estimate:
    """Self-normalised inverse propensity score: `Σ w r / Σ w`, `w = π / p` of the shown.

    Swaminathan & Joachims 2015 (NeurIPS), with the position-based model of Joachims, Swaminathan
    & Schnabel 2017 (WSDM) where clients do not read the whole list: r counts as r / θ of the place
    shown, times `target_reading`.

    Args:
        log: what was shown and what came of it.
        target: π of every row.
        target_reading: θ of every row under the target (`read_that_far`); 1 unless given.
        reading: chance that a client reads place 1, 2, …, as known for the log.
        floor: what an estimate must have.
    """
    weight, reward = _weights(log, target), _rewards(log, target_reading, reading)
    top, bottom = _by_brief(log, weight * reward), _by_brief(log, weight)
    return _estimate("snips", log, weight, target, [(top, bottom)], floor or Floor())


def doubly_robust(
    log: Log,
    target: Floats,
    *,
    target_reading: Floats | None = None,
    reading: Sequence[float] = (1.0,),
    floor: Floor | None = None,
) -> Estimate:
    """What a model of the reward says of the target, corrected by the shown: `m̄ + Σ w (r - m)/Σ w`.

    Dudík, Langford & Li 2011 (ICML), the correction self-normalised, so that candidates who could
    not be shown for reasons that nobody logged do no harm. m is a ridge regression of the reward
    on the features, fitted without the brief's own fold (Chernozhukov et al. 2018). Arguments as
    of `snips`.
    """
    weight, reward = _weights(log, target), _rewards(log, target_reading, reading)
    model = cross_fitted(log, reward)
    model = model if target_reading is None else model * target_reading
    told = (_by_brief(log, target * model), _by_brief(log, target))
    corrected = (_by_brief(log, weight * (reward - model)), _by_brief(log, weight))
    return _estimate("dr", log, weight, target, [told, corrected], floor or Floor())


def cross_fitted(log: Log, reward: Floats) -> Floats:
    """Prediction of the reward of every row by a model that saw no row of the brief's fold."""
    spread = log.features.std(axis=0)
    scaled = (log.features - log.features.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    design = np.column_stack([np.ones(len(scaled)), scaled])
    penalty = np.diag([0.0] + [_RIDGE] * scaled.shape[1])
    predicted = np.zeros(len(design))
    for fold in range(_FOLDS):
        inside = log.brief % _FOLDS == fold
        known = log.shown & ~inside
        gram = design[known].T @ design[known] + penalty
        gram[0, 0] += 1e-9  # a fold without anybody shown predicts 0
        predicted[inside] = design[inside] @ np.linalg.solve(gram, design[known].T @ reward[known])
    return predicted


def _weights(log: Log, target: Floats) -> Floats:
    weight = np.zeros(len(target))
    weight[log.shown] = target[log.shown] / log.propensity[log.shown]
    return weight


def _rewards(log: Log, target_reading: Floats | None, reading: Sequence[float]) -> Floats:
    reward = np.zeros(len(log.shown))
    last = len(reading) - 1
    place = np.clip(log.place[log.shown].astype(np.int64) - 1, 0, last)
    reward[log.shown] = log.reward[log.shown] / np.asarray(reading, dtype=np.float64)[place]
    return reward if target_reading is None else reward * target_reading


def _by_brief(log: Log, values: Floats) -> Floats:  # (briefs,)
    return np.bincount(log.brief, values).astype(np.float64)


def _estimate(
    name: str,
    log: Log,
    weight: Floats,
    target: Floats,
    ratios: Sequence[tuple[Floats, Floats]],
    floor: Floor,
) -> Estimate:
    """The value as a sum of ratios of sums over briefs, unless the log cannot carry it."""
    total = float(weight.sum())
    ess = total**2 / max(float((weight**2).sum()), 1e-300)
    overlap = total / float(target.sum())
    largest = float(weight.max()) / max(total, 1e-300)
    why_not = _why_not(ess, overlap, largest, floor)
    value, low, high = (None, None, None) if why_not else _jackknife(ratios, ess)
    return Estimate(
        estimator=name,
        value=value,
        low=low,
        high=high,
        ess=ess,
        overlap=overlap,
        largest=largest,
        shown=int(log.shown.sum()),
        briefs=int(log.brief.max()) + 1,
        why_not=why_not,
    )


def _jackknife(ratios: Sequence[tuple[Floats, Floats]], ess: float) -> tuple[float, float, float]:
    """Value and interval, leaving out one brief after the other (Quenouille 1956, Tukey 1958).

    Rewards lie in [0, 1], so the interval is symmetric on the logit scale where the value allows:
    with few effective presentations a value is as often too low as its spread is too small.
    """
    value = sum(float(a.sum() / b.sum()) for a, b in ratios)
    without = sum((a.sum() - a) / (b.sum() - b) for a, b in ratios)
    count = len(ratios[0][0])
    spread = float(np.sqrt((count - 1) / count * ((without - np.mean(without)) ** 2).sum()))
    half = float(student.ppf(0.975, min(count, ess) - 1)) * spread
    if not 0.0 < value < 1.0:
        return value, value - half, value + half
    reach = half / (value * (1.0 - value))
    return value, float(expit(logit(value) - reach)), float(expit(logit(value) + reach))


def _why_not(ess: float, overlap: float, largest: float, floor: Floor) -> str | None:
    if not ess >= floor.ess:
        return f"the log holds {ess:.0f} effective presentations; {floor.ess:.0f} are needed"
    if not overlap >= floor.overlap:
        return f"the log speaks of {overlap:.0%} of the target; {floor.overlap:.0%} are needed"
    if not largest <= floor.largest:
        return f"one presentation carries {largest:.0%} of the weight; {floor.largest:.0%} may"
    return None
