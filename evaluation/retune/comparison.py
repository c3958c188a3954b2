"""Champion, challenger and boosted trees beside one another, on what none of them had seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evaluation.retune.boosted import boosted_margins
from evaluation.retune.ranker import PairwiseRanker
from evaluation.retune.validation import Fold, Score, right, score


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How well three rankings order preferences that they did not learn from.

    `gain` is the challenger's share less the champion's.
    """

    champion: Score
    challenger: Score
    gain: Score
    boosted: Score


def compare(
    folds: Sequence[Fold],
    ranker: PairwiseRanker,
    *,
    seed: int,
    done: Callable[[int], None],
) -> Compared | None:
    """Try champion, challenger and boosted trees on what came after they were learnt.

    Args:
        folds: what to learn from and what to try on; one with nothing to try on is left out.
        ranker: whose parameters, the champion among them, each fold is fitted with anew.
        seed: of the boosted trees and of the intervals.
        done: is told of each finished fold.

    Returns:
        None where there is nothing to try on.
    """
    usable = [fold for fold in folds if len(fold.test)]
    if not usable:
        return None
    tests = [fold.test for fold in usable]
    prior = np.array([*ranker.champion.values(), 0.0])
    old = [right(test.gain @ prior) for test in tests]
    new, bent = [], []
    for fold in usable:
        again = PairwiseRanker(**ranker.get_params()).fit(fold.train.gain, fold.train.weight)
        weights = np.array([*again.weights_.values(), 0.0])
        new.append(right(fold.test.gain @ weights))
        bent.append(right(boosted_margins(fold.train, fold.test, seed=seed)))
        done(1)
    return Compared(
        champion=score(tests, old, seed=seed),
        challenger=score(tests, new, seed=seed),
        gain=score(tests, [b - a for a, b in zip(old, new, strict=True)], seed=seed),
        boosted=score(tests, bent, seed=seed),
    )
