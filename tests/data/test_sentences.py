"""The training sentences are what their readers take them for, and are our own."""

import json
import re
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from data.schema.words import DIMENSIONS, LANGUAGES

FOLDER = Path(__file__).parents[2] / "data" / "sentences"


@pytest.fixture(scope="module")
def sentences() -> pl.DataFrame:
    return pl.concat([pl.read_ndjson(path) for path in sorted(FOLDER.glob("*.jsonl"))])


def test_ids_and_texts_are_unique(sentences: pl.DataFrame) -> None:
    assert sentences["id"].is_unique().all()
    assert sentences.select("language", "text").is_unique().all()


def test_a_sentence_has_a_dimension_exactly_when_it_shows_something(
    sentences: pl.DataFrame,
) -> None:
    assert set(sentences["dimension"]) == {"none", *DIMENSIONS}
    assert set(sentences["evidence_level"]) == {0, 1, 2, 3}
    shows = sentences["evidence_level"] > 0
    assert (shows == (sentences["dimension"] != "none")).all()


def test_every_language_tells_every_dimension_and_has_as_many_negatives(
    sentences: pl.DataFrame,
) -> None:
    for language in LANGUAGES:
        own = sentences.filter(pl.col("language") == language)
        told = own.filter(pl.col("evidence_level") >= 2)
        assert own.height >= 250
        assert min(Counter(told["dimension"]).values()) >= 5
        assert set(told["dimension"]) == set(DIMENSIONS)
        assert 0.35 <= (own["evidence_level"] == 0).mean() <= 0.65


def test_no_line_repeats_or_paraphrases_a_sentence_it_is_measured_on(
    sentences: pl.DataFrame, shared: Path
) -> None:
    measured = (shared / "adaptability_sentences" / "sentences.jsonl").read_text(encoding="utf-8")
    theirs = [_stems(json.loads(line)["sentence"]) for line in measured.splitlines()]

    assert not [text for text in sentences["text"] if _echoes(_stems(text), theirs)]


def _stems(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[a-z]{4,}", text.lower())}


def _echoes(own: set[str], theirs: list[set[str]]) -> bool:
    """Whether at least four stems, and six in ten of the shorter text's, are those of another."""
    return any(
        len(own & other) >= 4 and len(own & other) >= 0.6 * min(len(own), len(other))
        for other in theirs
    )
