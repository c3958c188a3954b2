"""Reads a table from CSV, Parquet or JSON Lines as it lies in the file, before any meaning."""

import csv
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.errors import InputError

SUFFIXES: Final = (".csv", ".parquet", ".jsonl")
ROW: Final = "#row"
"""Column that carries the number of the record in its file, from 1."""
LANGUAGE_PARTS: Final[tuple[str, ...]] = ("code", "level", "required")
LONGEST_CELL: Final = 50_000_000
"""Characters; the standard library's own limit of 131,072 is below a long CV with its annexes."""


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """Records as read: `frame` has `#row` and columns of text, numbers, dates or lists of text."""

    frame: pl.DataFrame
    malformed: pl.DataFrame  # #row, reason: what is no record of this table


def find_table(folder: Path, name: str) -> Path | None:
    """The one file that holds a table, or None; two of them are an InputError that names both."""
    found = [folder / f"{name}{suffix}" for suffix in SUFFIXES]
    found = [path for path in found if path.is_file()]
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise InputError(
            f"A table must lie in one file, but {folder} holds {names}. Remove all but one."
        )
    return found[0] if found else None


def read_table(path: Path) -> RawTable:
    """Read one table; an InputError says why a whole file cannot be read."""
    readers = {".csv": _read_csv, ".parquet": _read_parquet, ".jsonl": _read_json_lines}
    return readers[path.suffix](path)


