"""Vectors kept from night to night, so that a text is embedded once.

A segment is two files that never change: `keys.parquet` and `vectors.npy` (half precision, mapped
into memory). One manifest names the segments in force and is swapped in one rename, so a killed
run loses at most the chunk that it was embedding.
"""

import hashlib
import json
import logging
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.durable import flush, write_whole
from models.encoder import Encoder, Kind

CHUNK = 1024  # texts embedded between two commits: half a minute of one core
MANY = 32  # segments from which they are merged into one
_KEY = {"key": pl.String}
Rows: TypeAlias = NDArray[np.int64]
_log = logging.getLogger(__name__)


class KeptVectors:
    """Vectors (texts, dimension) that stay on the disk; rows are fetched as they are asked for."""

    def __init__(
        self, maps: Sequence[NDArray[np.float16]], segment: NDArray[np.int32], row: Rows
    ) -> None:
        self._maps = maps
        self._segment = segment
        self._row = row

    def __len__(self) -> int:
        return len(self._row)

    def __getitem__(self, rows: Rows | slice) -> NDArray[np.float16]:
        """The vectors (n, dimension) of these rows, in their order."""
        of, row = self._segment[rows], self._row[rows]
        result = np.empty((len(row), self._maps[0].shape[1] if self._maps else 0), np.float16)
        for number in np.unique(of):
            here = np.flatnonzero(of == number)
            result[here] = self._maps[number][row[here]]
        return result


