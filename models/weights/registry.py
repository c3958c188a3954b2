"""The registry of a runs folder: its champion, its challengers, and how one followed another.

`runs/registry/` holds `champion.json` (absent until the first promotion: the shipped champion
rules), `challengers/<weights_id>.json`, `past/<sha256>.json` with the exact bytes of every champion
that was replaced, and `history.jsonl`. Whoever replaces the champion holds the run lock.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.durable import write_whole
from data.errors import InputError
from models.weights.champion import CHAMPION, Weights, read_weights, to_json

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One champion followed another: SHA-256 of both files."""

    before: str
    after: str


def champion_path(runs: Path) -> Path:
    """The file of the champion that rules in a runs folder: its own, or the shipped one."""
    own = _folder(runs) / "champion.json"
    return own if own.is_file() else CHAMPION


def read_champion(runs: Path) -> Weights:
    """The champion that rules in a runs folder. Raises InputError if its file is broken."""
    return read_weights(champion_path(runs))


def sha256(path: Path) -> str:
    """SHA-256 of a file in hex, as `sha256sum` prints it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def add_challenger(runs: Path, weights: Weights) -> Path:
    """Keep weights as a challenger of the champion, and say so in the history.

    A challenger is never changed: adding the same again does nothing.

    Raises:
        InputError: the id cannot be a file's name, or names other weights already.
    """
    if not _ID.fullmatch(weights.weights_id) or weights.weights_id == "champion":
        raise InputError(
            "An id of weights must be letters, digits, dots, dashes and underscores (at most 64, "
            f"a letter or digit first) and not `champion`, got {weights.weights_id!r}."
        )
    path = _folder(runs) / "challengers" / f"{weights.weights_id}.json"
    text = to_json(weights).encode()
    if path.is_file():
        if path.read_bytes() != text:
            raise InputError(
                f"A challenger keeps its weights for good; {weights.weights_id} exists with others "
                f"in {path}. Add these under another id."
            )
        return path
    write_whole(path, text)
    log(runs, "added", {"weights_id": weights.weights_id, "sha256": sha256(path)})
    return path


def challengers(runs: Path) -> list[Weights]:
    """All challengers, in order of their ids."""
    return [read_weights(path) for path in sorted((_folder(runs) / "challengers").glob("*.json"))]


def find(runs: Path, weights_id: str) -> Weights:
    """The champion (also called `champion`), a challenger or an earlier champion, by its id.

    Raises:
        InputError: no weights of that id are known here.
    """
    champion = read_champion(runs)
    past = [read_weights(path) for path in sorted((_folder(runs) / "past").glob("*.json"))]
    known = {one.weights_id: one for one in [*past, *challengers(runs), champion]}
    known["champion"] = champion
    if weights_id not in known:
        raise InputError(
            f"The weights must be one of {', '.join(known)}; got {weights_id!r}. "
            "`briefmatch weights list` tells more of them."
        )
    return known[weights_id]


def install(runs: Path, weights: Weights, facts: Mapping[str, Any]) -> Change:
    """Make `weights` the champion; the file that they replace is kept, byte for byte.

    The history is written first, so that no champion can rule that it does not name.
    """
    before = champion_path(runs)
    text = to_json(weights).encode()
    change = Change(before=sha256(before), after=hashlib.sha256(text).hexdigest())
    write_whole(_past(runs, change.before), before.read_bytes())
    names = {"weights_id": weights.weights_id, "before": change.before, "after": change.after}
    log(runs, "promoted", {**facts, **names})
    write_whole(_folder(runs) / "champion.json", text)
    return change


def restore(runs: Path) -> Change:
    """Put back the champion that the present one replaced, byte for byte.

    Raises:
        InputError: none was replaced, or its kept file is no longer what it was.
    """
    now = sha256(champion_path(runs))
    befores = [
        line["before"]
        for line in history(runs)
        if line["event"] == "promoted" and line["after"] == now
    ]
    if not befores:
        raise InputError(
            f"A rollback needs an earlier champion; {read_champion(runs).weights_id} replaced none "
            f"in {runs}."
        )
    kept = _past(runs, befores[-1])
    if not kept.is_file() or sha256(kept) != befores[-1]:
        raise InputError(
            f"The earlier champion must be unchanged; {kept} is gone or does not have the SHA-256 "
            "that names it. Restore it from a backup."
        )
    change = Change(before=now, after=befores[-1])
    write_whole(_past(runs, now), champion_path(runs).read_bytes())
    names = {"weights_id": read_weights(kept).weights_id, "before": now, "after": befores[-1]}
    log(runs, "rolled back", names)
    write_whole(_folder(runs) / "champion.json", kept.read_bytes())
    return change


def history(runs: Path) -> list[dict[str, Any]]:
    """What happened in the registry, the oldest first: `at`, `event`, and the event's facts."""
    path = _folder(runs) / "history.jsonl"
    if not path.is_file():
        return []
    return [json.loads(line) for line in _whole_lines(path.read_bytes()).splitlines()]


def log(runs: Path, event: str, facts: Mapping[str, Any]) -> None:
    """Append a line to the history; it has reached the disk when this returns."""
    path = _folder(runs) / "history.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"at": at, "event": event, **facts}, default=str) + "\n"
    with path.open("ab+") as file:
        file.seek(0)
        file.truncate(len(_whole_lines(file.read())))
        file.write(line.encode())
        file.flush()
        os.fsync(file.fileno())


def _folder(runs: Path) -> Path:
    return runs / "registry"


def _whole_lines(content: bytes) -> bytes:
    """Without a last line that a crash cut short: nothing was done on its strength."""
    return content[: content.rfind(b"\n") + 1]


def _past(runs: Path, digest: str) -> Path:
    return _folder(runs) / "past" / f"{digest}.json"
