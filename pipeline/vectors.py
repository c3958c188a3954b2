"""The vectors of a night: passages and requirements, each text embedded once and centred."""

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.cache import VectorCache
from models.centring import centre, load_centroids
from models.encoder import Encoder
from pipeline.intake import Reading

Done = Callable[[int], None]


def passage_vectors(
    reading: Reading, encoder: Encoder, cache: VectorCache, done: Done
) -> NDArray[np.float32]:
    """Vectors (passages, d) in the order of `reading.passages`, centred by the CV's language."""
    vectors = cache.embed(reading.passages["text"].to_list(), encoder, "passage", done)
    language = reading.passages.select("candidate_id").join(
        reading.documents.select("candidate_id", "language"),
        on="candidate_id",
        how="left",
        maintain_order="left",
    )["language"]
    return centre(vectors, language.to_list(), "passage", load_centroids(encoder))


def requirement_vectors(
    requirements: pl.DataFrame, encoder: Encoder, cache: VectorCache, done: Done
) -> NDArray[np.float32]:
    """Vectors (requirements, d) in the order of the table, centred by the brief's language."""
    vectors = cache.embed(requirements["text"].to_list(), encoder, "query", done)
    return centre(vectors, requirements["language"].to_list(), "query", load_centroids(encoder))
