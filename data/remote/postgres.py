"""A PostgreSQL database as the inbox, and as a place for the shortlists."""

import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import polars as pl

from data.errors import InputError
from data.schema import INBOX_TABLES

SHORTLISTS: Final = "briefmatch_shortlists"
_TABLES: Final = (
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = ANY (current_schemas(false))"
)


def is_database(address: str) -> bool:
    """Whether an address is that of a PostgreSQL database."""
    return address.startswith(("postgresql://", "postgres://"))


def fetch_tables(address: str, folder: Path) -> Path:
    """Write every inbox table (or view) of a database as JSON Lines; gives the folder.

    One query a table, all as of one moment. Lines are sorted, so that unchanged tables give
    unchanged files.

    Raises:
        InputError: the database cannot be reached or read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _transaction(address) as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute(_TABLES)
        there = set(pl.DataFrame(cursor.fetch_arrow())["table_name"])
        for table in INBOX_TABLES:
            file = folder / f"{table}.jsonl"
            if table in there:
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 a name of ours
                _write(pl.DataFrame(cursor.fetch_arrow()), file)
            else:
                file.unlink(missing_ok=True)
    return folder


def send_shortlists(address: str, night: str, shortlists: pl.DataFrame) -> None:
    """Write the rows of a night into `briefmatch_shortlists` in one transaction.

    The table is made when missing; rows that this night wrote before are replaced.

    Raises:
        InputError: the database cannot be reached or written.
    """
    rows = shortlists.select(pl.lit(night).alias("night"), pl.all())
    with _transaction(address) as cursor:
        cursor.adbc_ingest(SHORTLISTS, rows.clear(), mode="create_append")
        cursor.execute(f"DELETE FROM {SHORTLISTS} WHERE night = $1", (night,))  # noqa: S608
        cursor.adbc_ingest(SHORTLISTS, rows, mode="append")


@contextmanager
def _transaction(address: str) -> Iterator[Any]:
    parts = urlsplit(address)
    if parts.password:
        raise InputError(
            "A database's address must not carry its password, since addresses are written down: "
            "put it into PGPASSWORD or ~/.pgpass."
        )
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError as error:
        raise InputError(
            "A PostgreSQL inbox needs a driver that is not installed: "
            "`pip install 'briefmatch[postgres]'`."
        ) from error
    try:
        with closing(dbapi.connect(address)) as connection, closing(connection.cursor()) as cursor:
            yield cursor
            connection.commit()
    except dbapi.Error as error:
        raise InputError(
            f"The database {parts.path.lstrip('/')} at {parts.hostname} must answer: {error}"
        ) from error


def _write(table: pl.DataFrame, file: Path) -> None:
    # Types of the database alone, such as numeric and jsonb, come as the text they are kept in.
    own = {n: kind for n, kind in table.schema.items() if isinstance(kind, pl.BaseExtension)}
    documents = [name for name, kind in own.items() if kind.ext_name() == "arrow.json"]
    rows = table.with_columns(table[name].ext.storage().cast(pl.String) for name in own)
    lines = []
    for row in rows.iter_rows(named=True):
        row |= {name: json.loads(row[name]) for name in documents if row[name] is not None}
        lines.append(json.dumps(row, ensure_ascii=False, default=str))
    part = file.with_suffix(".part")
    part.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    os.replace(part, file)
