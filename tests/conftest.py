"""Fixtures that several folders of tests share."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

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
