"""How well each requirement is met by the best passages of each CV, in blocks of exact products."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.bm25 import Floats

TOP = 3  # passages that a requirement is averaged over, so that repeating one does not pay
_BLOCK = 2_000  # passages a product (measured: 1.12 times the bare product)
_LEAST_ROWS = 8  # a product with a one-row remainder takes another path in BLAS, and other digits


def top_means(
    fetch: Callable[[NDArray[np.int64]], Floats],
    starts: NDArray[np.int64],
    counts: NDArray[np.int64],
    queries: Floats,
    *,
    top: int = TOP,
    block: int = _BLOCK,
) -> Floats:
    """Mean similarity (candidates, queries) of the `top` passages nearest to each query.

    `fetch` gives the vectors (rows, d) of passages; candidate i owns `counts[i]` of them
    from `starts[i]` on; `queries` (queries, d). Candidates with as many passages are reduced
    together; one with fewer than `top` is averaged over those it has, one without any gets 0.
    """
    result = np.zeros((len(starts), len(queries)), np.float32)
    for count in np.unique(counts[counts > 0]):
        same = np.flatnonzero(counts == count)
        step = max(1, block // int(count))
        for first in range(0, len(same), step):
            chunk = same[first : first + step]
            rows = starts[chunk][:, None] + np.arange(count)  # (chunk, count)
            near = _product(fetch(rows.ravel()), queries).reshape(len(chunk), count, -1)
            result[chunk] = _mean_of_largest(near, min(top, int(count)))
    return result


def _product(rows: Floats, queries: Floats) -> Floats:
    missing = _LEAST_ROWS - len(rows)
    block = rows
    if missing > 0:
        block = np.concatenate([rows, np.zeros((missing, rows.shape[1]), np.float32)])
    return np.asarray((block @ queries.T)[: len(rows)], np.float32)


def _mean_of_largest(values: Floats, top: int) -> Floats:
    if top < values.shape[1]:
        values = np.partition(values, values.shape[1] - top, axis=1)[:, -top:]
    return np.asarray(np.sort(values, axis=1).mean(axis=1), np.float32)
