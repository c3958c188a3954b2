"""Passages that repeat a brief say what it asks, not what somebody did: they count for nothing."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.bm25 import Sparse, TermIndex
from models.terms import query_terms
from models.tokens import tokenise

Ints = NDArray[np.int64]
Echoes = Mapping[int, Ints]
"""Candidates (places) with passages that repeat a brief, and the passages (places) they keep."""

MOST = 0.5  # share of a passage's different terms that the brief uses too, from which it repeats
LEAST = 10  # and how many these are at least; both: 1 in 90,000 passages of real CVs and a brief
STREWN = 0.4  # share of a brief's different terms that a CV uses, from which they were strewn
FEWEST = 35  # and how many these are at least; both: none of 30,000 pairs of a real CV and a brief
_BESIDE = (0.25, 3)  # the same beside such a passage: the edges of what was pasted


def repeating_passages(
    index: TermIndex, owner: Ints, texts: Sequence[str], language: str, spoken: Sequence[str]
) -> Ints:
    """The rows of `index` (passages, each of candidate `owner`) that repeat the brief `texts`.

    Order and number of the words do not matter, so that lists of keywords are found like pasted
    sentences. `spoken` are the languages of the CVs.
    """
    asked, text = np.zeros(len(index.vocabulary), np.bool_), " ".join(texts)
    for target in spoken:
        terms = {*tokenise(text, target), *query_terms(text, language, target)}
        asked[[index.vocabulary[term] for term in terms & index.vocabulary.keys()]] = True
    hits, sizes = _hits(index.counts, asked), np.diff(index.counts.indptr)
    repeating = (hits >= LEAST) & (hits >= MOST * sizes)
    if not repeating.any():
        return np.zeros(0, np.int64)
    same = owner[1:] == owner[:-1]
    near = np.zeros_like(repeating)
    near[1:] |= repeating[:-1] & same
    near[:-1] |= repeating[1:] & same
    edges = near & (hits >= _BESIDE[1]) & (hits >= _BESIDE[0] * sizes)
    return np.flatnonzero(repeating | edges)


def strewn_terms(
    index: TermIndex, holders: Sparse, texts: Sequence[str], language: str, target: str
) -> NDArray[np.bool_]:
    """Whether each CV (candidates,), if it is in `target`, uses more of a brief than anybody does.

    Half the wording of a long brief stands in no honest CV, however spread over it; told in the
    brief's own language or in that of the CV. `holders` (terms, candidates): which CV uses which.
    """
    found, text = np.zeros(holders.shape[1], np.bool_), " ".join(texts)
    for terms in (set(tokenise(text, target)), set(query_terms(text, language, target))):
        known = [index.vocabulary[term] for term in terms & index.vocabulary.keys()]
        hits = np.bincount(holders[known].indices, minlength=holders.shape[1])
        found |= (hits >= FEWEST) & (hits >= STREWN * len(terms))
    return found


def laid_out(echoes: Echoes) -> tuple[Ints, Ints, Ints]:
    """The passages kept, one candidate's after another's; where each begins, and how many."""
    counts = np.array([kept.size for kept in echoes.values()], np.int64)
    kept = np.concatenate([np.zeros(0, np.int64), *echoes.values()])
    return kept, np.cumsum(counts) - counts, counts


def kept_passages(repeating: Ints, bounds: Ints) -> Echoes:
    """The candidates who own `repeating` passages; candidate i owns bounds[i] to bounds[i + 1]."""
    owners = np.unique(np.searchsorted(bounds, repeating, side="right") - 1)
    return {
        int(place): np.setdiff1d(np.arange(*bounds[place : place + 2]), repeating)
        for place in owners
    }


def _hits(terms: Sparse, asked: NDArray[np.bool_]) -> Ints:
    """Number (passages,) of the different terms of every passage that are asked."""
    found = np.zeros(terms.nnz + 1, np.int32)
    np.cumsum(asked[terms.indices], out=found[1:])
    return np.asarray(found[terms.indptr[1:]] - found[terms.indptr[:-1]], np.int64)
