"""The folders of the nights: made aside, finished whole, shown by one swapped pointer.

Readers follow `runs/current`. Of every way tried to publish a folder of files, only swapping a
link to a finished folder survived being killed at any moment.
"""

import json
import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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
    night = runs / "nights" / night_name(started, staged.name)
    night.parent.mkdir(exist_ok=True)
    os.replace(staged, night)
    flush(night.parent)
    point(runs, night)
    return night


def night_name(started: datetime, key: str) -> str:
    """The name of a night's folder: nights sort by when they started."""
    return f"{started:%Y-%m-%dT%H-%M-%SZ}_{key}"


def free_start(runs: Path, started: datetime, key: str) -> datetime:
    """When a night started, a second later for each one of this key that bears the name already."""
    while (runs / "nights" / night_name(started, key)).exists():
        started += timedelta(seconds=1)
    return started


def point(runs: Path, night: Path) -> None:
    """Let `current` show a night of this runs folder; on a failing disk it shows what it did."""
    before = os.readlink(runs / CURRENT) if (runs / CURRENT).is_symlink() else None
    _swap(runs, str(night.relative_to(runs)))
    try:
        flush(runs)
    except OSError:
        if before:
            _swap(runs, before)
        else:
            (runs / CURRENT).unlink()
        raise


def _swap(runs: Path, target: str) -> None:
    link = runs / f".{CURRENT}"
    link.unlink(missing_ok=True)
    link.symlink_to(target, target_is_directory=True)
    os.replace(link, runs / CURRENT)


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


def nights_of(runs: Path) -> list[Path]:
    """The finished nights of a runs folder, the oldest first."""
    return sorted(file.parent for file in (runs / "nights").glob(f"*/{MANIFEST}"))


def read_manifest(night: Path) -> dict[str, Any]:
    """The manifest of a night.

    Raises:
        InputError: it is missing or damaged.
    """
    try:
        return dict(json.loads((night / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(
            f"The manifest of {night} must be readable; it is not: {error}. "
            "Roll back to a whole night with `briefmatch rollback`."
        ) from error


def manifest_before(runs: Path) -> dict[str, Any]:
    """The manifest of the published night; empty before the first."""
    return read_manifest(runs / CURRENT) if (runs / CURRENT).exists() else {}
