"""The list of those who were erased, by pseudonym: who stands on it is not taken in again."""

import os
from collections.abc import Iterable
from pathlib import Path

from data.durable import flush
from pipeline.privacy.pseudonym import pseudonym


def block(runs: Path, candidate_id: str) -> None:
    """Put a candidate on the list; whoever stands there already stays there once."""
    path = _list(runs)
    names = {*_names(path), pseudonym(runs, candidate_id)}
    part = path.with_name("erased.part")
    part.touch(mode=0o600)
    part.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="ascii")
    flush(part)
    os.replace(part, path)
    flush(path.parent)


def erased_among(runs: Path, candidate_ids: Iterable[str]) -> list[str]:
    """Those of these ids that stand on the list."""
    names = _names(_list(runs))
    return [one for one in candidate_ids if pseudonym(runs, one) in names] if names else []


def _list(runs: Path) -> Path:
    return runs / "privacy" / "erased"


def _names(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()
