# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Read dated roles from the experience sections of a CV."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from data.cv.header import Header, is_place, read_header
from data.cv.sections import Line, Section
from data.text.dates import Period, find_single_dates

_BULLET = re.compile(r"[•·▪◦*–—‣➢✓>o-]\s|[•·▪◦➢✓]")
_LEAD_IN = re.compile(
    r"\b(?:from|between|de|du|des|depuis|entre|van|vanaf|sinds|von|vom|seit|ab)\s*$", re.I
)
_LONGEST_HEADER: Final = 14  # words beside the dates
_WIDEST_HEADER: Final = 400  # characters, likewise
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
    section: Section, periods: Sequence[Period], as_of: date | None = None
) -> tuple[tuple[Line, ...], list[Experience]]:
    """Return the lines before the first role, and the roles in the order of the text.

    The first role shows the layout: as many lines stand above the dates of every later role.
    """
    lines = section.lines
    dated = _header_periods(lines, periods)
    if not dated:
        dated = _header_periods(lines, _leading_dates(lines, as_of))
    if not dated:
        return lines, []
    above = _lines_above(lines, dated[0][1])
    starts: list[int] = []
    floor = 0
    for _, first, last in dated:
        starts.append(_header_start(lines, first, floor, above))
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
    ends = [line.end for line in lines]
    for period in periods:
        if period.start_char < lines[0].start or period.end_char > lines[-1].end:
            continue
        first = bisect_right(ends, period.start_char)
        last = bisect_left(ends, period.end_char)
        beside = len(lines[first].text) + len(lines[last].text)
        if beside - (period.end_char - period.start_char) > _WIDEST_HEADER:
            continue
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


def _leading_dates(lines: Sequence[Line], as_of: date | None) -> list[Period]:
    """Return single years ("2014: ...") that open a line, for a section that states no periods."""
    found = []
    for line in lines:
        first = next(find_single_dates(line.text, as_of=as_of), None)
        if first is None or any(map(str.isalnum, line.text[: first.start_char])):
            continue
        if first.end and first.end.month > first.start.month:
            found.append(
                replace(
                    first,
                    start_char=line.start + first.start_char,
                    end_char=line.start + first.end_char,
                )
            )
    return found


def _around(lines: Sequence[Line], period: Period, first: int, last: int) -> str:
    before = lines[first].text[: max(0, period.start_char - lines[first].start)]
    after = lines[last].text[max(0, period.end_char - lines[last].start) :]
    return f"{_LEAD_IN.sub('', before)} {after}".strip()


def _lines_above(lines: Sequence[Line], first: int) -> int:
    """How many lines that tell something, places aside, stand above the dates of the first role."""
    above = [line for line in lines[:first] if not is_place(line.text)]
    if len(above) <= _MOST_ABOVE and all(_is_neighbour(line) for line in above):
        return len(above)
    return min(2, next((n for n, line in enumerate(reversed(above)) if not _is_neighbour(line)), 2))


def _header_start(lines: Sequence[Line], first: int, floor: int, above: int) -> int:
    start, i = first, first
    while above and i > floor and _is_neighbour(lines[i - 1]):
        i -= 1
        if not is_place(lines[i].text):
            start, above = i, above - 1
    return start


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
        filled += not is_place(lines[below].text)
        below += 1
    inline = _around(lines, period, first, last)
    header = read_header(
        [line.text for line in lines[:first]],
        inline,
        [line.text for line in lines[last + 1 : below]],
    )
    used = last + 1 + header.used_below
    return Experience(period=period, header=header, lines=lines, description=lines[used:])
