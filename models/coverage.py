"""How well each requirement is met by the best passages of each CV, in blocks of exact products."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.bm25 import Floats

TOP = 3  # passages that a requirement is averaged over, so that repeating one does not pay
_BLOCK = 2_000  # passages a product (measured: 1.08 to 1.12 times the bare product)
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
    most = max(block, int(counts.max(initial=0)), _LEAST_ROWS)
    near = np.empty((most, len(queries)), np.float32)  # written again for every block
    for count in np.unique(counts[counts > 0]):
        same = np.flatnonzero(counts == count)
        step = max(1, block // int(count))
        for first in range(0, len(same), step):
            chunk = same[first : first + step]
            # The first passages of all, then the second ones: whole rows are compared, not columns.
            rows = starts[chunk] + np.arange(count)[:, None]  # (count, chunk)
            _product(fetch(rows.ravel()), queries, near)
            ranks = near[: rows.size].reshape(int(count), len(chunk), -1)
            result[chunk] = _mean_of_largest(ranks, top)
    return result


def _product(rows: Floats, queries: Floats, out: Floats) -> None:
    missing = _LEAST_ROWS - len(rows)
    if missing > 0:
        rows = np.concatenate([rows, np.zeros((missing, rows.shape[1]), np.float32)])
    np.matmul(rows, queries.T, out=out[: len(rows)])


def _mean_of_largest(values: Floats, top: int) -> Floats:
    """Mean of the `top` largest along the first axis, by an insertion into the best so far."""
    best: list[Floats] = [values[0].copy()]
    for row in values[1:]:
        beaten: Floats = row
        for held in best:
            lower = np.minimum(held, beaten)
            np.maximum(held, beaten, out=held)
            beaten = lower
        if len(best) < top:
            best.append(beaten)
    total: Floats = best.pop()
    while best:  # from the smallest up, as a sum of sorted values
        total += best.pop()
    total /= np.float32(min(top, len(values)))
    return total