def encoding_of(content: bytes, name: str) -> str:
    """Which of UTF-8, UTF-16 and CP-1252 a file is in, with or without a byte order mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = ["utf-16"]
    elif b"\0" in content[:2]:  # an ASCII heading in UTF-16 without a mark
        tried = ["utf-16-be" if content[:1] == b"\0" else "utf-16-le"]
    else:
        tried = ["utf-8-sig", "cp1252"]
    for encoding in tried:
        with suppress(UnicodeDecodeError):
            content.decode(encoding)
            return encoding
    raise InputError(
        f"{name} must be UTF-8, UTF-16 or Windows-1252 text, but it is none of them. "
        "Export it again as UTF-8."
    )


def _read_csv(path: Path) -> RawTable:
    csv.field_size_limit(LONGEST_CELL)
    encoding = encoding_of(path.read_bytes(), path.name)
    with path.open(encoding=encoding, newline="") as file:
        separator = _separator(file.readline())
        file.seek(0)
        records = csv.reader(file, delimiter=separator, strict=True)
        try:
            heading = [name.strip() for name in next(records, [])]
            rows = [record for record in records if record]
        except csv.Error as error:
            raise InputError(
                f"{path.name} must be well-formed CSV, but near line {records.line_num}: {error}. "
                "A quoted cell must end with a quote followed by the separator or the line's end, "
                'and a quote inside it is written twice ("").'
            ) from error
    _check_heading(heading, path.name)
    return _from_rows(heading, rows, separator)


def _separator(heading: str) -> str:
    outside = "".join(heading.split('"')[::2])  # what stands outside quotes
    return ";" if outside.count(";") > outside.count(",") else ","


def _check_heading(heading: list[str], name: str) -> None:
    if not any(heading):
        raise InputError(
            f"The first line of {name} must name its columns, but it is empty. "
            "Export the table with its headings."
        )
    twice = sorted({column for column in heading if column and heading.count(column) > 1})
    if twice:
        raise InputError(
            f"Each column of {name} must have its own name, but {', '.join(twice)} stands twice. "
            "Rename or remove one of them."
        )


def _from_rows(heading: list[str], rows: list[list[str]], separator: str) -> RawTable:
    width = len(heading)
    kept: list[list[str]] = []
    numbers: list[int] = []
    malformed: list[tuple[int, str]] = []
    for number, row in enumerate(rows, start=1):
        if len(row) == width or (len(row) > width and not any(row[width:])):
            kept.append(row[:width])
            numbers.append(number)
        else:
            malformed.append((number, _ragged(len(row), width, separator)))
    columns = zip(*kept, strict=True) if kept else ((),) * width
    frame = pl.DataFrame(
        {ROW: numbers}
        | {name: list(cells) for name, cells in zip(heading, columns, strict=True) if name},
        schema={ROW: pl.Int64} | {name: pl.String for name in heading if name},
    )
    return RawTable(frame=frame, malformed=_malformed(malformed))


def _ragged(came: int, width: int, separator: str) -> str:
    return (
        f"A record must have {width} cells, as the heading has, but this one has {came}. "
        f'Put quotes (") around a cell that holds "{separator}".'
    )


def _malformed(records: list[tuple[int, str]]) -> pl.DataFrame:
    schema = {ROW: pl.Int64, "reason": pl.String}
    return pl.DataFrame(records, schema=schema, orient="row")


def _read_parquet(path: Path) -> RawTable:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            f"{path.name} must be a Parquet file, but it cannot be read: {error}. Export it again."
        ) from error
    frame = frame.select(_flat(dtype, pl.col(name)) for name, dtype in frame.schema.items())
    return RawTable(
        frame=frame.with_row_index(ROW, 1).cast({ROW: pl.Int64}), malformed=_malformed([])
    )


def is_plain(dtype: pl.DataType) -> bool:
    """Whether a column is of text, numbers or dates, or of lists of text."""
    if isinstance(dtype, pl.List):
        return dtype.inner == pl.String
    return dtype.is_numeric() or dtype in (pl.String, pl.Date, pl.Datetime)


def _flat(dtype: pl.DataType, column: pl.Expr) -> pl.Expr:
    """A column made plain where it can be: nested values and words become text."""
    words = (pl.Boolean, pl.Categorical, pl.Enum, pl.Null)
    if isinstance(dtype, pl.Struct):
        return column.struct.json_encode()
    if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct):
        return column.list.eval(_joined({field.name for field in dtype.inner.fields}))
    if isinstance(dtype, pl.List) and not dtype.inner.is_nested():
        return column.cast(pl.List(pl.String))
    return column.cast(pl.String) if dtype in words else column


def _joined(fields: set[str]) -> pl.Expr:
    """A struct of a list as `code:level:required`, the way a CSV cell writes a language."""
    parts = [name for name in LANGUAGE_PARTS if name in fields] or sorted(fields)
    texts = [pl.element().struct.field(name).cast(pl.String).fill_null("") for name in parts]
    return pl.concat_str(texts, separator=":")


def _read_json_lines(path: Path) -> RawTable:
    columns: dict[str, None] = {}
    records: list[tuple[int, dict[str, Any]]] = []
    malformed: list[tuple[int, str]] = []
    for number, line in _lines(path):
        record = _record(line)
        if record is None:
            reason = "A line must be one JSON object. Write each record on a line of its own."
            malformed.append((number, reason))
        else:
            columns.update(dict.fromkeys(record))
            records.append((number, record))
    data = {name: _column([record.get(name) for _, record in records]) for name in columns}
    frame = pl.DataFrame({ROW: pl.Series([number for number, _ in records], dtype=pl.Int64)} | data)
    return RawTable(frame=frame, malformed=_malformed(malformed))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Non-empty lines, numbered from 1; only line feeds end a line, as JSON Lines has it."""
    content = path.read_bytes()
    lines = content.decode(encoding_of(content, path.name)).split("\n")
    return enumerate((line for line in lines if line.strip()), start=1)


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
        json.dumps(record, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _column(values: list[Any]) -> pl.Series:
    """A column of text, or of lists of text when a value of it is a list."""
    if any(isinstance(value, list) for value in values):
        lists = [_items(value) for value in values]
        return pl.Series(lists, dtype=pl.List(pl.String))
    return pl.Series([_cell(value) for value in values], dtype=pl.String)


def _items(value: Any) -> list[str | None] | None:  # noqa: ANN401 (a JSON value)
    if value is None:
        return None
    return [_item(item) for item in value] if isinstance(value, list) else [_item(value)]


def _item(value: Any) -> str | None:  # noqa: ANN401 (a JSON value)
    if isinstance(value, dict):  # {"code": "nl", "level": "C1", "required": true}
        parts = (value.get(name) for name in LANGUAGE_PARTS)
        return ":".join(_cell(part) or "" for part in parts)
    return _cell(value)


def _cell(value: Any) -> str | None:  # noqa: ANN401 (a JSON value)
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
