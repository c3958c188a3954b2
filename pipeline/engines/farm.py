"""Embedding on many machines: an encoder that hands its texts to an engine, file by file."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from models.cache import CHUNK
from models.encoder import Encoder, EncoderSettings, Kind, load_encoder
from pipeline.engines.engine import Engine, map_files


class FarmedEncoder:
    """An encoder whose work an engine spreads: files of texts in, files of vectors out."""

    def __init__(
        self, encoder: Encoder, settings: EncoderSettings, engine: Engine, folder: Path
    ) -> None:
        self.id = encoder.id
        self.dimension = encoder.dimension
        self._encoder = encoder
        self._settings = settings
        self._engine = engine
        self._folder = folder

    def encode(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """As `Encoder.encode`; a file holds as many texts as one process embeds at a time."""
        if len(texts) <= CHUNK:  # not worth the journey
            return self._encoder.encode(texts, kind=kind)
        stage = partial(embed_file, settings=self._settings, identity=self.id)
        files = list(self._write(texts, kind))
        outputs = map_files(stage, files, self._folder / "vectors", engine=self._engine)
        vectors = np.concatenate([np.load(file, allow_pickle=False) for file in outputs])
        for file in (*files, *outputs):
            file.unlink()
        return vectors.astype(np.float32)

    def _write(self, texts: Sequence[str], kind: Kind) -> Iterator[Path]:
        folder = self._folder / "texts"
        folder.mkdir(parents=True, exist_ok=True)
        for first in range(0, len(texts), CHUNK):
            part = pl.DataFrame({"text": texts[first : first + CHUNK], "kind": kind})
            name = hashlib.blake2b(
                "\0".join([self.id, kind, *part["text"]]).encode(), digest_size=12
            )
            file = folder / f"{name.hexdigest()}.npy"
            part.write_parquet(file)
            yield file


def embed_file(source: Path, output: Path, *, settings: EncoderSettings, identity: str) -> None:
    """A stage of the engine: texts of one kind in, their vectors in half precision out."""
    table = pl.read_parquet(source)
    vectors = _loaded(settings, identity).encode(table["text"].to_list(), kind=table["kind"][0])
    with output.open("wb") as file:
        np.save(file, vectors.astype(np.float16))


@lru_cache(maxsize=1)
def _loaded(settings: EncoderSettings, identity: str) -> Encoder:
    """The encoder of a worker, loaded once; one worker is one thread unless the settings say so."""
    encoder = load_encoder(replace(settings, threads=settings.threads or 1))
    if encoder.id != identity:
        raise RuntimeError(
            f"A worker must have the encoder of the night, {identity}, got {encoder.id}: install "
            "the same versions on every machine."
        )
    return encoder
