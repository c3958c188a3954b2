"""Read single sentences: which tell an adaptability event, of which dimension, how well evidenced.

What is read are quoted facts of a CV, never a personality: nothing here measures a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from data.schema.words import DIMENSIONS
from models.adaptability.lexical import wording

OUTPUTS = ("told", "result", "claimed", *DIMENSIONS)
"""What the kernel machine estimates for a sentence, one column each."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """What was read of n sentences; `evidence_level` is 3, 2, 1 or 0 for each alone."""

    told: NDArray[np.float32]  # (n,) probability that it tells an event
    claimed: NDArray[np.float32]  # (n,) probability that it only claims the quality
    dimension: NDArray[np.int8]  # (n,) index into DIMENSIONS
    evidence_level: NDArray[np.int8]  # (n,)


@dataclass(frozen=True, kw_only=True, eq=False)
class Reader:
    """A Gaussian kernel machine over sentence vectors, joined with the wording of the sentence."""

    encoder_id: str
    trained_on: str  # digest of the training sentences
    centroid: NDArray[np.float32]  # (d,)
    axes: NDArray[np.float32]  # (d, k) principal axes: the rest is noise at this size
    centres: NDArray[np.float32]  # (m, k) the training sentences
    weights: NDArray[np.float32]  # (m, outputs)
    width: float  # of the kernel exp(-width * |x - c|^2)
    lexical: NDArray[np.float32]  # (2, lexical.WIDTH): told, claimed
    lexical_bias: NDArray[np.float32]  # (2,)
    calibration: NDArray[np.float32]  # (2, 3): factor of kernel, of wording, intercept

    def read(self, texts: Sequence[str], vectors: NDArray[np.floating]) -> Reading:
        """Read sentences with their vectors of kind "passage": texts (n,), vectors (n, d)."""
        outputs = kernel(self.project(vectors), self.centres, self.width) @ self.weights
        told, claimed = (
            expit(self._log_odds(row, texts, outputs[:, OUTPUTS.index(name)]))
            for row, name in enumerate(("told", "claimed"))
        )
        result = outputs[:, OUTPUTS.index("result")] >= outputs[:, 0] / 2
        level = np.where(told >= EVENT, 2 + result, claimed >= CLAIM)
        return Reading(
            told=told.astype(np.float32),
            claimed=claimed.astype(np.float32),
            dimension=outputs[:, -len(DIMENSIONS) :].argmax(axis=1).astype(np.int8),
            evidence_level=level.astype(np.int8),
        )

    def worth_embedding(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Return which sentences could tell or claim by their wording alone, at no cost: (n,)."""
        if not texts:
            return np.zeros(0, dtype=np.bool_)
        worded = [
            wording(texts, weights, float(bias))
            for weights, bias in zip(self.lexical, self.lexical_bias, strict=True)
        ]
        return np.asarray(np.max(worded, axis=0) >= SCREEN)

    def project(self, vectors: NDArray[np.floating]) -> NDArray[np.float32]:
        """Return the vectors centred, on the principal axes, with length 1: (n, k)."""
        return project(vectors, self.centroid, self.axes)

    def _log_odds(
        self, row: int, texts: Sequence[str], output: NDArray[np.float32]
    ) -> NDArray[np.float64]:
        factor, lexical_factor, intercept = self.calibration[row].astype(np.float64)
        worded = wording(texts, self.lexical[row], float(self.lexical_bias[row]))
        return np.asarray(factor * output + lexical_factor * worded + intercept)


SCREEN = -1.2
"""Least log-odds of the wording for a sentence to be embedded: 48 of 100 sentences of real CVs."""
EVENT = 0.2
CLAIM = 0.35
"""From these probabilities on a sentence counts: 9 of 100 sentences of real CVs are told."""


def project(
    vectors: NDArray[np.floating], centroid: NDArray[np.float32], axes: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return vectors less the centroid on the axes, of length 1: (n, d) to (n, k)."""
    flat = (np.asarray(vectors, dtype=np.float32) - centroid) @ axes
    return np.asarray(flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9))


def kernel(
    left: NDArray[np.float32], right: NDArray[np.float32], width: float
) -> NDArray[np.float32]:
    """Return exp(-width * squared distance) of unit rows: (n, k), (m, k) to (n, m)."""
    return np.asarray(np.exp(2 * width * (left @ right.T - 1)), dtype=np.float32)
