"""A ranker that may bend: boosted trees that only ever rise with a component, to hold beside."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from evaluation.retune.preferences import Floats, Preferences


def boosted_margins(train: Preferences, test: Preferences, *, seed: int) -> Floats:
    """How surely boosted trees put the better one of each tested preference first, in [-1, 1].

    Trees on the differences of two candidates, learnt both ways round and monotone in every
    component, tell whether the linear blend leaves something on the table. On simulated agencies
    they order better than LightGBM's lambdarank and rank_xendcg did, and no better than the linear
    ranker; their answers about pairs need not fit into one ranking, so they are never a champion.
    """
    both = np.vstack([train.gain, -train.gain])
    answer = np.repeat([1, 0], len(train))
    weight = np.tile(train.weight / train.weight.mean(), 2)
    trees = HistGradientBoostingClassifier(
        max_leaf_nodes=8,
        max_iter=100,
        max_bins=32,  # weighted bins are slow to cut, and differences need few
        early_stopping=False,
        monotonic_cst=[1] * len(train.names) + [0],
        random_state=seed,
    ).fit(both, answer, weight)
    forth, back = (trees.predict_proba(gain)[:, 1] for gain in (test.gain, -test.gain))
    margins: Floats = forth - back
    return margins
