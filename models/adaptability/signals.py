"""Read loose texts for signs of adaptability: the answer of `briefmatch signals`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypedDict

import numpy as np

from data.errors import InputError
from data.schema.words import DIMENSIONS
from data.text.clean import clean
from models.adaptability.saved import load_reader
from models.adaptability.sentences import sentence_spans, tidy
from models.encoder import Encoder

_TEXT_KEYS: Final = ("text", "sentence")
_ID_KEYS: Final = ("id", "sid")


class Signal(TypedDict):
    """What one text tells: its strongest sentence; `score` is the probability of an event told."""

    score: float
    dimension: str
    evidence_level: int
    quote: str


def read_signals(texts: Sequence[str], encoder: Encoder) -> list[Signal]:
    """Return the strongest signal of each text; dimension is "none" where nothing is told.

    A text of one sentence is read as it stands, a longer one sentence by sentence. Signals are
    quoted facts of the text, not a measure of a person.
    """
    cleaned = [clean(text) for text in texts]
    parts = [_parts(text) for text in cleaned]
    flat = [part for of_text in parts for part in of_text]
    tidied = [tidy(part) for part in flat]
    reading = load_reader(encoder.id).read(tidied, encoder.encode(tidied, kind="passage"))
    signals, first = [], 0
    for of_text in parts:
        best = first + int(np.argmax(reading.told[first : first + len(of_text)]))
        level = int(reading.evidence_level[best])
        signals.append(
            Signal(
                score=round(float(reading.told[best]), 6),
                dimension=DIMENSIONS[reading.dimension[best]] if level else "none",
                evidence_level=level,
                quote=flat[best] if level else "",
            )
        )
        first += len(of_text)
    return signals


def write_signals(source: Path, target: Path, encoder: Encoder) -> int:
    """Read `{"id", "text"}` lines, write `{"id", "score", "dimension", …}` lines; return how many.

    Raises:
        InputError: a line is no JSON object with an id (`id` or `sid`) and a text (`text` or
            `sentence`).
    """
    rows = [
        _row(number, line)
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1)
        if line.strip()
    ]
    signals = read_signals([text for _, text in rows], encoder)
    lines = (
        json.dumps({"id": name, **signal}, ensure_ascii=False)
        for (name, _), signal in zip(rows, signals, strict=True)
    )
    target.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(rows)


def _parts(text: str) -> list[str]:
    spans = sentence_spans(text)
    return [text[start:end] for start, end in spans] if len(spans) > 1 else [text]


def _row(number: int, line: str) -> tuple[str, str]:
    try:
        row = json.loads(line)
        name = next(row[key] for key in _ID_KEYS if key in row)
        text = next(row[key] for key in _TEXT_KEYS if key in row)
    except (ValueError, StopIteration, TypeError) as error:
        raise InputError(
            f'Line {number} of the texts must be a JSON object such as {{"id": "1", "text": "…"}}, '
            f"got {line[:80]!r}: mend that line."
        ) from error
    return str(name), str(text)
