"""The list of those who were erased, by pseudonym: who stands on it is not taken in again."""

from collections.abc import Iterable
from pathlib import Path

from data.durable import write_whole
from pipeline.privacy.pseudonym import pseudonym


def block(runs: Path, candidate_id: str) -> None:
    """Put a candidate on the list; whoever stands there already stays there once."""
    path = _list(runs)
    names = {*_names(path), pseudonym(runs, candidate_id)}
    write_whole(path, "".join(f"{name}\n" for name in sorted(names)).encode("ascii"))


def erased_among(runs: Path, candidate_ids: Iterable[str]) -> list[str]:
    """Those of these ids that stand on the list."""
    names = _names(_list(runs))
    return [one for one in candidate_ids if pseudonym(runs, one) in names] if names else []


def _list(runs: Path) -> Path:
    return runs / "privacy" / "erased"


def _names(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()
