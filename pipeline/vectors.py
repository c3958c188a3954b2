"""The vectors of a night: every text embedded once, kept from night to night, and centred."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.cache import VectorCache
from models.centring import centre, load_centroids
from models.encoder import Encoder, EncoderSettings, Kind, load_encoder
from pipeline.intake import Reading

Done = Callable[[int], None]


class CachedEncoder:
    """An encoder that embeds only what the cache has not seen: the same interface, the same id."""

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self.id = encoder.id
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._cache = cache

    def encode(
        self, texts: Sequence[str], *, kind: Kind, done: Done | None = None
    ) -> NDArray[np.float32]:
        """Vectors (texts, dimension) in their order, as half precision keeps them."""
        vectors = self._cache.embed(texts, self._encoder, kind, done)
        return np.asarray(vectors, dtype=np.float32)


def open_encoder(runs: Path, settings: EncoderSettings) -> CachedEncoder:
    """The encoder of the nights in `runs`, with what they have embedded."""
    plain = load_encoder(settings)
    return CachedEncoder(plain, VectorCache(runs / "cache" / "vectors", plain.id, plain.dimension))


def passage_vectors(reading: Reading, encoder: CachedEncoder, done: Done) -> NDArray[np.float32]:
    """Vectors (passages, d) in the order of `reading.passages`, centred by the CV's language."""
    language = reading.passages.select("candidate_id").join(
        reading.documents.select("candidate_id", "language"),
        on="candidate_id",
        how="left",
        maintain_order="left",
    )["language"]
    vectors = encoder.encode(reading.passages["text"].to_list(), kind="passage", done=done)
    return centre(vectors, language.to_list(), "passage", load_centroids(encoder))


def requirement_vectors(
    requirements: pl.DataFrame, encoder: CachedEncoder, done: Done
) -> NDArray[np.float32]:
    """Vectors (requirements, d) in the order of the table, centred by the brief's language."""
    vectors = encoder.encode(requirements["text"].to_list(), kind="query", done=done)
    return centre(vectors, requirements["language"].to_list(), "query", load_centroids(encoder))
