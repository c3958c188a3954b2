"""Match titles and skills with one another, within a language and across languages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from data.errors import InputError
from data.schema.words import LANGUAGES
from data.text.language import detect_language
from models.encoder import Encoder
from models.gender import without_marks
from models.lexicon.adapter import load_adapter, unit
from models.lexicon.stems import fold, stems
from models.lexicon.words import load_lexicon

Floats = NDArray[np.float32]

# What each view of a pair adds to the dense similarity of the texts themselves.
GLOSSED_DENSE = 0.7
NGRAMS = 0.1
GLOSSED_NGRAMS = 0.2

_PRIOR = 20  # texts that the reference centroid of a language counts for
_NEIGHBOURS = 10  # queries by which a hub among the corpus is recognised
_HUBNESS = 0.5
_BLOCK = 256  # queries scored at a time


def clean_title(title: str) -> str:
    """Take marks of gender out of a title: (h/f/x), and the second form of `vendeur / vendeuse`."""
    left, *others = re.split(" ?/ ?", " ".join(without_marks(title).split()))
    for right in others:
        left = _join_forms(left.split(), right.split())
    return left


def _join_forms(left: list[str], right: list[str]) -> str:
    for words in range(1, min(len(left), len(right)) + 1):
        ending, form = left[-words:], right[:words]
        for language in ("fr", "nl", "de"):
            if stems(" ".join(ending), language) == stems(" ".join(form), language):
                return " ".join([*left, *right[words:]])
    return f"{' '.join(left)} / {' '.join(right)}"


def text_languages(texts: Sequence[str]) -> list[str]:
    """Tell the language of each short text: that of most, unless its words are another's.

    A title of two words is too short for a language detector, a list of titles is not.
    """
    most = detect_language("\n".join(texts))
    lexicon = load_lexicon()
    found = []
    for text in texts:
        known = lexicon.coverage(text, most)
        best = (
            max(LANGUAGES, key=lambda other: lexicon.coverage(text, other)) if not known else most
        )
        found.append(best if lexicon.coverage(text, best) == 1 else most)
    return found


@dataclass(frozen=True, kw_only=True)
class _Side:
    """Texts of one side with their English glosses, both as texts and as vectors (n, d)."""

    texts: list[str]
    glosses: list[str]
    own: Floats
    glossed: Floats


class TitleMatcher:
    """Scores of queries against a corpus of titles or skills that is prepared once.

    A pair is seen in four views that add up: dense similarity and character n-gram TF-IDF, of the
    texts themselves and of their English glosses (an English text is its own gloss).  Vectors are
    centred per language and go through the map learnt from the lexicon.

    With ``pooled`` the two sides' own texts correct the centroids and the hubs (corpus texts close
    to everything): better for two complete lists, but a score then depends on the other queries.
    """

    def __init__(self, encoder: Encoder, *, pooled: bool = False) -> None:
        self._encoder = encoder
        self._pooled = pooled
        self._adapter: Mapping[str, Floats] = load_adapter(encoder)

    def fit(self, corpus: Sequence[str]) -> "TitleMatcher":
        """Prepare the texts that queries are compared with."""
        self._corpus = self._side(corpus)
        self._ngrams = _Ngrams(self._corpus.texts)
        english = self._corpus.glosses == self._corpus.texts
        self._gloss_ngrams = self._ngrams if english else _Ngrams(self._corpus.glosses)
        return self

    def scores(self, queries: Sequence[str]) -> Floats:
        """Return how close each query is to each corpus text: (queries, corpus), unbounded."""
        side = self._side(queries)
        scores = np.empty((len(queries), len(self._corpus.texts)), dtype=np.float32)
        for start in range(0, len(queries), _BLOCK):
            rows = slice(start, start + _BLOCK)
            scores[rows] = side.own[rows] @ self._corpus.own.T
            scores[rows] += GLOSSED_DENSE * (side.glossed[rows] @ self._corpus.glossed.T)
            scores[rows] += NGRAMS * self._ngrams.similarity(side.texts[rows])
            scores[rows] += GLOSSED_NGRAMS * self._gloss_ngrams.similarity(side.glosses[rows])
        return _without_hubs(scores) if self._pooled else scores

    def _side(self, raw: Sequence[str]) -> _Side:
        texts = [clean_title(text) for text in raw]
        languages, lexicon = text_languages(texts), load_lexicon()
        glosses = [
            text if language == "en" else lexicon.translate(text, language, "en")
            for text, language in zip(texts, languages, strict=True)
        ]
        unique = {text: place for place, text in enumerate(dict.fromkeys([*texts, *glosses]))}
        vectors = self._encoder.encode(list(unique), kind="query")
        own = vectors[[unique[text] for text in texts]]
        glossed = vectors[[unique[text] for text in glosses]]
        of = np.array(languages)
        return _Side(
            texts=texts,
            glosses=glosses,
            own=self._adapt(own, of, {language: language for language in LANGUAGES}),
            glossed=self._adapt(glossed, of, dict.fromkeys(LANGUAGES, "en")),
        )

    def _adapt(
        self, vectors: Floats, languages: NDArray[np.str_], into: Mapping[str, str]
    ) -> Floats:
        centred = np.empty_like(vectors)
        for language in np.unique(languages):
            rows = languages == language
            centroid = self._adapter.get(f"centroid_{into[str(language)]}", np.float32(0))
            if self._pooled:
                total = vectors[rows].sum(axis=0) + _PRIOR * centroid
                centroid = total / (rows.sum() + _PRIOR)
            centred[rows] = vectors[rows] - centroid
        centred = unit(centred)
        return unit(centred @ self._adapter["map"]) if self._adapter else centred


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

    def similarity(self, texts: Sequence[str]) -> Floats:
        product = self._vectoriser.transform(texts) @ self._corpus.T
        return np.asarray(product.toarray(), dtype=np.float32)


def _without_hubs(scores: Floats) -> Floats:
    # Cross-domain similarity local scaling (Conneau et al. 2018), of the corpus side.
    nearest = min(_NEIGHBOURS, len(scores))
    hubness = np.empty(scores.shape[1], dtype=np.float32)
    for start in range(0, hubness.size, _BLOCK):
        columns = slice(start, start + _BLOCK)
        hubness[columns] = np.partition(scores[:, columns], -nearest, axis=0)[-nearest:].mean(0)
    # A single query's best is no hub: the correction grows with the number of queries.
    scores -= _HUBNESS * len(scores) / (len(scores) + _NEIGHBOURS) * hubness
    return scores


def link(queries: Sequence[str], corpus: Sequence[str], encoder: Encoder) -> Floats:
    """Score queries against corpus texts: (queries, corpus), higher is closer.

    A query's scores do not depend on the other queries.
    """
    if not queries or not any(text.strip() for text in corpus):
        return np.zeros((len(queries), len(corpus)), dtype=np.float32)
    return TitleMatcher(encoder).fit(corpus).scores(queries)


def link_files(queries: Path, corpus: Path, scores: Path, encoder: Encoder) -> None:
    """Link two files of ``id<TAB>text`` lines and save the matrix of scores as ``.npy``.

    The two lists are taken as complete: each corrects its own centroids and hubs.

    Raises:
        InputError: a file holds no text, or a line has no tab.
    """
    matcher = TitleMatcher(encoder, pooled=True).fit(_read_texts(corpus))
    np.save(scores, matcher.scores(_read_texts(queries)))


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
