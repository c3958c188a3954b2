"""Brings one table of the inbox from its file to typed, checked rows and a quarantine."""

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import dataframely as dy
import polars as pl

from data.cells import Notation, read_cells
from data.checks import check_rows, quarantine_rows
from data.errors import InputError
from data.schema import INBOX_TABLES, Quarantine
from data.schema.inbox import LEAVES_THE_FOLDER
from data.tables import ROW, find_table, read_table
from data.vocabulary import plain

REQUIRED_TABLES: Final = ("candidates", "briefs")
ALIASES: Final = {"city": "place"}
"""Other names under which a column is taken without a setting."""
FIRST_VERSION: Final = 1
"""Version of a brief that names none."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The good rows of one table with `#row`, the others, and how many records the file held."""

    frame: pl.DataFrame
    quarantine: pl.DataFrame
    read: int
    warnings: list[str]


def load_table(folder: Path, table: str, columns: Mapping[str, str], notation: Notation) -> Loaded:
    """Read and check one table; a table that may be absent is then empty.

    Raises:
        InputError: a required table is missing, or a table lacks a column that it needs.
    """
    schema = INBOX_TABLES[table]
    path = find_table(folder, table)
    if path is None:
        return _absent(folder, table, schema)
    raw = read_table(path)
    renamed, warnings = _rename(raw.frame, path.name, schema, columns)
    if renamed.height or path.suffix != ".jsonl":  # empty JSON Lines name no columns
        _check_columns(renamed, path.name, schema)
    cells = read_cells(renamed, schema, table, notation)
    frame, problems = cells.frame, cells.problems
    if "version" in frame.columns:
        frame = frame.with_columns(pl.col("version").fill_null(FIRST_VERSION))
    if "cv_file" in frame.columns:
        frame, missing = _find_files(frame, folder)
        problems = pl.concat([problems, missing])
    checked = check_rows(frame, schema, problems)
    turned_away = quarantine_rows(table, frame, checked.problems, key_columns(schema))
    read = raw.frame.height + raw.malformed.height
    if table == "candidates" and not read:
        raise InputError(
            f"{path.name} must hold at least one candidate, but it has none. Export it again."
        )
    return Loaded(
        frame=checked.good,
        quarantine=pl.concat([_malformed(raw.malformed, table), turned_away]).sort("row"),
        read=read,
        warnings=[*warnings, *cells.warnings],
    )


def _malformed(records: pl.DataFrame, table: str) -> pl.DataFrame:
    return records.select(
        pl.lit(table).alias("table"),
        pl.col(ROW).alias("row"),
        pl.lit(None, pl.String).alias("id"),
        pl.lit(None, pl.String).alias("column"),
        "reason",
        pl.lit(None, pl.String).alias("value"),
    )


def key_columns(schema: type[dy.Schema]) -> list[str]:
    """The columns that name a row: its key, or else its first column."""
    return list(schema.primary_key()) or schema.column_names()[:1]


def _absent(folder: Path, table: str, schema: type[dy.Schema]) -> Loaded:
    if table in REQUIRED_TABLES:
        raise InputError(
            f"The inbox must hold the tables {' and '.join(REQUIRED_TABLES)}, but {folder} has no "
            f"{table}.csv, {table}.parquet or {table}.jsonl. Export that table into the folder."
        )
    frame = schema.create_empty().with_columns(pl.lit(None, pl.Int64).alias(ROW))
    return Loaded(frame=frame, quarantine=Quarantine.create_empty(), read=0, warnings=[])


def _rename(
    frame: pl.DataFrame, file: str, schema: type[dy.Schema], columns: Mapping[str, str]
) -> tuple[pl.DataFrame, list[str]]:
    """The columns of the schema under their own names, and warnings about the others."""
    known = schema.column_names()
    wrong = sorted(set(columns.values()) - set(known))
    if wrong:
        raise InputError(
            f"A mapped column must become one of {', '.join(known)}, but the settings map one of "
            f"{file} to {', '.join(wrong)}. Correct it under [inbox.columns]."
        )
    mapped = {plain(name): target for name, target in columns.items()}
    names = {name: _target(name, known, mapped) for name in frame.columns if name != ROW}
    _check_twice(names, file)
    kept = {name: target for name, target in names.items() if target}
    aside = [name for name, target in names.items() if not target]
    warnings = []
    if aside:
        warnings.append(f"{file}: columns not used: {', '.join(aside)}.")
    absent = sorted(name for name in columns if plain(name) not in map(plain, names))
    if absent:
        warnings.append(f"{file}: the settings map columns that it lacks: {', '.join(absent)}.")
    return frame.select(ROW, *kept).rename(kept), warnings


def _target(name: str, known: list[str], mapped: Mapping[str, str]) -> str | None:
    key = plain(name)
    slug = key.replace(" ", "_")
    target = mapped.get(key, ALIASES.get(slug, slug))
    return target if target in known else None


def _check_twice(names: Mapping[str, str | None], file: str) -> None:
    targets = [target for target in names.values() if target]
    twice = {target for target in targets if targets.count(target) > 1}
    if twice:
        both = [name for name, target in names.items() if target in twice]
        raise InputError(
            f"Each column of {file} must have its own meaning, but {' and '.join(both)} both mean "
            f"{' and '.join(sorted(twice))}. Remove or rename one of them."
        )


def _check_columns(frame: pl.DataFrame, file: str, schema: type[dy.Schema]) -> None:
    needed = [
        name
        for name, column in schema.columns().items()
        if not column.nullable and name != "version"
    ]
    lost = [name for name in needed if name not in frame.columns]
    if "cv_file" in schema.column_names() and not {"cv_file", "cv_text"} & set(frame.columns):
        lost.append("cv_file or cv_text")
    if lost:
        came = ", ".join(name for name in frame.columns if name != ROW) or "none that is known"
        raise InputError(
            f"{file} must have the columns {', '.join(needed)}, but it lacks {', '.join(lost)} "
            f"(it has {came}). Export them, or name the columns that hold them under "
            "[inbox.columns]."
        )


def _find_files(frame: pl.DataFrame, folder: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give every CV the name that it has on disk, and list those that are not there."""
    frame = frame.with_columns(pl.col("cv_file").str.replace_all("\\", "/", literal=True))
    names = frame.get_column("cv_file").drop_nulls().unique()
    root = os.path.realpath(folder)
    on_disk = {
        name: _on_disk(root, name)
        for name in names.filter(~names.str.contains(LEAVES_THE_FOLDER)).to_list()
    }
    missing = [name for name, found in on_disk.items() if found is None]
    problems = frame.filter(pl.col("cv_file").is_in(missing)).select(
        ROW,
        pl.lit("cv_file").alias("column"),
        pl.lit(
            "cv_file must name a file that lies in the inbox itself; add the file or correct "
            "its path."
        ).alias("reason"),
        pl.col("cv_file").alias("value"),
    )
    found = {name: actual for name, actual in on_disk.items() if actual}
    return frame.with_columns(pl.col("cv_file").replace(found)), problems


def _on_disk(root: str, name: str) -> str | None:
    """The name of a file below the root, composed or not as its system writes it, or None."""
    for spelled in (name, unicodedata.normalize("NFD", name)):
        path = os.path.realpath(os.path.join(root, spelled))
        if path.startswith(root + os.sep) and os.path.isfile(path):
            return spelled
    return None
