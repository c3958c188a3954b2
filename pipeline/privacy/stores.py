"""What caches keep of a CV: its reading, its events, its vectors. What no other CV needs, goes.

Nothing is looked up by what the erased CV held: what the other CVs hold stays, all else goes, so
that no passage survives because it was cut differently in the past.
"""

import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.cv.frames import DOCUMENT_COLUMNS
from data.errors import InputError
from models.adaptability.events import read_events
from models.adaptability.saved import load_reader
from models.cache import VectorCache
from models.encoder import Kind
from models.titles import link
from pipeline.privacy.owners import OWNERS, owners, write_table
from pipeline.stages.vectors import embedded_texts


@dataclass
class Listener:
    """An encoder that embeds nothing and remembers what it was asked, by kind."""

    id: str
    dimension: int
    heard: dict[Kind, set[str]] = field(default_factory=lambda: {"query": set(), "passage": set()})

    def encode(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Unit vectors (texts, dimension) that mean nothing."""
        self.heard[kind].update(texts)
        return np.full((len(texts), self.dimension), self.dimension**-0.5, np.float32)


def erase_reading(cache: Path, candidate_id: str) -> int:
    """Remove what was read of the candidate's CVs, and of CVs whose owner is unknown."""
    known = owners(cache)
    own = known.filter(pl.col("candidate_id") == candidate_id)["cv_key"]
    kept = known.filter(pl.col("candidate_id") != candidate_id)
    of_others = set(kept["cv_key"]) - set(own)
    gone = 0
    for file in sorted((cache / "cvs").glob("*.parquet")):
        table = pl.read_parquet(file)
        left = table.filter(pl.col("cv_key").is_in(list(of_others)))
        if left.height < table.height:
            gone += table.height - left.height
            if left.height:
                write_table(left, file.with_name(f"{uuid.uuid4().hex}.parquet"))
            file.unlink()
    shutil.rmtree(cache / "shards", ignore_errors=True)
    if kept.height < known.height:
        write_table(kept, cache / OWNERS)
    return gone


def keep_needed(cache: Path) -> int:
    """Keep the vectors that the readings still kept need; gives how many went.

    Vectors of briefs and the ledger of events go too: the next night makes them anew.
    """
    for derived in ("signals", "embedding"):
        shutil.rmtree(cache / derived, ignore_errors=True)
    files = sorted((cache / "cvs" / "cvs").glob("*.parquet"))
    folders = sorted((cache / "vectors").glob("*/")) if (cache / "vectors").is_dir() else []
    gone = 0
    for folder in folders:
        try:
            gone += _keep_vectors(folder, files)
        except InputError:  # no reader knows this encoder: an earlier one, whose vectors are stale
            shutil.rmtree(folder)
    return gone


def _keep_vectors(folder: Path, files: Sequence[Path]) -> int:
    first = next(folder.glob("*/vectors.npy"), None)
    if first is None:
        return 0
    dimension = int(np.load(first, mmap_mode="r", allow_pickle=False).shape[1])
    listener = Listener(folder.name, dimension)
    for file in files:
        _listen(pl.read_parquet(file), listener)
    return VectorCache(folder.parent, folder.name, dimension).retain(listener.heard)


def _listen(read: pl.DataFrame, listener: Listener) -> None:
    """Ask for every vector that a night asks for on behalf of these CVs."""
    if "text" not in read.columns:  # a file of CVs that could not be read
        return
    rows = read.rename({"cv_key": "candidate_id"}).drop_nulls("text")
    passages, roles = _nested(rows, "passages"), _nested(rows, "experiences")
    if not passages.is_empty():
        listener.encode(embedded_texts(passages), kind="passage")
        read_events(
            rows.select(*DOCUMENT_COLUMNS),
            passages,
            load_reader(listener.id),
            lambda texts: listener.encode(texts, kind="passage"),
        )
    if not roles.is_empty():
        link(["a title"], roles["title"].drop_nulls().unique().sort().to_list(), listener)


def _nested(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    kept = rows.select("candidate_id", name).drop_nulls(name)
    return kept if kept.is_empty() else kept.explode(name).unnest(name)
