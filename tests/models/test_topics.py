import numpy as np

from models.bm25 import index_terms
from models.topics import fit_topics, windows

TERMS = 150


def passages(*words: str):
    return index_terms([word] * TERMS for word in words)


def windows_of(words: str, owner: list[int], sections: list[int]) -> list[str]:
    found = windows(passages(*words), np.array(owner), np.array(sections))
    names = list(found.vocabulary)
    return ["".join(sorted(names[term] for term in row.indices)) for row in found.counts]


def test_a_window_of_200_terms_lies_around_each_passage() -> None:
    assert windows_of("abcd", [0, 0, 0, 0], [0, 0, 0, 0]) == ["ab", "abc", "bcd", "cd"]


def test_a_window_ends_where_its_cv_does() -> None:
    assert windows_of("abcd", [0, 0, 1, 1], [0, 0, 0, 0]) == ["ab", "ab", "cd", "cd"]


def test_sections_are_read_in_their_usual_order() -> None:
    moved = windows_of("cabd", [0, 0, 0, 0], [2, 0, 1, 3])

    assert moved == windows_of("abcd", [0, 0, 0, 0], [0, 1, 2, 3])


def test_many_passages_are_drawn_evenly(monkeypatch) -> None:
    monkeypatch.setattr("models.topics._MOST_WINDOWS", 2)

    assert windows_of("abcd", [0, 0, 0, 0], [0, 0, 0, 0]) == ["ab", "bcd"]


def test_an_empty_pool_has_topics_without_meaning() -> None:
    empty = index_terms([])
    space = fit_topics(windows(empty, np.zeros(0, np.int64), np.zeros(0, np.int64)))

    assert space.place(empty.counts).shape[0] == 0
