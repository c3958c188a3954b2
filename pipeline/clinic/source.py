"""The brief that is asked about: one of the inbox, any version of it, or a file beside it."""

import json
import re
import tempfile
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.cells import Notation
from data.errors import InputError
from data.inbox import Inbox, InboxSettings
from data.loading import load_table
from data.schema import Briefs
from data.tables import encoding_of
from data.text.clean import fold
from pipeline.stages.briefs import with_language

LONGEST_TITLE: Final = 120
LATEST: Final = 8
"""Briefs that a refusal names."""
_SUBJECT: Final = re.compile(
    r"(?:subject|objet|onderwerp|betreff|betrifft)\s*:\s*(?P<title>.+)", re.I
)
_CLAUSE: Final = re.compile(r"[,;.!?:](?:\s|$)")
_GREETING: Final = re.compile(
    r"(?:hello|hi|dear|good (?:morning|afternoon)|bonjour|cher|chere|madame|monsieur|dag|beste"
    r"|hallo|geachte|goede|guten|sehr geehrte|liebe)\b"
)


def find_brief(inbox: Inbox, wanted: str, settings: InboxSettings, as_of: date) -> pl.DataFrame:
    """The one row of a brief of the inbox, its latest version known on a day, or of a file.

    Raises:
        InputError: there is no such brief and no such file, or the file holds no brief.
    """
    if Path(wanted).is_file():
        return read_brief(Path(wanted), settings)
    known = inbox.briefs.filter(
        pl.col("brief_id") == wanted,
        (pl.col("received_at") <= as_of).fill_null(value=True),
    )
    latest = ", ".join(sorted(set(inbox.briefs["brief_id"]))[-LATEST:])
    hint = f"The latest briefs are {latest}."
    return _one(known.sort("version").tail(1), f"brief {wanted!r}", hint)


def find_version(inbox: Inbox, brief_id: str, wanted: str, settings: InboxSettings) -> pl.DataFrame:
    """The one row of a version of a brief: a number, or a file that holds it.

    Raises:
        InputError: there is no such version and no such file, or the file holds no brief.
    """
    if Path(wanted).is_file():
        return read_brief(Path(wanted), settings)
    versions = inbox.briefs.filter(brief_id=brief_id)
    rows = versions.filter(pl.col("version").cast(pl.String) == wanted)
    known = ", ".join(map(str, sorted(versions["version"]))) or "none"
    what = f"version {wanted!r} of brief {brief_id!r}"
    return _one(rows, what, f"Versions of that brief: {known}.")


def read_brief(path: Path, settings: InboxSettings) -> pl.DataFrame:
    """One brief from a JSON, TOML or plain text file, checked as the inbox is.

    JSON and TOML hold the columns of the table of briefs; text is the client's message, whose
    subject, or first line that is no greeting, is the title.

    Raises:
        InputError: the file holds no brief.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode(encoding_of(raw, path.name))
        readers = {".json": json.loads, ".toml": tomllib.loads}
        record = readers.get(path.suffix.lower(), _message)(text)
    except (OSError, ValueError) as error:
        raise InputError(
            f"A brief must be a JSON, TOML or text file; {path} cannot be read as such: {error}."
        ) from error
    if isinstance(record, list) and len(record) == 1:
        record = record[0]
    if not isinstance(record, dict):
        raise InputError(f"{path} must hold one brief with its columns; it holds something else.")
    return _checked({"brief_id": path.stem, **record}, path, settings)


def _message(text: str) -> dict[str, Any]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    subject = next((found["title"] for line in lines if (found := _SUBJECT.match(line))), None)
    first = next((line for line in lines if not _GREETING.match(fold(line))), None)
    title = subject or _CLAUSE.split(first or "")[0]
    return {"title": title[:LONGEST_TITLE] or None, "description": text.strip() or None}


def _checked(record: dict[str, Any], path: Path, settings: InboxSettings) -> pl.DataFrame:
    """The record through the reading and the checks of the inbox."""
    with tempfile.TemporaryDirectory() as folder:
        line = json.dumps(record, default=str, ensure_ascii=False)
        (Path(folder) / "briefs.jsonl").write_text(line + "\n", encoding="utf-8")
        notation = Notation(day_first=settings.day_first, decimal_comma=settings.decimal_comma)
        loaded = load_table(Path(folder), "briefs", settings.columns.get("briefs", {}), notation)
    if loaded.frame.is_empty():
        reasons = " ".join(loaded.quarantine["reason"])
        raise InputError(
            f"{path} must hold a brief that the inbox would take; it does not: {reasons}"
        )
    return with_language(loaded.frame.select(Briefs.column_names()))


def _one(rows: pl.DataFrame, what: str, hint: str) -> pl.DataFrame:
    if rows.is_empty():
        raise InputError(
            f"There must be {what} in the inbox, or a file of that name; there is none. {hint}"
        )
    return with_language(rows.select(Briefs.column_names()))
