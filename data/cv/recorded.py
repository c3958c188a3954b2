"""Let the roles that the agency recorded win over those read from the CV."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from data.cv.passages import cut_passages
from data.cv.read import EXPERIENCE_COLUMNS
from data.cv.sections import Line, cut_lines
from data.text.clean import clean
from data.text.redact import redact

Row = dict[str, Any]
_SAME_START: Final = 100  # days between a recorded start and the same role's start in the CV


def merge_recorded(
    text: str, roles: Sequence[Row], passages: Sequence[Row], recorded: Sequence[Row]
) -> tuple[str, list[Row], list[Row]]:
    """Return text, roles and passages with `recorded` in place of the roles that the CV reads.

    A passage moves to the recorded role that started within a hundred days of its own, nearest
    first; without one it keeps its dates and loses its role. The description of a recorded role
    that the CV does not tell of is added to the text and cut into passages, so that it can be
    found and quoted.
    """
    links = {role["experience"]: _nearest(role, recorded) for role in roles}
    merged = [_relink(passage, links, recorded) for passage in passages]
    told = {new: roles[old] for old, new in links.items() if new is not None}
    rows: list[Row] = []
    for number, record in enumerate(recorded):
        row: Row = {name: record.get(name) for name in EXPERIENCE_COLUMNS}
        row |= {"experience": number, "description": redact(clean(record.get("description") or ""))}
        at = text.find(row["description"]) if row["description"] else -1
        if row["description"] and at < 0 and number not in told:
            text, at = _append(text, row, merged)
        if at >= 0:
            row |= {"start_char": at, "end_char": at + len(row["description"])}
        elif number in told:
            role = told[number]
            row |= {"start_char": role["start_char"], "end_char": role["end_char"]}
            row["description"] = role["description"] or row["description"]
        rows.append(row)
    return text, rows, merged


def _nearest(role: Row, recorded: Sequence[Row]) -> int | None:
    starts = [(i, record.get("start")) for i, record in enumerate(recorded)]
    apart = [(_days(role["start"], start), i) for i, start in starts if start is not None]
    days, number = min(apart, default=(_SAME_START + 1, -1))
    return number if days <= _SAME_START else None


def _days(a: date, b: date) -> int:
    return abs((a - b).days)


def _relink(passage: Row, links: dict[int, int | None], recorded: Sequence[Row]) -> Row:
    if passage["experience"] is None:
        return passage
    number = links[passage["experience"]]
    if number is None:
        return passage | {"experience": None}
    record = recorded[number]
    return passage | {"experience": number, "start": record["start"], "end": record.get("end")}


def _append(text: str, row: Row, passages: list[Row]) -> tuple[str, int]:
    """Add a role to text and `passages`; return the text and where its description is."""
    head = " - ".join(part for part in (row["title"], row["organisation"]) if part)
    base = f"{text}\n\n{head}\n" if head else f"{text}\n\n"
    start = len(base) - len(head) - 1 if head else len(base)
    text = base + row["description"]
    lines = [_moved(line, start) for line in cut_lines(text[start:])]
    for span in cut_passages(text, lines):
        passages.append(
            {
                "passage": len(passages),
                "section": "experience",
                "text": text[span.start : span.end],
                "start_char": span.start,
                "end_char": span.end,
                "experience": row["experience"],
                "start": row["start"],
                "end": row["end"],
            }
        )
    return text, len(base)


def _moved(line: Line, by: int) -> Line:
    return Line(
        text=line.text, start=line.start + by, end=line.end + by, after_blank=line.after_blank
    )
