"""Hashes of what a runs folder keeps from night to night, so that a rotten bit is found there too.

A file is hashed once, and again when it was written anew; rot does not touch the time of writing.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from data.durable import write_whole
from pipeline.nights.manifest import sha256_of

_SEALED = ("*.parquet", "*.npy", "*.safetensors")
Seal: TypeAlias = tuple[int, str]  # when a file was written (ns), and its SHA-256
_MANIFEST = "manifest.json"  # of vectors: the one file that is replaced in place


def seal_cache(runs: Path) -> None:
    """Add the hashes of new files of `cache/` to its `seal.json`, and drop those of files gone."""
    known = _sealed(runs)
    hashes: dict[str, Seal] = {}
    for name, path in _files(runs).items():
        written = path.stat().st_mtime_ns
        old = known.get(name)
        hashes[name] = old if old and old[0] == written else (written, sha256_of(path))
    if hashes == known:
        return
    sealed = {"files": hashes, "sha256": _hash(hashes)}
    write_whole(_path(runs), json.dumps(sealed).encode("ascii"))


def sealed_files(runs: Path) -> dict[str, str]:
    """SHA-256 of every file of `cache/` that later nights use, by its name there; sealed anew."""
    seal_cache(runs)
    cache = runs / "cache"
    manifests = {path: sha256_of(path) for path in cache.glob(f"vectors/*/{_MANIFEST}")}
    named = {str(path.relative_to(cache)): digest for path, digest in manifests.items()}
    return named | {name: digest for name, (_, digest) in _sealed(runs).items()}


def broken_seals(runs: Path) -> list[str]:
    """Files of `cache/` whose bytes are no longer those that were sealed."""
    files = _files(runs)
    try:
        known = _read(runs)
    except ValueError:
        return [str(_path(runs).relative_to(runs / "cache"))]
    rotten = [name for name in files if name in known and sha256_of(files[name]) != known[name][1]]
    return [*rotten, *_broken_manifests(runs / "cache")]


def _sealed(runs: Path) -> dict[str, Seal]:
    try:
        return _read(runs)
    except ValueError:
        return {}  # `broken_seals` tells; a new seal vouches for what lies there now


def _broken_manifests(cache: Path) -> Iterator[str]:
    """Lists of segments of vectors that do not name the segments that lie there."""
    for path in sorted(cache.glob(f"vectors/*/{_MANIFEST}")):
        try:
            named = set(json.loads(path.read_text("utf-8")))
        except (ValueError, TypeError):
            named = None
        if named != {folder.name for folder in path.parent.iterdir() if folder.is_dir()}:
            yield str(path.relative_to(cache))


def _files(runs: Path) -> dict[str, Path]:
    cache = runs / "cache"
    found = (path for pattern in _SEALED for path in cache.rglob(pattern))
    return {str(path.relative_to(cache)): path for path in sorted(found) if path != _path(runs)}


def _path(runs: Path) -> Path:
    return runs / "cache" / "seal.json"


def _read(runs: Path) -> dict[str, Seal]:
    """The hashes by file; raises ValueError when the seal itself is broken."""
    path = _path(runs)
    if not path.is_file():
        return {}
    seal = json.loads(path.read_text("utf-8"))
    if not isinstance(seal, dict) or seal.keys() != {"files", "sha256"}:
        raise ValueError("no seal")
    if seal["sha256"] != _hash(seal["files"]):
        raise ValueError("a broken seal")
    return {name: (written, digest) for name, (written, digest) in seal["files"].items()}


def _hash(hashes: Mapping[str, Seal]) -> str:
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()
