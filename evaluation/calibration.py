"""Turns scores into probabilities by what was known earlier, and checks them on what came later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import binomtest

from evaluation.estimates import FLOOR, LEAST_EACH, Estimate, estimate

Floats: TypeAlias = NDArray[np.float64]
EVENTS: Final = {
    "taken": (pl.col("grade") >= 2, "decided_on"),
    "went well": (pl.col("success"), "ended_on"),
    "extended": (pl.when(pl.col("success").is_not_null()).then(pl.col("grade") == 4), "ended_on"),
}
"""What is foretold of whom: the presented are taken; the missions of the placed are completed or
better; they are extended or lead to a re-hire. With each stands the column that tells when it was
known."""
_LEAST: Final = 20  # earlier cases before anything is foretold
_SPREAD: Final = 0.5  # s.d. (log odds) that functions are expected to differ by: shrinkage
_STEEP: Final = 2.0  # s.d. of the slope for one s.d. of the score
_BINS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Curve:
    """`p = expit(intercept + slope · (score - centre) / scale + function's own)`, slope ≥ 0."""

    centre: float
    scale: float
    intercept: float
    slope: float
    functions: dict[str, float]

    def probability(self, score: Floats, function: Sequence[str]) -> Floats:
        """Probability (rows,) for scores and functions (rows,); an unknown function adds 0."""
        own = np.array([self.functions.get(name, 0.0) for name in function])
        found: Floats = expit(
            self.intercept + self.slope * (score - self.centre) / self.scale + own
        )
        return found


@dataclass(frozen=True, kw_only=True)
class Bin:
    """Cases with about the same probability: its mean, the share that came true, its interval."""

    foretold: float
    observed: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, kw_only=True)
class FunctionRow:
    """One function: mean probability and share that came true; null where too few."""

    function: str
    foretold: float | None
    observed: float | None
    n: int


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How true the probabilities of one event were; `brier` is the mean squared error.

    `base` is the Brier score of foretelling for everybody the share known by then, `gain` how much
    lower the curve's is. `curve` is fitted on everything that is known now, for use from here on.
    """

    event: str
    brier: Estimate
    base: Estimate
    gain: Estimate
    bins: tuple[Bin, ...]
    functions: tuple[FunctionRow, ...]
    curve: Curve | None


def calibrate(pairs: pl.DataFrame, event: str) -> Calibration:
    """Foretell an event of every brief from earlier briefs whose end was known on its day.

    A brief is foretold once 20 earlier cases, 5 of each kind, are known; the rest is left out.
    """
    happened, known_on = EVENTS[event]
    cases = (
        pairs.with_columns(happened=happened, known_on=pl.col(known_on))
        .filter(pl.col("happened").is_not_null(), pl.col("known_on").is_not_null())
        .with_columns(pl.col("function").fill_null(""))
        .sort("as_of", "brief_id", "candidate_id")
    )
    nobody = cases.clear().with_columns(p=pl.lit(0.0), rate=pl.lit(0.0))
    days = cases["as_of"].unique(maintain_order=True)
    told = pl.concat([nobody, *(part for day in days for part in _foretold(cases, day))])
    errors = told.with_columns(
        error=(pl.col("p") - pl.col("happened")) ** 2,
        base=(pl.col("rate") - pl.col("happened")) ** 2,
    ).with_columns(gain=pl.col("base") - pl.col("error"))
    by_brief = errors.group_by("brief_id", maintain_order=True).agg(
        pl.col("error", "base", "gain").mean()
    )
    return Calibration(
        event=event,
        brier=estimate(by_brief["error"].to_list()),
        base=estimate(by_brief["base"].to_list()),
        gain=estimate(by_brief["gain"].to_list()),
        bins=_bins(told),
        functions=_functions(told),
        curve=fit_curve(cases),
    )


def fit_curve(cases: pl.DataFrame) -> Curve | None:
    """The curve of score, function, happened; None with too few cases of a kind.

    Logistic regression with a slope that cannot be negative, and an intercept for every function
    that is drawn towards the common one, the more so the fewer its cases (a normal prior).
    """
    y = cases["happened"].to_numpy().astype(np.float64)
    if len(y) < _LEAST or min(y.sum(), len(y) - y.sum()) < LEAST_EACH:
        return None
    score = cases["score"].to_numpy()
    centre, scale = float(score.mean()), float(score.std()) or 1.0
    z = (score - centre) / scale
    names = sorted(cases["function"].unique())
    row = np.array([names.index(name) for name in cases["function"]])

    def loss(theta: Floats) -> tuple[float, Floats]:
        intercept, slope, own = theta[0], theta[1], theta[2:]
        logit = intercept + slope * z + own[row]
        error = expit(logit) - y
        prior = slope**2 / (2 * _STEEP**2) + (own**2).sum() / (2 * _SPREAD**2)
        pull = np.bincount(row, error, len(names)) + own / _SPREAD**2
        slopes = [error.sum(), (error * z).sum() + slope / _STEEP**2]
        value = np.logaddexp(0, logit).sum() - (y * logit).sum() + prior
        return float(value), np.concatenate([slopes, pull])

    bounds = [(None, None), (0.0, None), *[(None, None)] * len(names)]
    start = np.zeros(2 + len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Curve(
        centre=centre,
        scale=scale,
        intercept=float(found[0]),
        slope=float(found[1]),
        functions=dict(zip(names, map(float, found[2:]), strict=True)),
    )


def _foretold(cases: pl.DataFrame, day: date) -> Iterator[pl.DataFrame]:
    """The cases of one day with `p`, and `rate`: the share known by then; none if too little is."""
    earlier = cases.filter(pl.col("known_on") <= day, pl.col("as_of") < day)
    if curve := fit_curve(earlier):
        now = cases.filter(pl.col("as_of") == day)
        p = curve.probability(now["score"].to_numpy(), now["function"].to_list())
        rate = float(earlier["happened"].to_numpy().mean())
        yield now.with_columns(p=pl.Series(p), rate=pl.lit(rate))


def _bins(told: pl.DataFrame) -> tuple[Bin, ...]:
    """Five bins with as many cases each; intervals after Wilson 1927."""
    if told.height < _BINS * FLOOR:
        return ()
    ordered = told.sort("p", "brief_id", "candidate_id")
    result = []
    for part in np.array_split(np.arange(told.height), _BINS):
        own = ordered[part]
        hits = int(own["happened"].sum())
        interval = binomtest(hits, own.height).proportion_ci(method="wilson")
        result.append(
            Bin(
                foretold=float(own["p"].to_numpy().mean()),
                observed=hits / own.height,
                low=float(interval.low),
                high=float(interval.high),
                n=own.height,
            )
        )
    return tuple(result)


def _functions(told: pl.DataFrame) -> tuple[FunctionRow, ...]:
    groups = told.group_by("function").agg(
        n=pl.len(), foretold=pl.col("p").mean(), observed=pl.col("happened").mean()
    )
    enough = pl.col("n") >= FLOOR
    shown = groups.with_columns(
        pl.when(enough).then(pl.col(name)).alias(name) for name in ("foretold", "observed")
    ).sort("n", "function", descending=[True, False])
    return tuple(FunctionRow(**row) for row in shown.iter_rows(named=True))
