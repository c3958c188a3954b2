"""Count the terms of texts in one sparse matrix, and weigh them by BM25 or TF-IDF."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Sparse: TypeAlias = sp.csr_matrix


@dataclass(frozen=True, kw_only=True)
class TermIndex:
    """Term counts of texts, and what the texts say about each term."""

    vocabulary: dict[str, int]
    counts: Sparse  # (texts, terms)

    @cached_property
    def idf(self) -> Floats:
        """`inverse_frequency` of the terms (terms,)."""
        return inverse_frequency(self.counts)

    def query(self, terms: Iterable[Sequence[str]]) -> Sparse:
        """Counts (queries, terms) of other texts; a term that no indexed text holds is dropped."""
        known = ([self.vocabulary[t] for t in text if t in self.vocabulary] for text in terms)
        return _counts(known, len(self.vocabulary))


def index_terms(texts: Iterable[Sequence[str]]) -> TermIndex:
    """Index tokenised `texts`."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__  # a new term takes the next number
    counts = _counts((map(numbers.__getitem__, text) for text in texts), None)
    counts.resize((counts.shape[0], len(numbers)))
    return TermIndex(vocabulary=dict(numbers), counts=counts)


def regrouped(index: TermIndex, groups: NDArray[np.int64], size: int) -> TermIndex:
    """The index of longer texts: text i of `index` becomes a part of text `groups[i]` of `size`."""
    ones = np.ones(len(groups), np.float32)
    parts = sp.csr_matrix((ones, (groups, np.arange(len(groups)))), (size, len(groups)))
    counts = sp.csr_matrix(parts @ index.counts)
    return TermIndex(vocabulary=index.vocabulary, counts=counts)


def inverse_frequency(counts: Sparse) -> Floats:
    """ln(1 + (n - df + .5) / (df + .5)) of each term (terms,), never negative.

    As in Lucene, after Robertson & Zaragoza 2009.
    """
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    odds = (counts.shape[0] - frequency + 0.5) / (frequency + 0.5)
    return np.asarray(np.log1p(odds), np.float32)


def bm25_weights(counts: Sparse, *, k1: float = 0.9, b: float = 0.4) -> Sparse:
    """BM25 weight (texts, terms) of every counted term; a query's score is `weights @ query.T`.

    k1 and b as in Anserini's passage defaults (Yang et al. 2018).
    """
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    relative = lengths / max(float(lengths.mean()), 1.0) if lengths.size else lengths
    norm = np.repeat(k1 * (1 - b + b * relative), np.diff(counts.indptr)).astype(np.float32)
    weights = (
        counts.data * (k1 + 1) / (counts.data + norm) * inverse_frequency(counts)[counts.indices]
    )
    return sp.csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)


def tf_idf(index: TermIndex, counts: Sparse) -> Sparse:
    """L2-normalised (1 + ln tf) · idf rows (texts, terms) of `counts` in the terms of `index`."""
    weights = (1 + np.log(counts.data)) * index.idf[counts.indices]
    rows = sp.csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sp.csr_matrix(sp.diags(1 / np.maximum(norms, 1e-9)) @ rows).astype(np.float32)


def _counts(texts: Iterable[Iterable[int]], terms: int | None) -> Sparse:
    columns = array("i")  # four bytes a token: a pool has tens of millions
    ends = array("q", [0])
    for text in texts:
        columns.extend(text)
        ends.append(len(columns))
    places = np.frombuffer(columns, np.int32) if columns else np.zeros(0, np.int32)
    width = terms if terms is not None else int(places.max(initial=-1)) + 1
    ones = np.ones(len(columns), np.float32)
    shape = (len(ends) - 1, width)
    matrix = sp.csr_matrix((ones, places, np.frombuffer(ends, np.int64)), shape, copy=True)
    matrix.sum_duplicates()
    return matrix
