"""Keep the fitted reader beside the code: arrays as safetensors, the rest as JSON."""

import json
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from data.errors import InputError
from models.adaptability.reader import Reader


@dataclass(frozen=True, kw_only=True)
class ReaderFiles:
    """Names of the two files of a saved reader in their folder."""

    arrays: str = "reader.safetensors"
    facts: str = "reader.json"


FOLDER = Path(__file__).parent
_ARRAYS = tuple(
    field.name
    for field in fields(Reader)
    if field.name not in {"encoder_id", "trained_on", "width"}
)


def save_reader(reader: Reader, folder: Path = FOLDER) -> None:
    """Write the reader; arrays in half precision, which moves no probability by a hundredth."""
    files = ReaderFiles()
    arrays = {name: getattr(reader, name).astype(np.float16) for name in _ARRAYS}
    save_file(arrays, folder / files.arrays)
    facts = {
        "encoder_id": reader.encoder_id,
        "trained_on": reader.trained_on,
        "width": reader.width,
    }
    (folder / files.facts).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")


def load_reader(encoder_id: str, folder: Path = FOLDER) -> Reader:
    """Read the saved reader of this encoder.

    Raises:
        InputError: the saved reader was fitted on another encoder's vectors.
    """
    files = ReaderFiles()
    facts = json.loads((folder / files.facts).read_text(encoding="utf-8"))
    if facts["encoder_id"] != encoder_id:
        raise InputError(
            f"The reader of adaptability events must be fitted on the encoder in use; it was on "
            f"{facts['encoder_id']}, in use is {encoder_id}: "
            "run `python -m models.adaptability.train` with that encoder."
        )
    arrays = load_file(folder / files.arrays)
    return Reader(
        encoder_id=encoder_id,
        trained_on=facts["trained_on"],
        width=float(facts["width"]),
        **{name: arrays[name].astype(np.float32) for name in _ARRAYS},
    )
