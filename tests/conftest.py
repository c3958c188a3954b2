"""Fixtures that several folders of tests share."""

import hashlib
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from models.components import COMPONENTS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data sets beside a checkout; tests that read it skip without it."""
    folder = ROOT.parent / "shared" / "datasets"
    if not folder.is_dir():
        pytest.skip("skipped: no ../shared")
    return folder


class HashingEncoder:
    """Each word is a fixed random direction, a text the sum of its words: shared words attract."""

    id = "hashing"
    dimension = 64

    def encode(self, texts, *, kind):
        rows = [sum(map(self._direction, self._words(text))) for text in texts]
        vectors = np.array(rows, np.float32).reshape(len(rows), self.dimension)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _words(self, text):
        return re.findall(r"\w+", text.lower()) or [""]

    def _direction(self, word):
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest())
        return np.random.default_rng(seed).normal(size=self.dimension)


@pytest.fixture(scope="session")
def tiny_encoder():
    """An encoder in memory: deterministic, and texts that share words are similar."""
    return HashingEncoder()


@pytest.fixture(scope="session")
def past_pairs():
    """Pairs of past briefs in which the grades follow known weights, with some noise."""

    def make(truth, *, briefs=120, candidates=6, noise=0.05, seed=0):
        random = np.random.default_rng(seed)
        rows = briefs * candidates
        x = {f"x_{name}": random.random(rows).round(4).astype(np.float32) for name in COMPONENTS}
        fit = sum(truth.get(name, 0) * x[f"x_{name}"] for name in COMPONENTS)
        fit = (fit + random.normal(0, noise, rows)).reshape(briefs, candidates)
        place = fit.argsort(axis=1).argsort(axis=1)  # 0 = the worst of the brief
        grade = np.select([place == candidates - 1, place == candidates - 2], [3, 1], 0).ravel()
        brief = np.repeat(np.arange(briefs), candidates)
        day = np.datetime64("2025-01-01") + brief
        good = random.random(rows) < 1 / (1 + np.exp(-8 * (fit.ravel() - fit.mean())))
        return pl.DataFrame(
            {
                "brief_id": [f"B{number:04}" for number in brief],
                "candidate_id": [f"C{number:04}" for number in range(rows)],
                "as_of": day,
                "received_at": day,
                "function": np.array(["finance", "hr"])[brief % 2],
                "reason": np.array(["crisis", "growth", "vacancy"])[brief % 3],
                "brief_language": np.array(["en", "nl"])[brief // 2 % 2],
                "cv_language": "en",
                "own_weights": pl.Series([None] * rows, dtype=pl.String),
                "demand": 0.5,
                **x,
                "presented": True,
                "grade": grade,
                "client_caused": False,
                "success": [bool(good[row]) if grade[row] == 3 else None for row in range(rows)],
            },
            schema_overrides={"grade": pl.Int8},
        ).cast({"as_of": pl.Date, "received_at": pl.Date})

    return make
