"""Wording of a sentence as sparse numbers: how things are said, which a topic vector blurs."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from data.text.clean import fold

_WORD = re.compile(r"\w+")
BUCKETS = 2**14
WIDTH = 2 * BUCKETS


def lexical_features(texts: Sequence[str]) -> csr_matrix:
    """Return hashed word 1-2-grams beside character 3-5-grams: (texts, WIDTH), halves of length 1.

    Hashed, so that nothing but the weights has to be kept. Digits become 0: that a figure is told
    matters, not which.
    """
    folded = [_plain(text) for text in texts]
    words = HashingVectorizer(
        tokenizer=_words,
        token_pattern=None,
        ngram_range=(1, 2),
        n_features=BUCKETS,
        lowercase=False,
    )
    characters = HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), n_features=BUCKETS, lowercase=False
    )
    return csr_matrix(hstack([words.transform(folded), characters.transform(folded)]))


def wording(texts: Sequence[str], weights: NDArray[np.float32], bias: float) -> NDArray[np.float64]:
    """Return the log-odds that the wording alone gives: (texts,)."""
    scores = lexical_features(texts) @ weights.astype(np.float64)
    return np.asarray(scores, dtype=np.float64) + bias


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _plain(text: str) -> str:
    return "".join("0" if character.isdigit() else character for character in fold(text))
