"""Read dated roles from the experience sections of a CV."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.cv.header import Header, read_header
from data.cv.sections import Line, Section
from data.text.dates import Period

_BULLET = re.compile(r"[•·▪◦*–—‣➢✓>o-]\s|[•·▪◦➢✓]")
_LONGEST_HEADER: Final = 14  # words beside the dates
_LONGEST_NEIGHBOUR: Final = 10  # words of a line above or below them
_MOST_ABOVE: Final = 4
_MOST_BELOW: Final = 3


@dataclass(frozen=True, kw_only=True)
class Experience:
    """One role: its header, its dates and the lines that tell of it."""

    period: Period
    header: Header
    lines: tuple[Line, ...]  # header and description
    description: tuple[Line, ...]


def read_experiences(
    section: Section, periods: Sequence[Period]
) -> tuple[tuple[Line, ...], list[Experience]]:
    """Return the lines before the first role, and the roles in the order of the text.

    The first role shows the layout: as many lines stand above the dates of every later role.
    """
    lines = section.lines
    dated = _header_periods(lines, periods)
    if not dated:
        return lines, []
    above = _lines_above(lines, dated[0][1])
    starts: list[int] = []
    floor = 0
    for _, first, last in dated:
        start = first
        while start > floor and first - start < above and _is_neighbour(lines[start - 1]):
            start -= 1
        starts.append(start)
        floor = last + 1
    ends = [*starts[1:], len(lines)]
    found = [
        _experience(lines[start:end], period, first - start, last - start)
        for (period, first, last), start, end in zip(dated, starts, ends, strict=True)
    ]
    return lines[: starts[0]], found


def _header_periods(
    lines: Sequence[Line], periods: Sequence[Period]
) -> list[tuple[Period, int, int]]:
    """Return the periods that head a role, with the first and last line that they stand on."""
    found: list[tuple[Period, int, int]] = []
    bulleted: bool | None = None
    for period in periods:
        touched = [
            i
            for i, line in enumerate(lines)
            if line.start < period.end_char and line.end > period.start_char
        ]
        if not touched or period.end_char > lines[-1].end or period.start_char < lines[0].start:
            continue
        first, last = touched[0], touched[-1]
        if found and first <= found[-1][2]:
            continue
        around = _around(lines, period, first, last)
        bullet = bool(_BULLET.match(lines[first].text)) and first == last
        if len(around.split()) > _LONGEST_HEADER or (bulleted is False and bullet):
            continue
        if around.endswith((".", ";")) and len(around.split()) > 5:
            continue
        bulleted = bullet if bulleted is None else bulleted
        found.append((period, first, last))
    return found


def _around(lines: Sequence[Line], period: Period, first: int, last: int) -> str:
    before = lines[first].text[: max(0, period.start_char - lines[first].start)]
    after = lines[last].text[max(0, period.end_char - lines[last].start) :]
    return f"{before} {after}".strip()


def _lines_above(lines: Sequence[Line], first: int) -> int:
    """How many lines of the first role's header stand above its dates."""
    if first <= _MOST_ABOVE and all(_is_neighbour(line) for line in lines[:first]):
        return first
    count = 0
    while count < 2 and count < first and _is_neighbour(lines[first - 1 - count]):
        count += 1
    return count


def _is_neighbour(line: Line) -> bool:
    text = line.text
    return (
        len(text.split()) <= _LONGEST_NEIGHBOUR
        and not _BULLET.match(text)
        and (
            not text.endswith((".", ";", ":", "!"))
            or len(text) < 5
            or text.endswith(("Inc.", "Ltd.", "N.V."))
        )
    )


def _experience(lines: tuple[Line, ...], period: Period, first: int, last: int) -> Experience:
    below, filled = last + 1, 0
    while below < len(lines) and filled < _MOST_BELOW and _is_neighbour(lines[below]):
        filled += any(c.isalnum() for c in lines[below].text)
        below += 1
    inline = _around(lines, period, first, last)
    header = read_header(
        [line.text for line in lines[:first]],
        inline,
        [line.text for line in lines[last + 1 : below]],
    )
    used = last + 1 + header.used_below
    return Experience(period=period, header=header, lines=lines, description=lines[used:])
