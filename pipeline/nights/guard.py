"""What must hold before anything is published: each gate of the night can stop it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from data.errors import InputError
from data.inbox import Inbox
from data.known import RECORDED
from pipeline.export.report import Alarm
from pipeline.stages.intake import Reading

_OUTCOMES: Final = ("presentations", "placements", "feedback")
_FEW = 3  # rows that a small table of outcomes may lose in any case
_SIZEABLE = 0.05  # share of the CVs from which a language counts as one of the pool's


@dataclass(frozen=True, kw_only=True)
class GuardSettings:
    """Beyond which bounds a night is stopped; compared is with the published night."""

    max_rejected: float = 0.05
    """Share of the candidates that may be turned away."""
    least: float = 0.5
    """Candidates tonight for one of last night, at or below which the pool has shrunk too much."""
    most: float = 4.0
    """The same, at or above which it has grown too much: + 300 %."""
    stale_days: int = 14
    """Days since the newest date that the inbox recorded, beyond which the export is stale."""
    max_outcome_loss: float = 0.05
    """Share of the rows of presentations, placements or feedback that may be gone."""


@dataclass(frozen=True, kw_only=True)
class Evening:
    """What the gates look at; `now` and `before` are figures as `watch` counts them."""

    inbox: Inbox
    reading: Reading
    now: Mapping[str, int]
    before: Mapping[str, int]
    as_of: date
    settings: GuardSettings


@dataclass(kw_only=True)
class Guard:
    """The gates of one night; after `check`, what they counted and what the operator accepted."""

    before: Mapping[str, int]
    as_of: date
    settings: GuardSettings
    accepted: Collection[str] = ()
    watched: dict[str, int] = field(default_factory=dict)
    overruled: dict[str, str] = field(default_factory=dict)

    def check(self, inbox: Inbox, reading: Reading) -> None:
        """Ask every gate.

        Raises:
            InputError: a gate that was not accepted stops the night; the message names it.
        """
        self.watched = watch(inbox, reading)
        evening = Evening(
            inbox=inbox,
            reading=reading,
            now=self.watched,
            before=self.before,
            as_of=self.as_of,
            settings=self.settings,
        )
        found = {name: text for name, gate in GATES.items() if (text := gate(evening))}
        if not set(found) <= set(self.accepted):
            told = " ".join(f"Gate `{name}`: {text}" for name, text in found.items())
            options = " ".join(f"--accept {name}" for name in found)
            raise InputError(
                f"{told} Mend the export; if all is as it should be, run again with {options}."
            )
        self.overruled = found

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """What was accepted, for the night's report."""
        return tuple(
            Alarm(level="alarm", text=f"The operator accepted what gate `{name}` found: {text}")
            for name, text in self.overruled.items()
        )


def watch(inbox: Inbox, reading: Reading) -> dict[str, int]:
    """The figures by which the gates compare a night with the one before it."""
    languages = reading.documents["language"].value_counts(name="n").sort("language")
    kept = dict(inbox.counts.select("table", "kept").iter_rows())
    return {
        "candidates": reading.documents.height,
        **{f"language {language}": n for language, n in languages.iter_rows()},
        **{table: kept[table] for table in _OUTCOMES},
    }


def _empty(evening: Evening) -> str | None:
    if evening.reading.documents.height:
        return None
    return "No CV could be read; at least one must be."


def _rejected(evening: Evening) -> str | None:
    most = evening.settings.max_rejected
    counts = evening.inbox.counts
    row = counts.row(by_predicate=pl.col("table") == "candidates", named=True)
    rejected = row["quarantined"] + evening.reading.unreadable.height
    if rejected <= most * row["read"]:
        return None
    reasons = pl.concat([evening.inbox.quarantine, evening.reading.unreadable]).filter(
        pl.col("table") == "candidates"
    )
    worst = reasons["reason"].value_counts(sort=True).head(3)
    return (
        f"At most {most:.0%} of the candidates may be turned away; {rejected} of {row['read']} "
        f"were, most often for: {'; '.join(worst['reason'])}."
    )


def _fewer(evening: Evening) -> str | None:
    now, before = evening.now["candidates"], evening.before.get("candidates", 0)
    if not before or now > evening.settings.least * before:
        return None
    return f"{now} candidates came, {before} in the published night."


def _more(evening: Evening) -> str | None:
    now, before = evening.now["candidates"], evening.before.get("candidates", 0)
    if not before or now < evening.settings.most * before:
        return None
    return f"{now} candidates came, {before} in the published night."


def _stale(evening: Evening) -> str | None:
    dates = [getattr(evening.inbox, table).get_column(column).max() for table, column in RECORDED]
    newest = max((day for day in dates if isinstance(day, date)), default=None)
    if newest is None or (evening.as_of - newest).days <= evening.settings.stale_days:
        return None
    return (
        f"The newest record is of {newest}, {(evening.as_of - newest).days} days before "
        f"{evening.as_of}; at most {evening.settings.stale_days} are allowed."
    )


def _one_language(evening: Evening) -> str | None:
    def spoken(counts: Mapping[str, int]) -> list[str]:
        most = _SIZEABLE * counts.get("candidates", 0)
        return [name for name, n in counts.items() if name.startswith("language ") and n >= most]

    before, now = spoken(evening.before), spoken(evening.now)
    if len(before) < 2 or len(now) > 1:
        return None
    return f"All CVs are in one language; the published night had {len(before)}."


def _outcomes(evening: Evening) -> str | None:
    lost = []
    for table in _OUTCOMES:
        before, now = evening.before.get(table, 0), evening.now[table]
        allowed = max(evening.settings.max_outcome_loss * before, _FEW)
        if before - now > allowed or (before and not now):
            lost.append(f"{table} has {now} rows, {before} in the published night")
    return f"The past has shrunk: {'; '.join(lost)}." if lost else None


GATES: Final[Mapping[str, Callable[[Evening], str | None]]] = {
    "empty": _empty,
    "rejected": _rejected,
    "fewer": _fewer,
    "more": _more,
    "stale": _stale,
    "one_language": _one_language,
    "outcomes": _outcomes,
}
"""Each gate says what is wrong, or nothing; a table or column that is missing stops the reading."""
