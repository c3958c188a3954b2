"""The inbox: everything an agency exports for a night, read, checked, and as of a date."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import polars as pl

from data.cells import Notation
from data.checks import quarantine_rows, unknown_references
from data.errors import InputError
from data.loading import Loaded, key_columns, load_table
from data.schema import INBOX_TABLES, Quarantine
from data.tables import ROW

REFERENCES: Final[dict[str, dict[str, str]]] = {
    "contacts": {"candidate_id": "candidates"},
    "experiences": {"candidate_id": "candidates"},
    "presentations": {"brief_id": "briefs", "candidate_id": "candidates"},
    "placements": {"brief_id": "briefs", "candidate_id": "candidates"},
    "feedback": {"placement_id": "placements"},
    "judgements": {"brief_id": "briefs", "candidate_id": "candidates"},
}
"""Which id of a table must be known to which other; in the order in which they are checked."""


@dataclass(frozen=True, kw_only=True)
class InboxSettings:
    """How to read an agency's export, and which of its briefs are open."""

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each table, the agency's own column names and those of the data dictionary:
    under [inbox.columns.candidates], "Kandidaat nr" = "candidate_id"."""
    day_first: bool = False
    """Whether the export writes 3 April 2026 as 03/04/2026 (also with points or hyphens)."""
    decimal_comma: bool = False
    """Whether the export writes one thousand two hundred and fifty and a half as 1.250,50."""
    open_days: int = 90
    """A brief received longer ago than this many days is no longer open."""


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """The checked tables, the rows turned away, and what a person should know about the reading.

    `contacts` is for the export alone. `counts` holds one row a table: table, read, kept,
    quarantined, with read = kept + quarantined.
    """

    candidates: pl.DataFrame
    contacts: pl.DataFrame
    experiences: pl.DataFrame
    briefs: pl.DataFrame
    presentations: pl.DataFrame
    placements: pl.DataFrame
    feedback: pl.DataFrame
    judgements: pl.DataFrame
    quarantine: pl.DataFrame
    counts: pl.DataFrame
    warnings: list[str]


def read_inbox(folder: Path, settings: InboxSettings) -> Inbox:
    """Read and check every table of a folder.

    Raises:
        InputError: the folder or a required table is missing, a table lacks a required column or
            lies there twice, or a file cannot be read at all.
    """
    if not folder.is_dir():
        raise InputError(
            f"The inbox must be a folder that holds the tables, but {folder} is none. "
            "Create it, or give the path of the export."
        )
    unknown = sorted(set(settings.columns) - set(INBOX_TABLES))
    if unknown:
        raise InputError(
            f"[inbox.columns] must name tables among {', '.join(INBOX_TABLES)}, but it names "
            f"{', '.join(unknown)}. Correct the name."
        )
    notation = Notation(day_first=settings.day_first, decimal_comma=settings.decimal_comma)
    loaded = {
        table: load_table(folder, table, settings.columns.get(table, {}), notation)
        for table in INBOX_TABLES
    }
    for table, references in REFERENCES.items():
        loaded[table] = _with_known_ids(table, loaded, references)
    return _inbox(loaded)


def _with_known_ids(
    table: str, loaded: Mapping[str, Loaded], references: Mapping[str, str]
) -> Loaded:
    """A table without the rows that refer to something that was not kept."""
    this = loaded[table]
    problems = pl.concat(
        unknown_references(this.frame, column, loaded[other].frame.get_column(column), other)
        for column, other in references.items()
    )
    if problems.is_empty():
        return this
    turned_away = quarantine_rows(table, this.frame, problems, key_columns(INBOX_TABLES[table]))
    return replace(
        this,
        frame=this.frame.join(problems, on=ROW, how="anti", maintain_order="left"),
        quarantine=pl.concat([this.quarantine, turned_away]).sort("row"),
    )


def _inbox(loaded: Mapping[str, Loaded]) -> Inbox:
    frames = {table: this.frame.drop(ROW) for table, this in loaded.items()}
    counts = pl.DataFrame(
        [
            (table, this.read, this.frame.height, this.quarantine.height)
            for table, this in loaded.items()
        ],
        schema={"table": pl.String, "read": pl.Int64, "kept": pl.Int64, "quarantined": pl.Int64},
        orient="row",
    )
    quarantine = pl.concat([this.quarantine for this in loaded.values()])
    return Inbox(
        **frames,
        quarantine=Quarantine.validate(quarantine),
        counts=counts,
        warnings=[warning for this in loaded.values() for warning in this.warnings],
    )
