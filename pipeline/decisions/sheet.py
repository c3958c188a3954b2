"""Reads the columns that a recruiter filled in on our own shortlist, in any of its languages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import polars as pl

from data.errors import InputError
from data.tables import ROW, read_table
from data.text.clean import fold
from pipeline.decisions.record import lacking
from pipeline.decisions.store import WORDS, Decision, Word
from pipeline.decisions.workbook import read_workbook
from pipeline.export.catalogue import LANGUAGES, Language, load_messages
from pipeline.export.csv import neutral
from pipeline.export.table import ENTRIES

KEYS: Final = ("brief_id", "candidate_id", *ENTRIES)
FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of a workbook's dates, as far as they lie after February 1900."""
_DAY_FIRST: Final = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")

Cells = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Rows as read, by their number in the file, and which columns hold what."""

    language: Language
    rows: tuple[tuple[int, Cells], ...]


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    """The decisions of a file by row, the rows left blank, and the rows that cannot be taken."""

    decisions: tuple[tuple[int, Decision], ...]
    blank: int
    problems: tuple[tuple[int, str], ...]


def read_filled_in(
    path: Path,
    knows: Callable[[Sequence[tuple[str, str]]], set[tuple[str, str]]],
    *,
    by: str,
    today: date,
) -> FilledIn:
    """Read the filled-in rows of a CSV or XLSX shortlist.

    A row that says no name or no day is of `by` and of `today`.
    `knows`: which of some (brief_id, candidate_id) a night knows.

    Raises:
        InputError: the file is none of our shortlists.
    """
    read = {".xlsx": _workbook, ".csv": _csv}.get(path.suffix)
    if read is None:
        raise InputError(_foreign(path, []))
    sheets = read(path)
    rows = [(number, cells, sheet.language) for sheet in sheets for number, cells in sheet.rows]
    filled = [row for row in rows if any(row[1][key] for key in ENTRIES)]
    pairs = [_pair(cells) for _, cells, _ in filled]
    known = knows(pairs)
    made: list[tuple[int, Decision]] = []
    problems: list[tuple[int, str]] = []
    seen: dict[tuple[str, str], int] = {}
    for (number, cells, language), pair in zip(filled, pairs, strict=True):
        try:
            if pair not in known:
                raise ValueError(f"No night knows brief {pair[0]!r} with candidate {pair[1]!r}")
            decision = _decision(pair, cells, language, by=by, today=today)
            if decision.pair in seen:
                raise ValueError(f"The same candidate and brief stand in row {seen[decision.pair]}")
            seen[decision.pair] = number
            made.append((number, decision))
        except ValueError as problem:
            problems.append((number, str(problem)))
    return FilledIn(decisions=tuple(made), blank=len(rows) - len(filled), problems=tuple(problems))


def _pair(cells: Cells) -> tuple[str, str]:
    """The two ids, less the apostrophe that our CSV puts before what looks like a formula."""
    ids = (cells["brief_id"], cells["candidate_id"])
    brief_id, candidate_id = (
        text[1:] if text[:1] == "'" and neutral(text[1:]) == text else text for text in ids
    )
    return brief_id, candidate_id


def _decision(
    pair: tuple[str, str], cells: Cells, language: Language, *, by: str, today: date
) -> Decision:
    decision = Decision(
        brief_id=pair[0],
        candidate_id=pair[1],
        decision=_word(cells["decision"], language),
        on=_day(cells["decided_on"], language) or today,
        by=cells["decided_by"] or by,
        reason=cells["decision_reason"] or None,
        place=_place(cells["own_place"]),
    )
    if problem := lacking(decision, today):
        raise ValueError(problem)
    return decision


def _word(text: str, language: Language) -> Word | None:
    if not text:
        return None
    told: dict[str, Word] = {}
    for each in LANGUAGES:
        messages = load_messages(each, "pipeline.decisions")
        told |= {fold(messages.t(f"decision.{word}")): word for word in WORDS}
    told |= {word: word for word in WORDS}
    if (found := told.get(fold(text))) is None:
        own = load_messages(language, "pipeline.decisions")
        words = ", ".join(own.t(f"decision.{word}") for word in WORDS)
        raise ValueError(f"A decision must be one of {words}; got {text!r}")
    return found


def _place(text: str) -> int | None:
    if not text:
        return None
    with suppress(ValueError):
        if (number := float(text.replace(",", "."))).is_integer():
            return int(number)
    raise ValueError(f"An own order must be a whole number from 1; got {text!r}")


def _day(text: str, language: Language) -> date | None:
    if not text:
        return None
    with suppress(ValueError, OverflowError):
        return FIRST_DAY + timedelta(days=int(float(text)))
    patterns = ("%Y-%m-%d", *(() if language == "en" else _DAY_FIRST))
    for pattern in patterns:
        with suppress(ValueError):
            return datetime.strptime(text, pattern).date()
    example = load_messages(language).day(date(2026, 11, 30))
    raise ValueError(f"A day must be written as {example} or 2026-11-30; got {text!r}")


def _csv(path: Path) -> list[Sheet]:
    table = read_table(path)
    headings = [name for name in table.frame.columns if name != ROW]
    if table.malformed.height:
        row, reason = table.malformed.select(ROW, "reason").row(0)
        raise InputError(f"{path.name}, row {row + 1}: {reason} Nothing was imported.")
    sheet = _sheet(headings, _records(table.frame))
    if sheet is None:
        raise InputError(_foreign(path, headings))
    return [sheet]


def _records(frame: pl.DataFrame) -> Iterator[tuple[int, list[str]]]:
    for number, *cells in frame.iter_rows():
        yield number + 1, [cell or "" for cell in cells]  # the heading is row 1


def _workbook(path: Path) -> list[Sheet]:
    sheets = []
    for rows in read_workbook(path.read_bytes(), path.name):
        headings = rows.get(1, [])
        width = len(headings)
        cells = ((n, row + [""] * (width - len(row))) for n, row in rows.items() if n > 1)
        if sheet := _sheet(headings, cells):
            sheets.append(sheet)
    if not sheets:
        raise InputError(_foreign(path, []))
    return sheets


def _sheet(headings: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Sheet | None:
    """The rows of a table with our headings in any of the languages, None for another table."""
    stripped = [heading.strip() for heading in headings]
    for language in LANGUAGES:
        messages = load_messages(language)
        names = {key: messages.t(f"column.{key}") for key in KEYS}
        if all(name in stripped for name in names.values()):
            places = {key: stripped.index(name) for key, name in names.items()}
            told = tuple(
                (number, {key: cells[place].strip() for key, place in places.items()})
                for number, cells in rows
            )
            return Sheet(language=language, rows=told)
    return None


def _foreign(path: Path, headings: Sequence[str]) -> str:
    wanted = ", ".join(load_messages("en").t(f"column.{key}") for key in KEYS)
    came = f" It has {', '.join(headings)}." if headings else ""
    return (
        f"{path.name} must be a shortlist of ours, .csv or .xlsx, with its headings as they were "
        f"({wanted}, or the same in French, Dutch or German).{came} Fill in a fresh copy."
    )
