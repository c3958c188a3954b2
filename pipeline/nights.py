"""The folders of the nights: made aside, finished whole, shown by one swapped pointer.

Readers follow `runs/current`. Of every way tried to publish a folder of files, only swapping a
link to a finished folder survived being killed at any moment.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path

from data.durable import flush
from data.errors import InputError

CURRENT = "current"
MANIFEST = "manifest.json"


def staging(runs: Path, key: str) -> Path:
    """The folder where the night of that key is prepared, empty of a killed run's exports."""
    folder = runs / "staging" / key
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(staged: Path, runs: Path, started: datetime) -> Path:
    """Move a finished folder to `nights/<started>_<key>` and point `current` at it.

    Everything reaches the disk before the pointer moves; the swap itself is one rename.
    """
    for file in staged.rglob("*"):
        flush(file)
    flush(staged)
    night = runs / "nights" / f"{started:%Y-%m-%dT%H-%M-%SZ}_{staged.name}"
    night.parent.mkdir(exist_ok=True)
    os.replace(staged, night)
    flush(night.parent)
    link = runs / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(night.relative_to(runs), target_is_directory=True)
    os.replace(link, runs / CURRENT)
    flush(runs)
    return night


def current_night(runs: Path) -> Path:
    """The published night of a runs folder.

    Raises:
        InputError: nothing has been published there.
    """
    night = (runs / CURRENT).resolve()
    if not (night / MANIFEST).is_file():
        raise InputError(
            f"{runs} must hold a published night; it has none. "
            "Run `briefmatch run --inbox DIR --runs DIR` first."
        )
    return night
