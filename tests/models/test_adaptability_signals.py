import json
from pathlib import Path

import numpy as np
import pytest

from data.errors import InputError
from models.adaptability.saved import FOLDER, ReaderFiles
from models.adaptability.signals import read_signals, write_signals


class Toy:
    """Gives every text the same vector: the wording alone decides."""

    id = json.loads((FOLDER / ReaderFiles().facts).read_text(encoding="utf-8"))["encoder_id"]
    dimension = 384

    def encode(self, texts, *, kind):
        return np.full((len(texts), 384), 384**-0.5, dtype=np.float32)


DUTY = "Responsible for accounts payable and petty cash."
EVENT = "Took over a failing plant after the manager had left; in profit within a year."


def test_an_event_scores_above_a_duty() -> None:
    duty, event = read_signals([DUTY, EVENT], Toy())

    assert event["score"] > duty["score"]
    assert duty["evidence_level"] == 0
    assert duty["dimension"] == "none"


def test_a_longer_text_is_read_by_its_strongest_sentence() -> None:
    alone, mixed = read_signals([EVENT, f"{DUTY}\n{EVENT.split(';')[0]}.\n{DUTY}"], Toy())

    assert mixed["quote"] in {"", f"{EVENT.split(';')[0]}."}
    assert 0 < mixed["score"] <= 1
    assert 0 < alone["score"] <= 1


def test_rows_keep_their_ids(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"id": "x", "text": EVENT}) + "\n" + json.dumps({"sid": 7, "sentence": DUTY})
    )

    assert write_signals(source, target, Toy()) == 2
    rows = [json.loads(line) for line in target.read_text().splitlines()]
    assert [row["id"] for row in rows] == ["x", "7"]
    assert set(rows[0]) == {"id", "score", "dimension", "evidence_level", "quote"}


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "x", "text": "y"}\nnot json\n')

    with pytest.raises(InputError, match="Line 2"):
        write_signals(source, tmp_path / "out.jsonl", Toy())
