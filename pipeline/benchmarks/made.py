"""Pools and briefs of made words and vectors: any size at once, for what a size costs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.schema import Candidates
from models.encoder import Kind
from models.matching import Asked
from models.pool import Ints, Pool, Vectors
from models.titles import link

AS_OF = date(2026, 11, 22)
PASSAGES, WORDS, ROLES, REQUIREMENTS, DIMENSION = 15, 35, 4, 8, 384
_VOCABULARY, _TITLES = 40_000, 5_000
_SYLLABLES = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u")]
_BLOCK = 100_000


class HalfVectors:
    """Vectors in half precision in a file, read as they are asked for, as a night's are.

    The same hundred thousand again and again: what they hold costs nothing.
    """

    def __init__(self, file: Path, size: int, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self._rows = np.lib.format.open_memmap(file, "w+", np.float16, (size, DIMENSION))
        block = unit(random.standard_normal((min(_BLOCK, size), DIMENSION), np.float32))
        for first in range(0, size, _BLOCK):
            self._rows[first : first + _BLOCK] = block[: size - first]

    def __getitem__(self, rows: Ints, /) -> NDArray[np.float32]:
        """The vectors (n, d) of these rows."""
        return self._rows[rows].astype(np.float32)


class MadeEncoder:
    """Random vectors: what linking titles costs besides embedding them."""

    id = "made"
    dimension = DIMENSION

    def encode(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """One row a text."""
        random = np.random.default_rng(len(texts))
        return unit(random.standard_normal((len(texts), DIMENSION), np.float32))


def made_pool(candidates: int, vectors: Vectors, seed: int = 0) -> Pool:
    """A pool of `candidates` with 15 passages and four roles each; words as often as in speech."""
    random = np.random.default_rng(seed)
    ids = np.array([f"C{number:07}" for number in range(candidates)])
    passages = candidates * PASSAGES
    texts = made_texts(passages, WORDS, random)
    lengths = np.array([len(text) for text in texts]).reshape(candidates, PASSAGES)
    starts = np.cumsum(lengths + 1, axis=1) - lengths - 1
    whole = [" ".join(texts[i : i + PASSAGES]) for i in range(0, passages, PASSAGES)]
    languages = np.array(["en", "fr", "nl", "de"])[random.integers(0, 4, candidates)]
    titles = np.array(made_texts(_TITLES, 3, random))
    began = np.array("2005-01-01", np.datetime64) + random.integers(0, 6000, candidates * ROLES)
    roles = {
        "candidate_id": np.repeat(ids, ROLES),
        "experience": np.tile(np.arange(ROLES), candidates),
        "title": titles[random.integers(0, _TITLES, candidates * ROLES)],
        "start": began,
        "end": began + random.integers(100, 1500, candidates * ROLES),
    }
    return Pool(
        as_of=AS_OF,
        candidates=pl.concat(
            [Candidates.create_empty(), pl.DataFrame({"candidate_id": ids})], how="diagonal"
        ),
        documents=pl.DataFrame({"candidate_id": ids, "language": languages, "text": whole}),
        passages=pl.DataFrame(
            {
                "candidate_id": np.repeat(ids, PASSAGES),
                "passage": np.tile(np.arange(PASSAGES), candidates),
                "section": "experience",
                "text": texts,
                "start_char": starts.ravel(),
                "end_char": (starts + lengths).ravel(),
            }
        ).with_columns(start=pl.lit(None, pl.Date), end=pl.lit(None, pl.Date)),
        vectors=vectors,
        experiences=pl.DataFrame(roles),
    )


def made_asked(briefs: int, seed: int = 1) -> Asked:
    """As many briefs with eight requirements each."""
    random = np.random.default_rng(seed)
    ids = [f"B{number:05}" for number in range(briefs)]
    size = briefs * REQUIREMENTS
    return Asked(
        briefs=pl.DataFrame({"brief_id": ids, "title": made_texts(briefs, 3, random)}),
        requirements=pl.DataFrame(
            {
                "brief_id": np.repeat(ids, REQUIREMENTS),
                "requirement": np.tile(np.arange(REQUIREMENTS), briefs),
                "tier": "must",
                "text": made_texts(size, 6, random),
                "language": "en",
            }
        ),
        vectors=unit(random.standard_normal((size, DIMENSION), np.float32)),
        demand=pl.DataFrame(
            schema={"brief_id": pl.String, "dimension": pl.String, "demand": pl.Float64}
        ),
        link=lambda queries, corpus: link(queries, corpus, MadeEncoder()),
    )


def made_texts(count: int, words: int, random: np.random.Generator) -> list[str]:
    """Texts of `words` words whose frequencies follow Zipf's law."""
    syllables = np.array(_SYLLABLES)
    parts = np.random.default_rng(0).integers(0, len(syllables), (_VOCABULARY, 3))
    vocabulary = np.array(["".join(syllables[row]) for row in parts])
    share = 1 / np.arange(1, _VOCABULARY + 1)
    drawn = random.choice(_VOCABULARY, (count, words), p=share / share.sum())
    return [" ".join(row) for row in vocabulary[drawn]]


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row divided by its length."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)
