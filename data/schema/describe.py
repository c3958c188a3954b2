"""The data dictionary as a page, written from the schemas so that it cannot drift from them."""

import inspect

import dataframely as dy
import polars as pl

from data.schema.tables import INBOX_TABLES, STAGE_TABLES

HEAD = """# The tables

Written from `data/schema/` by `python -m data.schema.describe > docs/data.md`;
a test fails when it is stale.

## How the inbox is written

One folder holds each table as `<table>.csv`, `<table>.parquet` or `<table>.jsonl`, and the CV
files. `candidates` and `briefs` must be there; columns that are not listed are left aside.

- CSV is parted by `,` or `;`, with quotes around a cell that holds the separator, a quote or a
  line break. Text is UTF-8, UTF-16 or Windows-1252.
- A list in a CSV cell is parted by `;`: `"IFRS;SAP"`. Languages are `nl:C2;fr:B2`, those of a brief
  `nl:C1:required;en:B2`; words do as well ("néerlandais (courant)").
- A date is `2026-04-03`. `day_first = true` under `[inbox]` allows `03/04/2026`.
- A number has a point before its decimals. `decimal_comma = true` allows `1.250,50`.
- Other column names are mapped under `[inbox.columns.<table>]`: `"Kandidaat nr" = "candidate_id"`.
- An empty cell is unknown.

A row that breaks its table is turned away with a reason, also when it refers to one that was.
"""


def describe() -> str:
    """The data dictionary of every table as markdown."""
    parts = [HEAD, "## What comes in\n"]
    parts += [_table(name, schema) for name, schema in INBOX_TABLES.items()]
    parts.append("## Between the stages, and what a night publishes\n")
    parts += [_table(name, schema) for name, schema in STAGE_TABLES.items()]
    return "\n".join(parts)


def _table(name: str, schema: type[dy.Schema]) -> str:
    key = ", ".join(f"`{column}`" for column in schema.primary_key())
    lines = [f"### {name}\n", inspect.cleandoc(schema.__doc__ or ""), ""]
    lines += [f"Key: {key}.\n"] if key else []
    lines += ["| column | type | may be unknown | meaning |", "|---|---|---|---|"]
    lines += [_row(column_name, column) for column_name, column in schema.columns().items()]
    return "\n".join([*lines, ""])


def _row(name: str, column: dy.Column) -> str:
    meaning = column.description or ""
    if column.metadata and "words" in column.metadata:
        meaning += ": " + ", ".join(f"`{word}`" for word in column.metadata["words"])
    optional = "yes" if column.nullable else "no"
    return f"| `{name}` | {_type(column.dtype)} | {optional} | {meaning} |"


def _type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.List):
        return f"list of {_type(dtype.inner)}"  # type: ignore[arg-type]
    if isinstance(dtype, pl.Struct):
        return "(" + ", ".join(field.name for field in dtype.fields) + ")"
    plain = {"String": "text", "Date": "date", "Boolean": "true/false"}
    return plain.get(str(dtype), str(dtype).lower())


if __name__ == "__main__":
    import sys

    sys.stdout.write(describe())
