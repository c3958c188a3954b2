"""Learns a challenger's weights from pairs, and says how far they can be trusted."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from scipy.special import log_expit

from data.errors import InputError
from evaluation.retune.comparison import Compared, compare
from evaluation.retune.preferences import Floats, Preferences, preferences
from evaluation.retune.ranker import PairwiseRanker, shares, unbound
from evaluation.retune.validation import Fold, day_at, forward, split

STRENGTHS: Final = (0.0, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0)
CAUTIOUS: Final = 0.03  # the pull towards the champion where there is nothing to choose it by
LEAST_BRIEFS: Final = 30
DECIMALS: Final = 4


@dataclass(frozen=True, kw_only=True)
class RetuneSettings:
    """How weights are learnt."""

    objective: str = "blend"
    hold_out: float = 0.2
    """Share of the briefs, the latest, that nothing is learnt from."""
    folds: int = 4
    clip: float = 1.0
    """The highest weight against selection."""
    draws: int = 200
    """Bootstrap draws behind the interval of each weight."""
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """One weight: the challenger's and what the data alone say, each with a 95 % interval."""

    champion: float
    challenger: float
    low: float
    high: float
    alone: float
    alone_low: float
    alone_high: float


@dataclass(frozen=True, kw_only=True)
class Retuned:
    """A challenger with what speaks for it; None where there was nothing to compare on."""

    settings: RetuneSettings
    weights: Mapping[str, Learnt]
    strength: float
    preferences: int
    briefs: int
    cross_validated: Compared | None
    held_out: Compared | None


def units(settings: RetuneSettings) -> int:
    """How many units of work `retune` tells to be done: fits, each of about the same size."""
    return settings.folds * (len(STRENGTHS) + 1) + settings.draws + 1


def retune(
    pairs: pl.DataFrame,
    champion: Mapping[str, float],
    bounds: Mapping[str, tuple[float, float]],
    settings: RetuneSettings,
    done: Callable[[int], None] = lambda units: None,
) -> Retuned:
    """Learn weights inside the bounds, near the champion where the data are few.

    The pull towards the champion is the one under which later briefs are told best, cross-validated
    forward in time; intervals come from drawing whole briefs. Equal arguments give equal results.

    Args:
        pairs: as in `evaluation.pairs`.
        champion: weights of the components, summing to 1.
        bounds: least and most of each weight.
        settings: how.
        done: is told of finished units of work, `units(settings)` in all.

    Raises:
        InputError: fewer than `LEAST_BRIEFS` briefs tell something for this objective.
    """
    seen, held_out = set_apart(pairs, settings)
    told = held_out.train if held_out else _all_of(pairs, settings)
    if told.size < LEAST_BRIEFS:
        raise InputError(
            f"Retuning for {settings.objective!r} must see at least {LEAST_BRIEFS} briefs that "
            f"tell something before the hold-out; {told.size} do. Give more history, a smaller "
            "--hold-out, or --objective placement, which needs decisions alone."
        )
    champion = {name: champion[name] for name in told.names}
    folds = forward(seen, settings.objective, folds=settings.folds, **_kind(settings))
    strength = best_strength(folds, champion, bounds, done)
    ranker = PairwiseRanker(champion, bounds, strength).fit(told.gain, told.weight)
    intervals = _intervals(told, ranker, settings, done)
    alone = shares(unbound(told.gain, told.weight), told.names)
    weights = rounded(ranker.weights_, bounds)
    return Retuned(
        settings=settings,
        weights={
            name: _learnt(champion[name], weights[name], float(alone[i]), intervals[..., i])
            for i, name in enumerate(told.names)
        },
        strength=strength,
        preferences=len(told),
        briefs=told.size,
        cross_validated=compare(folds, ranker, seed=settings.seed, done=done),
        held_out=compare([held_out] if held_out else [], ranker, seed=settings.seed, done=done),
    )


def rounded(
    weights: Mapping[str, float], bounds: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """Weights in steps of 0.0001 that still sum to 1 inside the bounds.

    What rounding leaves over goes to the weight with the most room.
    """
    steps = {name: round(weight, DECIMALS) for name, weight in weights.items()}
    left = round(1.0 - sum(steps.values()), DECIMALS)
    room = {
        name: (bounds[name][1] - steps[name]) if left > 0 else (steps[name] - bounds[name][0])
        for name in steps
    }
    widest = max(room, key=lambda name: room[name])
    steps[widest] = round(steps[widest] + left, DECIMALS)
    return steps


def _learnt(champion: float, challenger: float, alone: float, intervals: Floats) -> Learnt:
    """One weight with its `intervals` (challenger | alone, low | high)."""
    (low, high), (alone_low, alone_high) = intervals.tolist()
    return Learnt(
        champion=champion,
        challenger=challenger,
        low=low,
        high=high,
        alone=alone,
        alone_low=alone_low,
        alone_high=alone_high,
    )


def _kind(settings: RetuneSettings) -> dict[str, Any]:
    return {"clip": settings.clip, "seed": settings.seed}


def _all_of(pairs: pl.DataFrame, settings: RetuneSettings) -> Preferences:
    return preferences(pairs, settings.objective, **_kind(settings))


def set_apart(pairs: pl.DataFrame, settings: RetuneSettings) -> tuple[pl.DataFrame, Fold | None]:
    """The pairs of the earlier briefs, and the latest briefs as a fold of their own."""
    if not settings.hold_out:
        return pairs, None
    first, last = day_at(pairs, 1 - settings.hold_out), day_at(pairs, 1.0)
    fold = split(pairs, first, last + 1, settings.objective, **_kind(settings))
    return pairs.filter(pl.col("received_at").cast(pl.Int32) < first), fold


def best_strength(
    folds: Sequence[Fold],
    champion: Mapping[str, float],
    bounds: Mapping[str, tuple[float, float]],
    done: Callable[[int], None] = lambda units: None,
) -> float:
    """The pull towards the champion with the least log loss on what came later."""
    losses = dict.fromkeys(STRENGTHS, 0.0)
    for fold in folds:
        for strength in STRENGTHS:
            ranker = PairwiseRanker(champion, bounds, strength)
            ranker.fit(fold.train.gain, fold.train.weight)
            margins = ranker.decision_function(fold.test.gain)
            losses[strength] -= float(fold.test.weight @ log_expit(margins))
            done(1)
    return min(losses, key=lambda strength: losses[strength]) if folds else CAUTIOUS


def draws(told: Preferences, count: int, seed: int) -> Iterator[Floats]:
    """Weights of the preferences in each of `count` bootstrap draws of whole briefs."""
    rng = np.random.default_rng(seed)
    telling = np.unique(told.briefs)
    for _ in range(count):
        times = np.bincount(rng.choice(telling, len(telling)), minlength=int(telling[-1]) + 1)
        yield told.drawn(times.astype(np.float64))


def _intervals(
    told: Preferences,
    ranker: PairwiseRanker,
    settings: RetuneSettings,
    done: Callable[[int], None],
) -> Floats:  # (challenger | alone, low | high, components)
    """Percentiles of both fits over draws of whole briefs."""
    drawn = np.zeros((2, settings.draws, len(told.names)))
    start = unbound(told.gain, told.weight)
    for draw, weight in enumerate(draws(told, settings.draws, settings.seed)):
        again = PairwiseRanker(**ranker.get_params()).fit(told.gain, weight)
        drawn[0, draw] = list(again.weights_.values())
        drawn[1, draw] = shares(unbound(told.gain, weight, start=start), told.names)
        done(1)
    return np.quantile(drawn, [0.025, 0.975], axis=1).swapaxes(0, 1)