class VectorCache:
    """The vectors of one encoder; several readers and one writer at a time."""

    def __init__(self, folder: Path, encoder_id: str, dimension: int) -> None:
        self._folder = folder / encoder_id
        self._dimension = dimension
        # Mapped files stay readable after a writer has removed them, so readers hold on to theirs.
        self._maps: dict[str, NDArray[np.float16]] = {}
        self._segments = self._read_manifest()
        self._index = self._read_index(self._segments)

    def embed(
        self,
        texts: Sequence[str],
        encoder: Encoder,
        kind: Kind,
        done: Callable[[int], None] | None = None,
    ) -> NDArray[np.float16]:
        """Vectors (texts, dimension) in the order of `texts`; only unseen texts are embedded.

        `done` is called with the number of texts settled since the last call.
        """
        return self.keep(texts, encoder, kind, done)[:]

    def keep(
        self,
        texts: Sequence[str],
        encoder: Encoder,
        kind: Kind,
        done: Callable[[int], None] | None = None,
        *,
        chunk: int | None = None,
    ) -> KeptVectors:
        """As `embed`, but the vectors stay on the disk; `chunk` texts between two commits."""
        keys = [_key(text, kind) for text in texts]
        wanted = dict(zip(keys, texts, strict=True))
        new = pl.DataFrame({"key": list(wanted)}, schema=_KEY).join(
            self._index, on="key", how="anti"
        )
        unseen = sorted(new["key"])  # long and short mixed: each chunk takes as long as the next
        if done:
            done(len(texts) - len(unseen))
        chunk = chunk or CHUNK
        for first in range(0, len(unseen), chunk):
            some = unseen[first : first + chunk]
            vectors = encoder.encode([wanted[key] for key in some], kind=kind)
            self._add(some, vectors)
            if done:
                done(len(some))
        if len(self._segments) > MANY:
            self._rewrite(self._segments, gone=())
        return self._locate(keys)

    def erase(self, texts: Iterable[str]) -> int:
        """Rewrite every segment that holds one of these texts; gives the number of vectors gone.

        The old files are deleted, not only forgotten: vectors can be inverted to text.
        """
        gone = {_key(text, kind) for text in texts for kind in ("query", "passage")}
        hit = [name for name in self._segments if gone & set(self._keys(name)["key"])]
        before = self._index.height
        if hit:
            self._rewrite(hit, gone)
        return before - self._index.height

    def retain(self, texts: Mapping[Kind, Iterable[str]]) -> int:
        """Rewrite the cache with the vectors of these texts alone; gives the number gone.

        The old files are deleted, as `erase` deletes them.
        """
        needed = {_key(text, kind) for kind, some in texts.items() for text in some}
        before = self._index.height
        gone = set(self._index["key"]) - needed
        if gone:
            self._rewrite(self._segments, gone)
        return before - self._index.height

    def aside(self) -> "AsideCache":
        """What is kept now, to read; the files never grow by what is embedded through it."""
        return AsideCache(self)

    def _add(self, keys: Sequence[str], vectors: NDArray[np.floating]) -> None:
        self._commit([*self._segments, self._write(keys, vectors)])

    def _rewrite(self, names: Sequence[str], gone: Iterable[str]) -> None:
        kept = self._read_index(names).filter(~pl.col("key").is_in(list(gone)))["key"].to_list()
        merged = [self._write(kept, self._locate(kept)[:])] if kept else []
        self._commit([name for name in self._segments if name not in names] + merged)

    def _locate(self, keys: Sequence[str]) -> KeptVectors:
        numbers = pl.DataFrame({"segment": self._segments}, schema={"segment": pl.String})
        places = (
            pl.DataFrame({"key": keys}, schema=_KEY)
            .join(self._index, on="key", how="left", maintain_order="left")
            .join(numbers.with_row_index("number"), on="segment", how="left", maintain_order="left")
        )
        return KeptVectors(
            [self._vectors(name) for name in self._segments],
            places["number"].to_numpy().astype(np.int32),
            places["row"].to_numpy(),
        )

    def _read_index(self, names: Sequence[str]) -> pl.DataFrame:
        """key, segment, row of every vector of these segments."""
        row = pl.int_range(pl.len(), dtype=pl.Int64)
        parts = [self._keys(name).select("key", segment=pl.lit(name), row=row) for name in names]
        empty = pl.DataFrame(schema={**_KEY, "segment": pl.String, "row": pl.Int64})
        return pl.concat([empty, *parts]).unique("key", keep="first", maintain_order=True)

    def _read_manifest(self) -> list[str]:
        manifest = self._folder / "manifest.json"
        try:
            names = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else []
        except ValueError:
            _log.warning("%s is damaged; the cache starts empty.", manifest)
            names = []
        return [name for name in names if self._whole(name)]

    def _whole(self, name: str) -> bool:
        try:
            rows, dimension = self._vectors(name).shape
            whole = (rows, dimension) == (self._keys(name).height, self._dimension)
        except (OSError, ValueError, pl.exceptions.PolarsError):
            whole = False
        if not whole:
            _log.warning("Segment %s of the vector cache is damaged; it is embedded anew.", name)
        return whole

    def _keys(self, name: str) -> pl.DataFrame:
        return pl.read_parquet(self._folder / name / "keys.parquet")

    def _vectors(self, name: str) -> NDArray[np.float16]:
        if name not in self._maps:
            path = self._folder / name / "vectors.npy"
            self._maps[name] = np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        return self._maps[name]

    def _write(self, keys: Sequence[str], vectors: NDArray[np.floating]) -> str:
        name = uuid.uuid4().hex
        folder = self._folder / name
        folder.mkdir(parents=True)
        pl.DataFrame({"key": keys}, schema=_KEY).write_parquet(folder / "keys.parquet")
        np.save(folder / "vectors.npy", vectors.astype(np.float16))
        for file in (*folder.iterdir(), folder):
            flush(file)
        return name

    def _commit(self, names: Sequence[str]) -> None:
        write_whole(self._folder / "manifest.json", json.dumps(list(names)).encode())
        added = [name for name in names if name not in self._segments]
        kept = self._index.filter(pl.col("segment").is_in(list(names)))
        index = pl.concat([kept, self._read_index(added)])
        self._index = index.unique("key", keep="first", maintain_order=True)
        self._segments = list(names)
        self._maps = {name: self._vectors(name) for name in names}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in names:
                shutil.rmtree(folder)


class AsideCache(VectorCache):
    """The vectors of another cache and, in memory alone, those that are embedded beside them."""

    def __init__(self, kept: VectorCache) -> None:
        self._folder, self._dimension = kept._folder, kept._dimension
        self._maps, self._segments, self._index = dict(kept._maps), kept._segments, kept._index

    def _add(self, keys: Sequence[str], vectors: NDArray[np.floating]) -> None:
        name = uuid.uuid4().hex
        self._maps[name] = vectors.astype(np.float16)
        self._segments = [*self._segments, name]
        rows = {"key": keys, "segment": [name] * len(keys), "row": range(len(keys))}
        self._index = self._index.vstack(pl.DataFrame(rows, schema=self._index.schema))

    def _rewrite(self, names: Sequence[str], gone: Iterable[str]) -> None:
        """The files are the other cache's."""


def _key(text: str, kind: Kind) -> str:
    return hashlib.blake2b(f"{kind}\0{text}".encode(), digest_size=16).hexdigest()
