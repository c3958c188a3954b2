"""Join training sentences in pairs, since real CVs tell an event among duties, in one line."""

from hashlib import sha256
from typing import Any

import polars as pl

from models.adaptability.sentences import tidy

_AND = {"en": "and", "fr": "et", "nl": "en", "de": "und"}


def with_pairs(sentences: pl.DataFrame) -> pl.DataFrame:
    """The training sentences, then each of them once more, joined with another to one line.

    Partners share language and profession, in an order that only their texts decide. A pair tells
    what its better evidenced part does; the last of an odd number stays single.
    """
    pairs = [
        _joined(first, second)
        for group in sentences.partition_by("language", "profession", maintain_order=True)
        for first, second in _partners(group)
    ]
    return pl.concat([sentences, pl.DataFrame(pairs, schema=sentences.schema)])


def _partners(group: pl.DataFrame) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    rows = sorted(group.to_dicts(), key=lambda row: sha256(f"2 {row['text']}".encode()).digest())
    return list(zip(rows[::2], rows[1::2], strict=False))


def _joined(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    language, texts = first["language"], [tidy(first["text"]), tidy(second["text"])]
    if language != "de" and not texts[1][:2].isupper():  # nouns and abbreviations keep capitals
        texts[1] = texts[1][:1].lower() + texts[1][1:]
    best = max(first, second, key=lambda row: row["evidence_level"])
    return {
        **best,
        "id": f"{first['id']}+{second['id']}",
        "text": f"{texts[0]} {_AND[language]} {texts[1]}",
    }
