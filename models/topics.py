"""A space of topics found in the CVs themselves, where texts of one trade meet without a word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

from models.bm25 import Sparse, TermIndex, tf_idf

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
TOPICS = 200
_WINDOW = 200  # terms: topics are what stands together within half a page
_MOST_WINDOWS = 60_000  # that the topics are fitted on: enough, and the night stays bounded
_SEED = 0
_SPARE = 100  # directions beyond the topics: with 10 the seed decides a sixth of the space
_ROUNDS = 6
_BLOCK = 4_096  # texts placed at a time


@dataclass(frozen=True, kw_only=True)
class TopicSpace:
    """Latent semantic analysis of an index (Deerwester et al. 1990): terms to topics."""

    index: TermIndex
    directions: Floats  # (terms, topics)

    def place(self, counts: Sparse) -> Floats:
        """L2-normalised topic vectors (texts, topics) of term counts; a text without terms is 0."""
        placed = np.empty((counts.shape[0], self.directions.shape[1]), np.float32)
        for first in range(0, len(placed), _BLOCK):
            part = slice(first, first + _BLOCK)
            placed[part] = unit_rows(tf_idf(self.index, counts[part]) @ self.directions)
        return placed


def fit_topics(index: TermIndex) -> TopicSpace:
    """Fit at most `TOPICS` topics on the texts of `index`."""
    rows = tf_idf(index, index.counts)
    size = min(TOPICS, min(rows.shape) - 1)
    if size < 1:
        return TopicSpace(index=index, directions=np.zeros((rows.shape[1], 1), np.float32))
    _, _, directions = randomized_svd(
        rows, size, n_oversamples=_SPARE, n_iter=_ROUNDS, random_state=_SEED
    )
    return TopicSpace(index=index, directions=directions.T.astype(np.float32))


def windows(index: TermIndex, owner: Ints, sections: Ints, silent: Ints) -> TermIndex:
    """The index of windows of about `_WINDOW` terms, one around each passage, evenly drawn if many.

    Row i of `index` is a passage of CV `owner[i]`, read in the order of `sections`, then of rows;
    a window ends where its CV does; the rows `silent` count for nothing. Windows overlap, since
    where stretches that do not are cut moves the ranking; whole CVs and single passages teach worse
    topics (evaluation/LOG.md).
    """
    order = np.lexsort((sections, owner))  # stable: passages in their order
    heard = np.ones(len(order), np.float32)
    heard[silent] = 0
    owner, lengths = owner[order], (np.asarray(index.counts.sum(axis=1)).ravel() * heard)[order]
    edges = np.concatenate([[0.0], np.cumsum(lengths, dtype=np.float64)])
    middles = (edges[:-1] + edges[1:]) / 2
    first = np.searchsorted(edges[1:], middles - _WINDOW / 2, side="right")
    last = np.searchsorted(edges[:-1], middles + _WINDOW / 2)
    step = -(-len(owner) // _MOST_WINDOWS) or 1
    first = np.maximum(first, np.searchsorted(owner, owner))[::step]
    last = np.minimum(last, np.searchsorted(owner, owner, side="right"))[::step]
    starts = np.concatenate([[0], np.cumsum(last - first)])
    rows = order[np.arange(starts[-1]) + np.repeat(first - starts[:-1], last - first)]
    drawn = csr_matrix((heard[rows], rows, starts), (len(first), len(owner)))
    drawn.eliminate_zeros()
    counts = drawn @ index.counts
    return TermIndex(vocabulary=index.vocabulary, counts=counts)


def unit_rows(rows: Floats) -> Floats:
    """Each row divided by its length; a zero row stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), np.float32)
