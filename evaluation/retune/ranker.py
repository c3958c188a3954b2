"""The ranker behind the weights: pairwise logistic, inside the envelope, near the champion."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log_expit
from sklearn.base import BaseEstimator

Floats: TypeAlias = NDArray[np.float64]

LEAST_STEEP: Final = 2.0
"""Least Σ θ: on flatter data the pull would vanish with the scale, and any weights would do."""
_RIDGE = 1e-4  # keeps a component that never differs from blowing up
_STEPS = 25  # of Newton's method, which needs five or so


class PairwiseRanker(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Logistic regression on differences of two candidates, as weights of a blend.

    Minimises `mean log(1 + exp(-θ·gain)) + strength/2 · |θ - s·champion|²` with s = Σ θ over the
    components (Bradley & Terry 1952 with the features of Joachims 2002), so that `weights_ = θ/s`
    lies inside the bounds. Both terms are convex and the bounds linear in θ; scipy's SLSQP.

    Args:
        champion: the weights to stay near, summing to 1.
        bounds: least and most of each weight.
        strength: pull towards the champion; 0 leaves the data alone within the bounds.
    """

    def __init__(
        self,
        champion: Mapping[str, float],
        bounds: Mapping[str, tuple[float, float]],
        strength: float = 0.0,
    ) -> None:
        self.champion = champion
        self.bounds = bounds
        self.strength = strength

    def fit(self, gain: Floats, sample_weight: Floats | None = None) -> "PairwiseRanker":
        """Fit on (preferences, components + controls); `weights_` and `coef_` are set."""
        names = list(self.champion)
        weight = np.ones(len(gain)) if sample_weight is None else sample_weight
        weight = weight / weight.sum()
        prior = np.array([self.champion[name] for name in names])
        low, high = np.array([self.bounds[name] for name in names]).T
        count, width = len(names), gain.shape[1]
        pull = np.eye(count) - np.outer(prior, np.ones(count))  # θ - Σθ·champion
        penalty = self.strength * pull.T @ pull
        box = np.zeros((2 * count + 1, width))
        box[:, :count] = np.vstack(
            [
                np.eye(count) - np.outer(low, np.ones(count)),
                np.outer(high, np.ones(count)) - np.eye(count),
                np.ones(count),
            ]
        )
        least = np.zeros(2 * count + 1)
        least[-1] = LEAST_STEEP

        def loss(theta: Floats) -> tuple[float, Floats]:
            margin = gain @ theta
            pulled = penalty @ theta[:count]
            slope = -gain.T @ (weight * expit(-margin))
            slope[:count] += pulled
            return -float(weight @ log_expit(margin)) + 0.5 * float(theta[:count] @ pulled), slope

        start = np.zeros(width)
        start[:count] = 5.0 * within(prior, low, high)
        found = minimize(
            loss,
            start,
            jac=True,
            method="SLSQP",
            constraints={"type": "ineq", "fun": lambda t: box @ t - least, "jac": lambda t: box},
            options={"maxiter": 300, "ftol": 1e-10},
        )
        self.coef_: Floats = found.x
        shares = within(found.x[:count] / found.x[:count].sum(), low, high)
        self.weights_ = {name: float(share) for name, share in zip(names, shares, strict=True)}
        return self

    def decision_function(self, gain: Floats) -> Floats:
        """How much better the better one looks: above 0 where the order is right."""
        margins: Floats = gain @ self.coef_
        return margins


def within(weights: Floats, low: Floats, high: Floats) -> Floats:
    """The nearest weights inside the bounds that sum to 1.

    A shift of all, cut at the bounds, found by bisection: the projection of Duchi et al. 2008
    (ICML) with upper bounds.

    Raises:
        ValueError: no weights inside the bounds sum to 1.
    """
    if low.sum() > 1 + 1e-12 or high.sum() < 1 - 1e-12:
        raise ValueError(
            f"Bounds must leave room for weights that sum to 1; they allow from {low.sum():.3f} "
            f"to {high.sum():.3f}. Widen the envelope."
        )
    left, right = float((low - weights).min()), float((high - weights).max())
    for _ in range(100):
        middle = (left + right) / 2
        if np.clip(weights + middle, low, high).sum() < 1:
            left = middle
        else:
            right = middle
    inside: Floats = np.clip(weights + right, low, high)
    return inside


def unbound(gain: Floats, weight: Floats, *, start: Floats | None = None) -> Floats:
    """What the data alone say: the same regression without bounds, champion or sign.

    Newton's method. A weight may come out below 0, so that an interval around it can tell whether
    there is anything to weigh at all.

    Args:
        gain: (preferences, components + controls).
        weight: of every preference.
        start: coefficients near the answer, where they are known.
    """
    share = weight / weight.sum()
    theta = np.zeros(gain.shape[1]) if start is None else start
    for _ in range(_STEPS):
        wrong = expit(-gain @ theta)
        slope = gain.T @ (share * wrong) - _RIDGE * theta
        curve = (gain * (share * wrong * (1 - wrong))[:, None]).T @ gain
        step = np.linalg.solve(curve + _RIDGE * np.eye(len(theta)), slope)
        theta = theta + step
        if np.abs(step).max() < 1e-6:
            break
    return theta


def shares(theta: Floats, names: Sequence[str]) -> Floats:
    """Coefficients of the components as shares of their sum; the controls are left out."""
    own = theta[: len(names)]
    result: Floats = own / own.sum()
    return result
