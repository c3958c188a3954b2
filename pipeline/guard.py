"""What must hold before anything is published."""

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data.errors import InputError
from data.inbox import Inbox
from pipeline.export.report import Alarm
from pipeline.intake import Reading
from pipeline.nights import CURRENT, MANIFEST

_FALL, _RISE = 0.5, 3.0  # candidates of tonight for one of last night


def refuse_rejected(inbox: Inbox, reading: Reading, most: float) -> None:
    """Raise InputError when a larger share of the candidates than `most` was turned away."""
    row = inbox.counts.row(by_predicate=pl.col("table") == "candidates", named=True)
    rejected = row["quarantined"] + reading.unreadable.height
    if rejected <= most * row["read"]:
        return
    reasons = pl.concat([inbox.quarantine, reading.unreadable]).filter(
        pl.col("table") == "candidates"
    )
    worst = reasons["reason"].value_counts(sort=True).head(3)
    raise InputError(
        f"At most {most:.0%} of the candidates may be turned away; {rejected} of {row['read']} "
        f"were, most often for: {'; '.join(worst['reason'])}. "
        "Mend the export, or raise `max_rejected` in [night]."
    )


def volume_alarms(runs: Path, counts: Mapping[str, int]) -> tuple[Alarm, ...]:
    """Alarms for a pool that halved or tripled since the published night."""
    manifest = runs / CURRENT / MANIFEST
    if not manifest.is_file():
        return ()
    before = json.loads(manifest.read_text(encoding="utf-8"))["counts"].get("candidates", 0)
    now = counts["candidates"]
    if before and not _FALL <= now / before <= _RISE:
        text = f"{now} candidates tonight, {before} in the night before."
        return (Alarm(level="alarm", text=text),)
    return ()
