from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from data.errors import InputError
from models.titles import TitleMatcher, clean_title, link, link_files, text_languages


class WordEncoder:
    """Each word has its own direction, so that texts are alike as far as they share words."""

    id = "words"
    dimension = 64

    def encode(
        self, texts: Sequence[str], *, kind: Literal["query", "passage"]
    ) -> NDArray[np.float32]:
        rows = [
            sum((self._word(word) for word in text.lower().split()), start=np.zeros(64))
            for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)

    def _word(self, word: str) -> NDArray[np.float64]:
        return np.random.default_rng(crc32(word.encode())).standard_normal(64)


CORPUS = ["Financial director", "Nurse", "Carpenter", "Purchasing manager", "Train driver"]


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Boucher (h/f/x)", "Boucher"),
        ("Einkäufer m/w/d", "Einkäufer"),
        ("Verpleegkundige (M / V / X)", "Verpleegkundige"),
        ("Head of R&D", "Head of R&D"),
        ("AP / AR accountant", "AP / AR accountant"),
        ("Vendeur / Vendeuse", "Vendeur"),
        ("infirmier/infirmière de nuit", "infirmier de nuit"),
        ("Agent commercial / Agente commerciale en gros", "Agent commercial en gros"),
        ("Lehrer/Lehrerin", "Lehrer"),
    ],
)
def test_the_mark_of_open_gender_is_taken_out(title: str, clean: str) -> None:
    assert clean_title(title) == clean


def test_a_title_finds_itself() -> None:
    scores = link(CORPUS, CORPUS, WordEncoder())

    assert scores.shape == (len(CORPUS), len(CORPUS))
    assert scores.argmax(axis=1).tolist() == list(range(len(CORPUS)))


def test_titles_meet_across_languages_by_their_glosses() -> None:
    queries = ["Infirmière (h/f/x)", "Charpentier", "Directeur financier", "Conducteur de train"]

    best = link(queries, CORPUS, WordEncoder()).argmax(axis=1)

    assert [CORPUS[place] for place in best] == [
        "Nurse",
        "Carpenter",
        "Financial director",
        "Train driver",
    ]


def test_a_misspelt_title_is_found_by_its_letters() -> None:
    best = link(["Carpentr"], CORPUS, WordEncoder()).argmax(axis=1)

    assert CORPUS[best[0]] == "Carpenter"


def test_a_query_scores_the_same_beside_others() -> None:
    matcher = TitleMatcher(WordEncoder()).fit(CORPUS)

    alone, beside = matcher.scores(["Nurse"]), matcher.scores(["Carpenter", "Nurse"])

    np.testing.assert_allclose(alone[0], beside[1], atol=1e-5)


@pytest.mark.parametrize(("queries", "corpus"), [([], CORPUS), (["Nurse"], []), (["Nurse"], [""])])
def test_nothing_to_match_scores_nothing(queries: list[str], corpus: list[str]) -> None:
    scores = link(queries, corpus, WordEncoder())

    assert scores.shape == (len(queries), len(corpus))
    assert not scores.any()


def test_pooled_scores_lower_a_corpus_text_that_every_query_is_near_to() -> None:
    queries = ["Nurse manager", "Sales manager", "Train manager", "Plant manager"]
    corpus = ["manager", *CORPUS]

    plain = TitleMatcher(WordEncoder()).fit(corpus).scores(queries)
    pooled = TitleMatcher(WordEncoder(), pooled=True).fit(corpus).scores(queries)

    def advantage(scores: NDArray[np.float32]) -> float:
        return float(scores[:, 0].mean() - scores[:, 1:].mean())

    assert advantage(pooled) < advantage(plain)


def test_each_text_of_a_mixed_list_has_its_language() -> None:
    titles = [
        "Head of purchasing and logistics",
        "Financial controller of a hospital group",
        "Directeur des ressources humaines",
        "Aankoopverantwoordelijke",
        "Sales manager for the north",
    ]

    assert text_languages(titles) == ["en", "en", "fr", "nl", "en"]


def test_link_files_saves_scores_in_file_order(tmp_path: Path) -> None:
    queries, corpus, scores = (tmp_path / name for name in ("q.tsv", "c.tsv", "s.npy"))
    queries.write_text("q1\tNurse\n", encoding="utf-8")
    corpus.write_text("".join(f"c{i}\t{text}\n" for i, text in enumerate(CORPUS)), encoding="utf-8")

    link_files(queries, corpus, scores, WordEncoder())

    assert np.load(scores).argmax(axis=1).tolist() == [CORPUS.index("Nurse")]


@pytest.mark.parametrize("content", ["", "no tab here\n"])
def test_a_file_without_id_and_text_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "q.tsv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match="an id, a tab and a text"):
        link_files(path, path, tmp_path / "s.npy", WordEncoder())
