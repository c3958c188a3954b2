"""What a night was made from: enough to say why two nights differ, and to make one again."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_info

_PACKAGES = ("briefmatch", "numpy", "scipy", "scikit-learn", "polars", "torch", "transformers")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The record that lies beside a night's exports; hashes are SHA-256 in hex."""

    as_of: date
    started: datetime
    key: str
    inbox: str
    inputs: Mapping[str, str]
    settings: Mapping[str, Any]
    weights: Mapping[str, Any]
    encoder: str
    counts: Mapping[str, int]
    balance: Mapping[str, int]
    watched: Mapping[str, int]
    attacks: Mapping[str, Mapping[str, float]]
    warnings: tuple[str, ...]
    seconds: Mapping[str, float]
    versions: Mapping[str, str]
    files: Mapping[str, str]
    audit_head: str

    def to_json(self) -> str:
        """The manifest as indented JSON with sorted keys."""
        return json.dumps(asdict(self), indent=2, sort_keys=True, default=str) + "\n"


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path there."""
    return {
        str(file.relative_to(folder)): sha256_of(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def versions() -> dict[str, str]:
    """Versions and CPU kernels that a score may depend on in its last digits."""
    found = {name: version(name) for name in _PACKAGES}
    kernels = {
        f"kernel:{info['internal_api']}": str(info.get("architecture", "unknown"))
        for info in threadpool_info()
    }
    return {"python": platform.python_version(), **found, **kernels}


def night_key(
    as_of: date, inputs: Mapping[str, str], settings: Mapping[str, Any], champion: str
) -> str:
    """Twelve hex digits that differ when the date, an input, a setting or a version does.

    `champion` is the SHA-256 of the weights in use.
    """
    record = [str(as_of), dict(inputs), dict(settings), champion, versions()]
    packed = json.dumps(record, sort_keys=True, default=str).encode()
    return hashlib.sha256(packed).hexdigest()[:12]


def sha256_of(file: Path) -> str:
    """SHA-256 of a file in hex."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
