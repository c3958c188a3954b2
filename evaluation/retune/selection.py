"""Weights against selection: whoever recruiters favoured for reasons unseen counts for less."""

import numpy as np
import polars as pl
from sklearn.linear_model import LogisticRegression

from evaluation.pairs import X, components


def selection_weights(pairs: pl.DataFrame, clip: float) -> pl.Series:
    """Stabilised inverse propensities `p̂(x) / p`, at most `clip`; 1 where nothing was logged.

    Robins, Hernán & Brumback 2000 (Epidemiology 11(5)): p is the logged probability that a
    candidate was shown, p̂(x) what the components alone explain of it. Selection by the components
    biases no weight, and undoing it costs precision; selection by what only the recruiter saw does
    (whoever was shown in spite of a weak CV had something else), and this undoes it. Clipping
    keeps a single unlikely presentation from deciding.

    Args:
        pairs: as in `evaluation.pairs`, one row an eligible candidate.
        clip: the highest weight; the lower, the less is corrected and the surer the weights; 0
            corrects nothing.
    """
    logged = pairs["propensity"].fill_null(float("nan")).to_numpy()
    usable = pairs["presented"].to_numpy() & (logged > 0)
    weight = np.ones(pairs.height)
    if clip > 0 and usable.any() and not usable.all():
        weight[usable] = np.minimum(_explained(pairs)[usable] / logged[usable], clip)
    return pl.Series(weight)


def _explained(pairs: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Probability to be presented, by the components beside those of the brief's others."""
    centred = [
        (pl.col(X + name) - pl.col(X + name).mean().over("brief_id")).alias(name)
        for name in components(pairs)
    ]
    rivals = pl.len().over("brief_id").log().alias("rivals")
    table = pairs.select(*centred, rivals).to_numpy().astype(np.float64)
    model = LogisticRegression(C=1e3, max_iter=1000).fit(table, pairs["presented"].to_numpy())
    return np.asarray(model.predict_proba(table)[:, 1])
