"""A space of topics found in the CVs themselves, where texts of one trade meet without a word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from models.bm25 import Sparse, TermIndex, tf_idf

Floats = NDArray[np.float32]
TOPICS = 200
_MOST_TEXTS = 60_000  # texts that the topics are fitted on: enough, and the night stays bounded
_SEED = 0


@dataclass(frozen=True, kw_only=True)
class TopicSpace:
    """Latent semantic analysis of an index (Deerwester et al. 1990): terms to topics."""

    index: TermIndex
    directions: Floats  # (terms, topics)

    def place(self, counts: Sparse) -> Floats:
        """L2-normalised topic vectors (texts, topics) of term counts; a text without terms is 0."""
        return unit_rows(np.asarray(tf_idf(self.index, counts) @ self.directions))


def fit_topics(index: TermIndex, topics: int = TOPICS) -> TopicSpace:
    """Fit at most `topics` topics on the texts of `index`, evenly drawn where there are many.

    Stretches of half a page are better texts to fit on than whole CVs or single passages
    (measured: evaluation/LOG.md).
    """
    step = -(-index.counts.shape[0] // _MOST_TEXTS) or 1
    rows = tf_idf(index, index.counts[::step])
    size = min(topics, min(rows.shape) - 1)
    if size < 1:
        return TopicSpace(index=index, directions=np.zeros((rows.shape[1], 1), np.float32))
    _, _, directions = randomized_svd(rows, size, n_iter=4, random_state=_SEED)
    return TopicSpace(index=index, directions=directions.T.astype(np.float32))


def unit_rows(rows: Floats) -> Floats:
    """Each row divided by its length; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
