"""Decisions as they were made, kept in files that are only ever added, whatever nights come after.

One call writes one file, whole or not at all: `runs/decisions/000001.jsonl`, `000002.jsonl`, …
"""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, get_args

from data.durable import write_whole
from data.errors import InputError
from pipeline.nights.lock import run_lock

Word = Literal["presented", "interviewed", "chosen", "withdrawn", "rejected"]
WORDS: tuple[Word, ...] = get_args(Word)
FOLDER = "decisions"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person decided on a candidate; without `decision` only their order was changed.

    `place` is the recruiter's own place for the candidate. `rank`, `score`, `propensity` and
    `weights_id` are those of the night that the person had before them, None where the candidate
    was not ranked, or, for the propensity, not shown.
    """

    brief_id: str
    candidate_id: str
    decision: Word | None
    on: date
    by: str | None = None
    reason: str | None = None
    place: int | None = None
    rank: int | None = None
    score: float | None = None
    propensity: float | None = None
    weights_id: str | None = None
    night: str | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Brief and candidate."""
        return self.brief_id, self.candidate_id

    @property
    def said(self) -> tuple[object, ...]:
        """What was decided, by whom and why, but for the day."""
        return *self.pair, self.decision, self.place, self.by, self.reason


def read_decisions(runs: Path, as_of: date | None = None) -> tuple[Decision, ...]:
    """All decisions, or those made up to a day, by day and then in the order of their recording.

    Raises:
        InputError: a file of decisions was damaged.
    """
    found = [decision for file in _files(runs) for decision in _read(file)]
    known = [decision for decision in found if as_of is None or decision.on <= as_of]
    return tuple(sorted(known, key=lambda decision: decision.on))


def decision_hashes(runs: Path) -> dict[str, str]:
    """SHA-256 of every file of decisions, by its path in `runs`: what a night was made from."""
    return {f"{FOLDER}/{f.name}": sha256(f.read_bytes()).hexdigest() for f in _files(runs)}


def append(runs: Path, decisions: Sequence[Decision]) -> None:
    """Add decisions, all or none of them; they are on the disk when this returns.

    Raises:
        LockError: another process adds decisions at this moment.
    """
    with run_lock(runs / FOLDER):
        last = max((int(file.stem) for file in _files(runs)), default=0)
        _write(runs / FOLDER / f"{last + 1:06d}.jsonl", decisions)


def forget(runs: Path, candidate_ids: Collection[str]) -> int:
    """Erase what was decided on these candidates; how many decisions that were.

    Raises:
        LockError: another process adds decisions at this moment.
    """
    erased = 0
    with run_lock(runs / FOLDER):
        for file in _files(runs):
            before = list(_read(file))
            kept = [decision for decision in before if decision.candidate_id not in candidate_ids]
            if len(kept) < len(before):
                _write(file, kept)
                erased += len(before) - len(kept)
    return erased


def _files(runs: Path) -> list[Path]:
    return sorted((runs / FOLDER).glob("[0-9]*.jsonl"))


def _write(file: Path, decisions: Sequence[Decision]) -> None:
    lines = [json.dumps(asdict(each), default=str, ensure_ascii=False) for each in decisions]
    write_whole(file, "".join(f"{line}\n" for line in lines).encode())


def _read(file: Path) -> Iterator[Decision]:
    try:
        for line in file.read_text(encoding="utf-8").splitlines():
            fields: dict[str, Any] = json.loads(line)
            yield Decision(**{**fields, "on": date.fromisoformat(fields["on"])})
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"A file of decisions must hold the lines that were recorded; {file} does not "
            f"({error}). Restore it from a backup; nothing else was touched."
        ) from error
