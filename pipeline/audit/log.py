"""The record of what was done: each line carries the hash of the line before it.

Whoever changes, drops or swaps a line breaks the chain behind it. A chain cut short is still a
chain, so its head is also kept beside the log, in the manifest of each night, and by the operator.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from data.durable import write_whole
from pipeline.privacy.pseudonym import pseudonym

START = "0" * 64  # the head of a log without lines
GAP = "gap"  # the event that says: here the log had lost its end
_LONGEST = 200  # characters of a fact: enough for ids, hashes and reasons, too few for a CV
_KEYS = {"line", "at", "event", "facts", "previous", "hash"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the log; `facts` holds ids, hashes and figures, never a name."""

    line: int
    at: str
    event: str
    facts: Mapping[str, object]
    previous: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a check of the log found; the heads of every line are those it may be held against."""

    lines: int
    head: str
    problems: tuple[str, ...]


def record(runs: Path, event: str, facts: Mapping[str, object]) -> str:
    """Append one event to `runs/audit/log.jsonl`, on the disk when this returns.

    A fact named `candidate_id` is written as `candidate`, the pseudonym that outlives an erasure.

    Returns:
        The new head, 64 hex digits.

    Raises:
        ValueError: the event is no lower-case word, or a fact is a text long enough for prose.
    """
    if not re.fullmatch(r"[a-z_]{1,40}", event):
        raise ValueError(f"An event must be a lower-case word; got {event!r}.")
    told = _told(runs, facts)
    with _locked(runs) as file:
        last, torn = _last(file)
        if torn:
            file.truncate(file.tell())  # a line that a crash cut short was never answered for
        kept = _kept_head(runs) or START
        if kept not in {last.hash, last.previous}:  # a crash may have come between line and head
            last = _append(file, last, GAP, {"expected": kept})
        head = _append(file, last, event, told).hash
        _keep_head(runs, head)
    return head


def head(runs: Path) -> str:
    """The hash of the last line; `START` when nothing was recorded."""
    last = START
    for entry in entries(runs):
        last = entry.hash
    return last


def entries(runs: Path) -> Iterator[Entry]:
    """The lines of the log in their order, up to the first that cannot be read; none is checked."""
    path = runs / "audit" / "log.jsonl"
    if not path.is_file():
        return
    for line in path.read_bytes().splitlines(keepends=True):
        entry = _parse(line)
        if entry is None:
            return
        yield entry


def verify(runs: Path, *, heads: Mapping[str, str] | None = None) -> Verification:
    """Check the chain from its first line to its last, and that every kept head is in it.

    Args:
        runs: the runs folder.
        heads: heads kept elsewhere, by a description of where; the one beside the log is added.
    """
    path = runs / "audit" / "log.jsonl"
    lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
    problems, seen, last = [], {START}, START
    for number, line in enumerate(lines, start=1):
        entry = _parse(line)
        if entry is None:
            problems.append(f"line {number} is damaged or cut short")
            break
        if entry.previous != last or entry.line != number:
            problems.append(f"line {number} does not follow the line before it")
            break
        if entry.event == GAP:
            problems.append(f"before line {number} the log had lost its end")
        last = entry.hash
        seen.add(last)
    beside = {"beside the log": kept} if (kept := _kept_head(runs)) else {}
    if lines and not beside:
        problems.append("the head that is kept beside the log is missing")
    for where, kept in {**beside, **(heads or {})}.items():
        if kept not in seen:
            problems.append(f"lines are lost: the head kept {where}, {kept[:12]}, is not there")
    return Verification(lines=len(lines), head=last, problems=tuple(problems))


def _told(runs: Path, facts: Mapping[str, object]) -> dict[str, object]:
    told = dict(facts)
    if "candidate_id" in told:
        told["candidate"] = pseudonym(runs, str(told.pop("candidate_id")))
    for name, value in told.items():
        if isinstance(value, str) and (len(value) > _LONGEST or "\n" in value):
            raise ValueError(
                f"A fact of the audit log must be one line of at most {_LONGEST} characters; "
                f"{name} has {len(value)}. Record an id or a hash instead."
            )
    return told


@contextmanager
def _locked(runs: Path) -> Iterator[BinaryIO]:
    path = runs / "audit" / "log.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _last(file: BinaryIO) -> tuple[Entry, bool]:
    """The last whole line, the file set to its end, and whether a torn line follows it."""
    last = Entry(line=0, at="", event="", facts={}, previous="", hash=START)
    size, end = file.seek(0, os.SEEK_END), 0
    file.seek(0)
    for line in file:
        entry = _parse(line)
        if entry is None and not line.endswith(b"\n"):
            break
        # A damaged line is left for `verify` to find; the chain goes on from the last good one.
        last, end = entry or last, file.tell()
    file.seek(end)
    return last, end < size


def _append(file: BinaryIO, last: Entry, event: str, facts: Mapping[str, object]) -> Entry:
    body: dict[str, Any] = {
        "line": last.line + 1,
        "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "event": event,
        "facts": dict(facts),
        "previous": last.hash,
    }
    entry = {**body, "hash": _hash(body)}
    file.write(_canonical(entry) + b"\n")
    file.flush()
    os.fsync(file.fileno())
    return Entry(**entry)


def _parse(line: bytes) -> Entry | None:
    """The entry of a line, when it is byte for byte what `record` writes; else None."""
    try:
        body = json.loads(line)
    except ValueError:
        return None
    if not isinstance(body, dict) or set(body) != _KEYS or line != _canonical(body) + b"\n":
        return None
    if body["hash"] != _hash({name: body[name] for name in body if name != "hash"}):
        return None
    return Entry(**body)


def _canonical(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":"), default=str).encode()


def _hash(body: Mapping[str, object]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def _kept_head(runs: Path) -> str | None:
    path = runs / "audit" / "head"
    return path.read_text("ascii", "replace").strip() if path.is_file() else None


def _keep_head(runs: Path, head: str) -> None:
    write_whole(runs / "audit" / "head", f"{head}\n".encode("ascii"))
