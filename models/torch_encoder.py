"""Runs any SentenceTransformer in float32: the way for other models, and the reference in tests."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from models.encoder import Kind


class TorchEncoder:
    """A SentenceTransformer; a vector moves in the seventh digit with what shares its batch."""

    def __init__(
        self,
        source: str,
        prefixes: Mapping[Kind, str],
        *,
        identity: str,
        batch_size: int,
        threads: int,
    ) -> None:
        disable_progress_bar()  # type: ignore[no-untyped-call]
        torch.set_num_threads(threads)
        self._model = SentenceTransformer(source, device="cpu")
        self._prefixes = prefixes
        self._batch_size = batch_size
        self.id = identity
        self.dimension = int(self._model.get_embedding_dimension() or 0)

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
