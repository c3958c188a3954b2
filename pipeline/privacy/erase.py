"""A candidate erased: from every store and every past night, for good, with a receipt.

What is to be done is written down first and crossed out last, so that an erasure that was killed is
finished by the next run or the next erasure. From the first moment on the candidate is blocked.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.durable import write_whole
from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from pipeline.audit.log import record
from pipeline.decisions.store import forget
from pipeline.nights.folders import manifest_before
from pipeline.nights.lock import run_lock
from pipeline.nights.mirror import fetch_cache, mirror_of, send_cache
from pipeline.nights.seal import seal_cache
from pipeline.privacy.erased import block
from pipeline.privacy.pseudonym import pseudonym
from pipeline.privacy.revise import revise_nights
from pipeline.privacy.stores import erase_reading, keep_needed
from pipeline.privacy.traces import drop_from_file, traces

_DERIVED = ("backtest", "refused", "staging")
_OWN_STORES = {"cache", "nights", "audit", "privacy", "decisions", "current"}


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What an erasure removed; `remaining` names files that a person has to look at."""

    candidate: str
    erased_at: str
    readings: int
    vectors: int
    nights: int
    decisions: int
    rows: int
    remaining: tuple[str, ...]
    audit_head: str

    def to_text(self) -> str:
        """The receipt as a person reads it."""
        return json.dumps(asdict(self), indent=2)


def erase(runs: Path, candidate_ids: Sequence[str]) -> list[Receipt]:
    """Erase candidates from a runs folder; whoever is unknown there is blocked all the same.

    Raises:
        LockError: a run works in this folder.
        InputError: the store that mirrors the caches cannot be reached; the next run goes on there.
    """
    with run_lock(runs):
        for candidate_id in candidate_ids:
            _note(runs, candidate_id)
        return finish_erasures(runs)


def finish_erasures(runs: Path) -> list[Receipt]:
    """Carry out every erasure that was asked for and not finished; the caller holds the lock."""
    asked = [json.loads(note.read_text("utf-8")) for note in sorted(_pending(runs).glob("*.json"))]
    return [_erase(runs, candidate_id) for candidate_id in asked]


def _erase(runs: Path, candidate_id: str) -> Receipt:
    cache, mirror = runs / "cache", mirror_of(runs)
    _block(runs, candidate_id)
    if mirror:
        fetch_cache(runs, mirror)
    for derived in _DERIVED:
        shutil.rmtree(runs / derived, ignore_errors=True)
    decisions = forget(runs, {candidate_id}) if (runs / "decisions").is_dir() else 0
    readings = erase_reading(cache / "cvs", candidate_id)
    vectors = keep_needed(cache)
    nights = revise_nights(runs, candidate_id)
    shutil.rmtree(runs / "inbox", ignore_errors=True)  # fetched anew by the next night
    rows = sum(drop_from_file(file, candidate_id) for file in _other_tables(runs))
    seal_cache(runs)
    if mirror and not send_cache(runs, mirror):
        raise InputError(
            f"One machine at a time must write to {mirror}, but another has sent: erase once more."
        )
    remaining = tuple(str(file.relative_to(runs)) for file in traces(runs, candidate_id))
    counts = {"readings": readings, "vectors": vectors, "nights": nights, "decisions": decisions}
    facts = {"candidate_id": candidate_id, **counts, "rows": rows, "remaining": len(remaining)}
    receipt = Receipt(
        candidate=pseudonym(runs, candidate_id),
        erased_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        **counts,
        rows=rows,
        remaining=remaining,
        audit_head=record(runs, "erasure", facts),
    )
    told = runs / "privacy" / "receipts" / f"{receipt.candidate}.json"
    write_whole(told, receipt.to_text().encode())
    (_pending(runs) / f"{receipt.candidate}.json").unlink()
    return receipt


def _block(runs: Path, candidate_id: str) -> None:
    """Block the id, and the e-mail address by which the same person may come back as another."""
    block(runs, candidate_id)
    inbox = manifest_before(runs).get("inbox")
    try:
        contacts = read_inbox(Path(inbox), InboxSettings()).contacts if inbox else None
    except InputError:  # the inbox has gone or changed: the id alone is blocked
        return
    if contacts is None:
        return
    for own, email in contacts.select("candidate_id", "email").iter_rows():
        if own == candidate_id and email:
            block(runs, email.strip().lower())


def _other_tables(runs: Path) -> list[Path]:
    """Tables and records of other makers in the runs folder."""
    files = [*runs.rglob("*.parquet"), *runs.rglob("*.jsonl")]
    return sorted(f for f in files if f.relative_to(runs).parts[0] not in _OWN_STORES)


def _note(runs: Path, candidate_id: str) -> None:
    path = _pending(runs) / f"{pseudonym(runs, candidate_id)}.json"
    write_whole(path, json.dumps(candidate_id).encode())


def _pending(runs: Path) -> Path:
    return runs / "privacy" / "pending"
