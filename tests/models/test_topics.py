import numpy as np

from models.bm25 import index_terms
from models.topics import fit_topics, windows

TERMS = 150


def passages(*words: str):
    return index_terms([word] * TERMS for word in words)


def windows_of(words: str, owner: list[int], sections: list[int], silent=()) -> list[str]:
    rows = np.array(silent, np.int64)
    found = windows(passages(*words), np.array(owner), np.array(sections), rows)
    names = list(found.vocabulary)
    return ["".join(sorted(names[term] for term in row.indices)) for row in found.counts]


def test_a_window_of_200_terms_lies_around_each_passage() -> None:
    assert windows_of("abcd", [0, 0, 0, 0], [0, 0, 0, 0]) == ["ab", "abc", "bcd", "cd"]


def test_a_window_ends_where_its_cv_does() -> None:
    assert windows_of("abcd", [0, 0, 1, 1], [0, 0, 0, 0]) == ["ab", "ab", "cd", "cd"]


def test_sections_are_read_in_their_usual_order() -> None:
    moved = windows_of("cabd", [0, 0, 0, 0], [2, 0, 1, 3])

    assert moved == windows_of("abcd", [0, 0, 0, 0], [0, 1, 2, 3])


def test_a_silent_passage_counts_for_nothing_and_takes_no_room() -> None:
    assert windows_of("abcd", [0, 0, 0, 0], [0, 0, 0, 0], silent=[1]) == ["ac", "ac", "acd", "cd"]


def test_texts_are_placed_block_by_block_as_in_one(monkeypatch) -> None:
    index = passages(*"abcdeabcde")
    space = fit_topics(index)
    at_once = space.place(index.counts)

    monkeypatch.setattr("models.topics._BLOCK", 3)

    np.testing.assert_array_equal(space.place(index.counts), at_once)


def test_many_passages_are_drawn_evenly(monkeypatch) -> None:
    monkeypatch.setattr("models.topics._MOST_WINDOWS", 2)

    assert windows_of("abcd", [0, 0, 0, 0], [0, 0, 0, 0]) == ["ab", "bcd"]


def test_an_empty_pool_has_topics_without_meaning() -> None:
    empty = index_terms([])
    nothing = np.zeros(0, np.int64)
    space = fit_topics(windows(empty, nothing, nothing, nothing))

    assert space.place(empty.counts).shape[0] == 0
