"""Find CVs that tell the same: one person sent twice, or a CV with a new date on top."""

import re
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.text.clean import fold

_SHINGLE: Final = 5  # words
_BINS: Final = 64
_BANDS: Final = 16
_ALIKE: Final = 0.8  # Jaccard similarity of the shingles, as the sketch estimates it
_WORD: Final = re.compile(r"\w+")
_EMPTY: Final = np.uint64(2**64 - 1)


def find_duplicates(documents: pl.DataFrame) -> pl.DataFrame:
    """Return `(candidate_id, same_as)`: candidates whose CV repeats that of an earlier row.

    `same_as` is the first row of the group, so sort `documents` (`candidate_id`, `text`) by what
    should be kept. Alike are texts whose sets of five-word shingles overlap by 80 %, estimated by
    one-permutation minhash (Li, Owen & Zhang, NIPS 2012) with 64 bins; the same words give the
    same sketch.
    """
    ids = documents["candidate_id"].to_list()
    first = _groups([_sketch(text) for text in documents["text"]])
    pairs = [(ids[i], ids[f]) for i, f in enumerate(first) if f != i]
    return pl.DataFrame(
        pairs, schema={"candidate_id": pl.String, "same_as": pl.String}, orient="row"
    )


def _sketch(text: str) -> NDArray[np.uint64]:
    """Smallest shingle hash in each of the bins."""
    words = [zlib.crc32(w.encode()) for w in _WORD.findall(fold(text))]
    hashes = np.array([0] * max(0, _SHINGLE - len(words)) + words, dtype=np.uint64)
    count = len(hashes) - _SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for i in range(_SHINGLE):  # polynomial hash, then the mixer of splitmix64
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[i : i + count]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    sketch = np.full(_BINS, _EMPTY, dtype=np.uint64)
    np.minimum.at(sketch, (mixed % np.uint64(_BINS)).astype(np.int64), mixed)
    return sketch


def _groups(sketches: Sequence[NDArray[np.uint64]]) -> list[int]:
    """For each row the first row that it is alike to, or itself."""
    first = list(range(len(sketches)))
    width = _BINS // _BANDS
    for band in range(_BANDS):
        seen: dict[bytes, list[int]] = {}
        for i, sketch in enumerate(sketches):
            part = sketch[band * width : (band + 1) * width]
            if (part == _EMPTY).all():
                continue
            earlier = seen.setdefault(part.tobytes(), [])
            match = _first_alike(sketches, i, earlier)
            if match is None:
                earlier.append(i)
            else:
                first[i] = min(first[i], first[match])
    for i in range(len(first)):  # earlier rows are settled by now
        first[i] = first[first[i]]
    return first


def _first_alike(
    sketches: Sequence[NDArray[np.uint64]], row: int, candidates: Sequence[int]
) -> int | None:
    for other in candidates:
        filled = (sketches[row] != _EMPTY) | (sketches[other] != _EMPTY)
        if np.mean(sketches[row][filled] == sketches[other][filled]) >= _ALIKE:
            return other
    return None
