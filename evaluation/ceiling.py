"""How well the best possible ranking could do against labels that are themselves noisy."""

from typing import Final

import numpy as np
import polars as pl
from scipy.stats import norm

from evaluation.compared import ORDER
from evaluation.estimates import Estimate, estimate
from evaluation.measures import measure

AGREEMENT: Final = 0.49
"""Kappa of two recruiters on the same candidates, as published; no figure for clients is known."""
_DRAWS: Final = 50  # a brief; their mean is then averaged over briefs


def noise_ceiling(labels: pl.DataFrame, *, agreement: float = AGREEMENT) -> dict[str, Estimate]:
    """`ORDER` of a ranking by the truth, if labels are as noisy as recruiters are.

    Assumed: a label is a normal score that sees the truth with an error, and two labels of one
    candidate would correlate by `agreement` (weighted kappa is an intraclass correlation: Fleiss &
    Cohen 1973, Educ. Psychol. Meas. 33(3)). Truth and label then correlate by √agreement, and
    truths are drawn from the labels: t = √a · z + √(1 - a) · e. What a ranking by t scores on these
    very labels is the most that any ranking can be expected to score.
    """
    graded = labels.filter(pl.col("grade").is_not_null()).sort("brief_id", "candidate_id")
    briefs = [
        part["grade"].to_numpy().astype(np.float64)
        for part in graded.partition_by("brief_id", maintain_order=True)
        if part["grade"].n_unique() > 1
    ]
    sizes = [len(grades) for grades in briefs]
    ends = np.cumsum(sizes)[:-1]
    rng = np.random.default_rng(0)
    everything = np.concatenate(briefs) if briefs else np.zeros(0)
    found: dict[str, list[list[float]]] = {name: [[] for _ in briefs] for name in ORDER}
    for _ in range(_DRAWS if briefs else 0):
        ranks = np.lexsort((rng.random(everything.size), everything)).argsort()
        label = norm.ppf((ranks + 0.5) / everything.size)
        error = rng.normal(size=everything.size)
        truth = np.sqrt(agreement) * label + np.sqrt(1 - agreement) * error
        for place, (grades, values) in enumerate(zip(briefs, np.split(truth, ends), strict=True)):
            ordered = grades[np.argsort(-values, kind="stable")]
            for name in ORDER:
                found[name][place].append(measure(name)(ordered) or 0.0)
    return {name: estimate([float(np.mean(own)) for own in found[name]]) for name in ORDER}
