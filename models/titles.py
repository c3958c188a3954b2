"""Match titles and skills with one another, within a language and across languages."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from data.errors import InputError
from data.text.language import detect_language
from models.encoder import Encoder
from models.lexicon.stems import fold
from models.lexicon.words import load_lexicon

Scores = NDArray[np.float32]

# Weights of the views of a pair, in standard deviations of a query's scores over the corpus.
LEXICAL = 0.5  # same language: character n-grams beside the dense view
GLOSSED_DENSE = 1.0  # across languages: the English glosses, encoded
GLOSSED_LEXICAL = 0.7  # across languages: character n-grams of the English glosses

_GENDER = re.compile(r"[(\[]?\b(?:[hfmvwxdn]\s?[/|-]\s?)+[hfmvwxdn]\b[)\]]?", re.IGNORECASE)
_REFERENCE_ENTRIES = 200


def clean_title(title: str) -> str:
    """Take the mark of open gender, such as (h/f/x) or (m/w/d), out of a title."""
    return " ".join(_GENDER.sub(" ", title).split())


class TitleMatcher:
    """Scores of queries against a corpus of titles or skills that is prepared once.

    Each view of a pair (dense similarity of centred vectors, character n-gram TF-IDF) is put in
    standard deviations over the corpus and added.  Where the two sides differ in language, the
    views are also taken on their English glosses.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._centroids: dict[str, Scores] = {}

    def fit(self, corpus: Sequence[str], language: str | None = None) -> "TitleMatcher":
        """Prepare ``corpus``; ``language`` is found from its texts unless given."""
        self._corpus = [clean_title(text) for text in corpus]
        self.language = language or detect_language("\n".join(self._corpus))
        self._dense = self._encode(self._corpus, self.language)
        self._ngrams = _Ngrams(self._corpus)
        self._glossed: tuple[Scores, _Ngrams] | None = None
        return self

    def scores(self, queries: Sequence[str], language: str | None = None) -> Scores:
        """Return how well each query means each corpus text: (queries, corpus), unbounded."""
        texts = [clean_title(text) for text in queries]
        language = language or detect_language("\n".join(texts))
        scores = _standardise(self._encode(texts, language) @ self._dense.T)
        if language == self.language:
            return scores + LEXICAL * _standardise(self._ngrams.similarity(texts))
        dense, ngrams = self._gloss_corpus()
        glosses = _gloss(texts, language)
        scores += GLOSSED_DENSE * _standardise(self._encode(glosses, "en") @ dense.T)
        return scores + GLOSSED_LEXICAL * _standardise(ngrams.similarity(glosses))

    def _gloss_corpus(self) -> tuple[Scores, "_Ngrams"]:
        if self.language == "en":
            return self._dense, self._ngrams
        if self._glossed is None:
            glosses = _gloss(self._corpus, self.language)
            self._glossed = self._encode(glosses, "en"), _Ngrams(glosses)
        return self._glossed

    def _encode(self, texts: Sequence[str], language: str) -> Scores:
        unique = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        vectors = self._encoder.encode(list(unique), kind="query") - self._centroid(language)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
        return vectors[[unique[text] for text in texts]]

    def _centroid(self, language: str) -> Scores:
        # A fixed set of texts, the same meanings in each language: a score never depends on
        # what else is asked.
        if language not in self._centroids:
            entries = load_lexicon().entries
            step = max(1, len(entries) // _REFERENCE_ENTRIES)
            texts = [entry.terms[language][0] for entry in entries[::step]]
            centroid = self._encoder.encode(texts, kind="query").mean(axis=0)
            self._centroids[language] = centroid.astype(np.float32)
        return self._centroids[language]


class _Ngrams:
    """TF-IDF of the character n-grams inside the words of a corpus."""

    def __init__(self, corpus: Sequence[str]) -> None:
        self._vectoriser = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(2, 5),
            sublinear_tf=True,
            preprocessor=fold,
            dtype=np.float32,
        )
        self._corpus = self._vectoriser.fit_transform(corpus)

    def similarity(self, texts: Sequence[str]) -> Scores:
        product = self._vectoriser.transform(texts) @ self._corpus.T
        return np.asarray(product.toarray(), dtype=np.float32)


def _gloss(texts: Sequence[str], language: str) -> list[str]:
    if language == "en":
        return list(texts)
    lexicon = load_lexicon()
    return [lexicon.translate(text, language, "en") for text in texts]


def _standardise(scores: Scores) -> Scores:
    centred = scores - scores.mean(axis=1, keepdims=True)
    return np.asarray(centred / scores.std(axis=1, keepdims=True).clip(1e-9), dtype=np.float32)


def link(queries: Sequence[str], corpus: Sequence[str], encoder: Encoder) -> Scores:
    """Score every query against every corpus text: (queries, corpus), higher is closer."""
    return TitleMatcher(encoder).fit(corpus).scores(queries)


def link_files(queries: Path, corpus: Path, scores: Path, encoder: Encoder) -> None:
    """Link two files of ``id<TAB>text`` lines and save the matrix of scores as ``.npy``.

    Raises:
        InputError: a file holds no text, or a line has no tab.
    """
    np.save(scores, link(_read_texts(queries), _read_texts(corpus), encoder))


def _read_texts(path: Path) -> list[str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [line.split("\t") for line in lines]
    wrong = next((number for number, row in enumerate(rows, 1) if len(row) < 2), None)
    if wrong is not None or not rows:
        came = "an empty file" if not rows else f"no tab in line {wrong}"
        raise InputError(
            f"{path} must hold lines of an id, a tab and a text; got {came}. "
            "Write one `id<TAB>text` line per title or skill."
        )
    return [row[1] for row in rows]
