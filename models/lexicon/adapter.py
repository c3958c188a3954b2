"""A linear map after the encoder that draws the terms of one meaning together.

The map is learnt from the lexicon alone: `python -m models.lexicon.adapter` builds
`adapter.safetensors` again, in minutes on one core.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from data.schema.words import LANGUAGES
from models.encoder import Encoder, EncoderSettings, load_encoder
from models.lexicon.words import Lexicon, load_lexicon

Floats = NDArray[np.float32]

_FILE = "adapter.safetensors"
_PROBES = ("interim finance manager", "directeur des opérations", "verpleegkundige", "Einkäufer")
_SAME_ENCODER = 0.99  # least cosine between a probe's vector now and at training


@dataclass(frozen=True, kw_only=True)
class Training:
    """How the map is learnt: InfoNCE over two terms of an entry, pulled towards identity."""

    steps: int = 400
    batch: int = 768
    temperature: float = 0.1
    towards_identity: float = 0.01
    rate: float = 1e-3
    seed: int = 0


def unit(vectors: Floats) -> Floats:
    """L2-normalise rows (n, d)."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-9)
    return np.asarray(vectors / lengths, dtype=np.float32)


def train(lexicon: Lexicon, encoder: Encoder, training: Training) -> dict[str, Floats]:
    """Learn the map and the centroid of each language (van den Oord et al. 2018, InfoNCE).

    Returns `map` (d, d), `centroid_<language>` (d,) and `probes` (probes, d), the vectors by which
    a later encoder is recognised.
    """
    rows = [
        (number, language, term)
        for number, entry in enumerate(lexicon.entries)
        for language in LANGUAGES
        for term in entry.terms[language]
    ]
    texts = list(dict.fromkeys(term for _, _, term in rows))
    place = {text: at for at, text in enumerate(texts)}
    vectors = encoder.encode(texts, kind="query")[[place[term] for _, _, term in rows]]
    languages = np.array([language for _, language, _ in rows])
    centroids = {language: vectors[languages == language].mean(0) for language in LANGUAGES}
    centred = unit(vectors - np.stack([centroids[language] for language in languages]))
    saved = {f"centroid_{language}": centroid for language, centroid in centroids.items()}
    entries = np.array([number for number, _, _ in rows])
    return {
        **saved,
        "map": _learn(centred, entries, training),
        "probes": encoder.encode(_PROBES, kind="query"),
    }


def _learn(centred: Floats, entries: NDArray[np.int64], training: Training) -> Floats:
    import torch  # a night loads the map and never learns it

    members = np.split(np.arange(entries.size), np.flatnonzero(np.diff(entries)) + 1)
    members = [terms for terms in members if terms.size > 1]
    random = np.random.default_rng(training.seed)
    vectors, identity = torch.from_numpy(centred), torch.eye(centred.shape[1])
    weights = identity.clone().requires_grad_()
    optimiser = torch.optim.Adam([weights], lr=training.rate)
    size = min(training.batch, len(members))
    for _ in range(training.steps):
        drawn = random.choice(len(members), size, replace=False)
        pairs = np.array([random.choice(members[entry], 2, replace=False) for entry in drawn])
        one, other = (
            torch.nn.functional.normalize(vectors[pairs[:, side]] @ weights, dim=1)
            for side in (0, 1)
        )
        logits, target = one @ other.T / training.temperature, torch.arange(size)
        fit = torch.nn.functional.cross_entropy
        loss = (fit(logits, target) + fit(logits.T, target)) / 2
        loss = loss + training.towards_identity * ((weights - identity) ** 2).sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return weights.detach().numpy()


@cache
def _saved() -> dict[str, Floats]:
    with as_file(files("models.lexicon") / _FILE) as path:
        return dict(load_file(path)) if path.exists() else {}


def load_adapter(encoder: Encoder) -> dict[str, Floats]:
    """Return the saved `map` and centroids, or nothing where they were learnt for other vectors.

    The backend may differ (precision, runtime): the probes' vectors must agree, not the id.
    """
    saved = _saved()
    if not saved or saved["map"].shape[0] != encoder.dimension:
        return {}
    now = encoder.encode(_PROBES, kind="query")
    agree = bool(((now * saved["probes"]).sum(axis=1) > _SAME_ENCODER).all())
    return saved if agree else {}


def main() -> None:
    """Learn the map with the default encoder and save it beside this module."""
    arrays = train(load_lexicon(), load_encoder(EncoderSettings()), Training())
    save_file(arrays, str(Path(__file__).with_name(_FILE)))


if __name__ == "__main__":
    main()
