"""Takes the language out of vectors: a CV in the brief's own language must not win by that alone.

Centroids come from `reference/<kind>.<language>.txt` (brief text, CV text): the same subjects,
line by line, in every language. They are fixed, so that scores do not drift with the night's
pool. `python -m models.centring` makes the saved centroids of the default encoder anew; those of
any other encoder are made when needed.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from data.schema.words import LANGUAGES
from models.encoder import Encoder, EncoderSettings, Kind, load_encoder

Centroids = Mapping[tuple[str, Kind], NDArray[np.float32]]

_HERE = Path(__file__).parent
_KINDS: tuple[Kind, ...] = ("query", "passage")


def centre(
    vectors: NDArray[np.floating],
    languages: Sequence[str],
    kind: Kind,
    centroids: Centroids,
) -> NDArray[np.float32]:
    """Subtract from each row the centroid of its language and normalise again: (n, d) float32.

    A row in a language without a centroid has the mean of all of its kind subtracted.
    """
    if len(vectors) != len(languages):
        raise ValueError(f"Each of {len(vectors)} vectors needs a language, got {len(languages)}.")
    result = np.asarray(vectors, dtype=np.float32).copy()
    anywhere = np.mean([row for (_, of), row in centroids.items() if of == kind], axis=0)
    written = np.asarray(languages, dtype=object)
    for language in set(languages):
        result[written == language] -= centroids.get((language, kind), anywhere)
    lengths = np.linalg.norm(result, axis=1, keepdims=True)
    result /= np.maximum(lengths, np.finfo(np.float32).tiny)
    return result


def load_centroids(encoder: Encoder, folder: Path = _HERE / "centroids") -> Centroids:
    """Return the saved centroids if they are this encoder's, else make them from the reference."""
    described = folder / "centroids.json"
    if described.is_file():
        saved = json.loads(described.read_text(encoding="utf-8"))
        if saved["encoder"] == encoder.id:
            arrays = load_file(folder / "centroids.safetensors")
            return {(lang, kind): arrays[f"{lang}.{kind}"] for lang in LANGUAGES for kind in _KINDS}
    return make_centroids(encoder)


def make_centroids(encoder: Encoder) -> Centroids:
    """Embed the reference texts; both kinds of a language get the middle of their two means.

    One shift for queries and passages takes the language out and leaves the places of both within
    it alone: a centroid for each kind cost two points of MRR within English.
    """
    centroids: dict[tuple[str, Kind], NDArray[np.float32]] = {}
    for language in LANGUAGES:
        means = [encoder.encode(reference(language, k), kind=k).mean(axis=0) for k in _KINDS]
        middle: NDArray[np.float32] = np.mean(means, axis=0)
        centroids |= {(language, kind): middle for kind in _KINDS}
    return centroids


def reference(language: str, kind: Kind) -> list[str]:
    """Return the reference texts of a language and kind; line n tells the same in each language."""
    path = _HERE / "reference" / f"{kind}.{language}.txt"
    return path.read_text(encoding="utf-8").splitlines()


def save_centroids(encoder: Encoder, folder: Path = _HERE / "centroids") -> None:
    """Write the centroids of `encoder` as safetensors, with a JSON that says whose they are."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {f"{lang}.{kind}": row for (lang, kind), row in make_centroids(encoder).items()}
    save_file(arrays, folder / "centroids.safetensors")
    text = json.dumps({"encoder": encoder.id, "dimension": encoder.dimension}, indent=2)
    (folder / "centroids.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    save_centroids(load_encoder(EncoderSettings()))
