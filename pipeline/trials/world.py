"""A tiny agency and an encoder of words, so that a trial can afford hundreds of nights."""

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.agency import write_agency
from models.adaptability.saved import FOLDER, ReaderFiles
from models.encoder import Kind
from pipeline.export.rules import ExplainSettings
from pipeline.journal import Journal, Silence
from pipeline.nightly import run_night
from pipeline.settings import NightSettings, Settings

AS_OF = date(2026, 11, 22)
SETTINGS = Settings(night=NightSettings(workers=1), shortlist=ExplainSettings(top=3))


class WordEncoder:
    """Each word is a fixed random direction, a text the sum of its words: no model, no thread."""

    def __init__(self) -> None:
        facts = json.loads((FOLDER / ReaderFiles().facts).read_text("utf-8"))
        self.id = str(facts["encoder_id"])  # of the reader, so that adaptability is read as ever
        self.dimension = 384

    def encode(self, texts: Sequence[str], *, kind: Kind) -> NDArray[np.float32]:
        """Return one L2-normalised row a text, in the order of the texts: (n, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                vectors[row] += _direction(word, self.dimension)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@cache
def _direction(word: str, dimension: int) -> NDArray[np.float32]:
    seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
    return np.random.default_rng(seed).normal(size=dimension).astype(np.float32)


def without_model() -> AbstractContextManager[object]:
    """Nights inside embed with the encoder of words."""
    return patch("pipeline.stages.vectors.load_encoder", lambda settings: WordEncoder())


def write_inbox(folder: Path, *, candidates: int = 12, briefs: int = 2, seed: int = 1) -> None:
    """A simulated agency whose CVs lie in the table, so that no child process reads files."""
    write_agency(folder, candidates=4 * candidates, briefs=briefs, seed=seed, as_of=AS_OF)
    table = pl.read_csv(folder / "candidates.csv", infer_schema=False)
    chosen = table.filter(pl.col("cv_text").is_not_null()).head(candidates)
    chosen.write_csv(folder / "candidates.csv")
    for name in ("contacts", "presentations", "placements"):
        rows = pl.read_csv(folder / f"{name}.csv", infer_schema=False)
        rows.join(chosen, on="candidate_id", how="semi").write_csv(folder / f"{name}.csv")
    for gone in (folder / "feedback.csv", folder / "judgements.csv"):
        gone.unlink(missing_ok=True)


def publish_night(
    inbox: Path, runs: Path, as_of: date = AS_OF, *, accept: Collection[str] = ()
) -> Path:
    """One silent night with the encoder of words; its folder."""
    with without_model():
        return run_night(inbox, runs, SETTINGS, as_of, Journal(Silence()), accept=accept).folder
