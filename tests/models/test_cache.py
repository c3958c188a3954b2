import json
import logging

import numpy as np
import pytest

from models import cache as module
from models.cache import VectorCache


class Counting:
    """Each text becomes the counts of its first letters; what was embedded is remembered."""

    id = "counting"
    dimension = 4

    def __init__(self):
        self.embedded = []

    def encode(self, texts, *, kind):
        self.embedded += list(texts)
        rows = [[text.count(letter) for letter in "abc"] + [kind == "query"] for text in texts]
        return np.array(rows, np.float32)


@pytest.fixture
def encoder():
    return Counting()


@pytest.fixture
def open_cache(tmp_path):
    return lambda: VectorCache(tmp_path, "counting", 4)


def test_rows_come_in_the_order_of_the_texts_and_repeats_cost_nothing(encoder, open_cache):
    vectors = open_cache().embed(["b", "aa", "b"], encoder, "passage")
    assert vectors.tolist() == [[0, 1, 0, 0], [2, 0, 0, 0], [0, 1, 0, 0]]
    assert sorted(encoder.embedded) == ["aa", "b"]


def test_a_later_night_embeds_only_what_is_new(encoder, open_cache):
    open_cache().embed(["a", "b"], encoder, "passage")
    vectors = open_cache().embed(["c", "b"], encoder, "passage")
    assert encoder.embedded == ["a", "b", "c"]
    assert vectors.tolist() == [[0, 0, 1, 0], [0, 1, 0, 0]]


def test_a_query_is_not_a_passage(encoder, open_cache):
    cache = open_cache()
    passage = cache.embed(["a"], encoder, "passage")
    assert cache.embed(["a"], encoder, "query").tolist() != passage.tolist()


def test_progress_adds_up_to_the_texts(encoder, open_cache):
    counted = []
    open_cache().embed(["a", "b"], encoder, "passage", counted.append)
    open_cache().embed(["a", "b", "c"], encoder, "passage", counted.append)
    assert sum(counted) == 2 + 3


def test_a_killed_run_keeps_the_chunks_that_it_finished(encoder, open_cache, monkeypatch):
    monkeypatch.setattr(module, "CHUNK", 1)

    class Dying(Counting):
        def encode(self, texts, *, kind):
            if len(self.embedded) == 2:
                raise KeyboardInterrupt
            return super().encode(texts, kind=kind)

    dying = Dying()
    with pytest.raises(KeyboardInterrupt):
        open_cache().embed(["a", "b", "cc"], dying, "passage")
    open_cache().embed(["a", "b", "cc"], encoder, "passage")
    assert sorted(dying.embedded + encoder.embedded) == ["a", "b", "cc"]


def test_many_segments_are_merged_without_changing_a_vector(
    encoder, open_cache, monkeypatch, tmp_path
):
    monkeypatch.setattr(module, "CHUNK", 1)
    monkeypatch.setattr(module, "MANY", 3)
    texts = ["a", "b", "c", "ab", "bc"]
    first = open_cache().embed(texts, encoder, "passage")
    assert len(json.loads((tmp_path / "counting" / "manifest.json").read_text())) == 1
    assert np.array_equal(open_cache().embed(texts, encoder, "passage"), first)


def test_what_is_erased_is_gone_from_the_disk(encoder, open_cache, tmp_path):
    cache = open_cache()
    cache.embed(["a", "b"], encoder, "passage")
    assert cache.erase(["a"]) == 1
    left = [np.load(file).tolist() for file in tmp_path.rglob("vectors.npy")]
    assert left == [[[0, 1, 0, 0]]]
    cache.embed(["a"], encoder, "passage")
    assert encoder.embedded == ["a", "b", "a"]


def test_a_damaged_segment_is_told_and_embedded_anew(encoder, open_cache, tmp_path, caplog):
    open_cache().embed(["a"], encoder, "passage")
    file = next(tmp_path.rglob("vectors.npy"))
    file.write_bytes(file.read_bytes()[:-3])
    with caplog.at_level(logging.WARNING):
        vectors = open_cache().embed(["a"], encoder, "passage")
    assert "damaged" in caplog.text
    assert vectors.tolist() == [[1, 0, 0, 0]]
    assert encoder.embedded == ["a", "a"]


def test_a_reader_keeps_what_it_opened_while_a_writer_erases(encoder, open_cache):
    open_cache().embed(["a", "b"], encoder, "passage")
    reader, writer = open_cache(), open_cache()
    writer.erase(["a"])
    assert reader.embed(["b", "a"], encoder, "passage").tolist() == [[0, 1, 0, 0], [1, 0, 0, 0]]


def test_a_damaged_manifest_is_told_and_the_cache_starts_empty(
    encoder, open_cache, tmp_path, caplog
):
    open_cache().embed(["a"], encoder, "passage")
    (tmp_path / "counting" / "manifest.json").write_text('["cut')
    with caplog.at_level(logging.WARNING):
        assert open_cache().embed(["a"], encoder, "passage").tolist() == [[1, 0, 0, 0]]
    assert "damaged" in caplog.text


def test_kept_vectors_are_fetched_row_by_row_from_every_segment(encoder, open_cache):
    open_cache().embed(["a", "bb"], encoder, "passage")
    kept = open_cache().keep(["c", "a", "bb", "a"], encoder, "passage", chunk=1)
    assert len(kept) == 4
    assert kept[np.array([3, 0, 2])].tolist() == [[1, 0, 0, 0], [0, 0, 1, 0], [0, 2, 0, 0]]
    assert kept[np.array([True, False, False, False])].tolist() == [[0, 0, 1, 0]]
    assert open_cache().keep([], encoder, "passage")[:].shape[0] == 0


def test_what_is_embedded_aside_never_reaches_the_files(encoder, open_cache, tmp_path):
    cache = open_cache()
    cache.embed(["a", "b"], encoder, "passage")
    files = sorted(tmp_path.rglob("*"))
    aside = cache.aside()
    for number in range(module.MANY + 1):
        vectors = aside.embed(["b", "c" * (number + 1)], encoder, "passage")
        assert vectors.tolist() == [[0, 1, 0, 0], [0, 0, number + 1, 0]]
    assert sorted(tmp_path.rglob("*")) == files
    assert len(encoder.embedded) == 2 + module.MANY + 1
    assert cache.embed(["a"], encoder, "passage").tolist() == [[1, 0, 0, 0]]
