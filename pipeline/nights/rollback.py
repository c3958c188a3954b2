"""Back to an earlier night, when what was published should not be seen."""

from pathlib import Path

from data.errors import InputError
from pipeline.audit.log import record
from pipeline.nights.folders import CURRENT, nights_of, point
from pipeline.nights.integrity import is_whole
from pipeline.nights.lock import run_lock


def roll_back(runs: Path) -> Path:
    """Point `current` at the latest whole night before the one that it points at.

    Nothing is removed; the next run publishes again.

    Raises:
        InputError: there is no such night.
        LockError: a run works in this folder.
    """
    with run_lock(runs):
        now = (runs / CURRENT).resolve().name
        earlier = [night for night in nights_of(runs) if night.name < now]
        for night in reversed(earlier):
            if is_whole(runs, night):
                record(runs, "rollback", {"from": now, "to": night.name})
                point(runs, night)
                return night
    raise InputError(
        f"Rolling back needs a whole night before {now or 'the first'}; {runs} has "
        f"{len(earlier)} earlier nights and none of them is whole. Run a new night instead."
    )
