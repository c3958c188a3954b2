"""The vectors of a night: every text embedded once, kept from night to night, and centred."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.text.dates import undated
from models.cache import CHUNK, KeptVectors, Rows, VectorCache
from models.centring import Centroids, centre, load_centroids
from models.encoder import Encoder, EncoderSettings, Kind, load_encoder
from pipeline.engines.engine import Engine, LocalEngine
from pipeline.engines.farm import FarmedEncoder
from pipeline.stages.intake import Reading

_FILES = 64  # of `CHUNK` texts each, given to many machines at once
Done = Callable[[int], None]


class CachedEncoder:
    """An encoder that embeds only what the cache has not seen: the same interface, the same id."""

    def __init__(self, encoder: Encoder, cache: VectorCache, chunk: int | None = None) -> None:
        self.id = encoder.id
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._cache = cache
        self._chunk = chunk

    def encode(
        self, texts: Sequence[str], *, kind: Kind, done: Done | None = None
    ) -> NDArray[np.float32]:
        """Vectors (texts, dimension) in their order, as half precision keeps them."""
        return self.keep(texts, kind=kind, done=done)[:].astype(np.float32)

    def keep(self, texts: Sequence[str], *, kind: Kind, done: Done | None = None) -> KeptVectors:
        """As `encode`, but the vectors stay on the disk until they are asked for."""
        return self._cache.keep(texts, self._encoder, kind, done, chunk=self._chunk)

    def aside(self) -> "CachedEncoder":
        """The same encoder over the same vectors; what it embeds is forgotten with it."""
        return CachedEncoder(self._encoder, self._cache.aside(), self._chunk)


class CentredVectors:
    """Passage vectors less the centroid of their language, made as they are asked for."""

    def __init__(
        self, vectors: KeptVectors, languages: Sequence[str], centroids: Centroids
    ) -> None:
        self._vectors = vectors
        self._languages = np.asarray(languages, dtype=object)
        self._centroids = centroids

    def __len__(self) -> int:
        return len(self._vectors)

    def __getitem__(self, rows: Rows | slice) -> NDArray[np.float32]:
        """The centred vectors (n, d) of these passages, in their order."""
        languages = self._languages[rows].tolist()
        return centre(self._vectors[rows], languages, "passage", self._centroids)

    def __array__(self, dtype: object = None, copy: object = None) -> NDArray[np.float32]:
        """All of them, for whoever joins a few to others."""
        return self[:]


def open_encoder(
    runs: Path, settings: EncoderSettings, engine: Engine | None = None
) -> CachedEncoder:
    """The encoder of the nights in `runs`, with what they have embedded; `engine` may help."""
    plain = load_encoder(settings)
    cache = VectorCache(runs / "cache" / "vectors", plain.id, plain.dimension)
    if engine is None or isinstance(engine, LocalEngine):  # the encoder has its own threads
        return CachedEncoder(plain, cache)
    farm = FarmedEncoder(plain, settings, engine, runs / "cache" / "embedding")
    return CachedEncoder(farm, cache, _FILES * CHUNK)


def passage_vectors(reading: Reading, encoder: CachedEncoder, done: Done) -> CentredVectors:
    """Vectors (passages, d) in the order of `reading.passages`, centred by the CV's language."""
    language = reading.passages.select("candidate_id").join(
        reading.documents.select("candidate_id", "language"),
        on="candidate_id",
        how="left",
        maintain_order="left",
    )["language"]
    vectors = encoder.keep(embedded_texts(reading.passages), kind="passage", done=done)
    return CentredVectors(vectors, language.to_list(), load_centroids(encoder))


def embedded_texts(passages: pl.DataFrame) -> list[str]:
    """What of each passage is embedded: its text without periods."""
    return [undated(text) for text in passages["text"]]


def requirement_vectors(
    requirements: pl.DataFrame, encoder: CachedEncoder, done: Done
) -> NDArray[np.float32]:
    """Vectors (requirements, d) in the order of the table, centred by the brief's language."""
    vectors = encoder.encode(requirements["text"].to_list(), kind="query", done=done)
    return centre(vectors, requirements["language"].to_list(), "query", load_centroids(encoder))
