"""The night's report: what was counted, how long it took, and what somebody should look at."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """Something that the night noticed; `alarm` asks for a person, `notice` only informs."""

    level: Literal["alarm", "notice"]
    text: str


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """Rows of the inbox that were turned away for one reason, with one of their ids."""

    table: str
    column: str | None
    reason: str
    rows: int
    example: str | None


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """A further table of the report, such as drift or fairness, already in words."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class NightReport:
    """Everything that `report.html` shows of one night; seconds are by stage, in their order."""

    as_of: date
    night: str
    counts: tuple[tuple[str, int], ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()
    warnings: tuple[str, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    quarantine: tuple[SetAside, ...] = ()
    tables: tuple[ReportTable, ...] = ()


def summarise_quarantine(quarantine: pl.DataFrame) -> tuple[SetAside, ...]:
    """The rows set aside, by table, column and reason, the most frequent first."""
    groups = quarantine.group_by("table", "column", "reason").agg(
        rows=pl.len(), example=pl.col("id").drop_nulls().min()
    )
    ordered = groups.sort(
        "rows", "table", "column", "reason", descending=[True, False, False, False]
    )
    return tuple(SetAside(**row) for row in ordered.iter_rows(named=True))
