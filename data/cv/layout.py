"""Put the text of pages into reading order: lines, columns, side bars, date columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
_SAME_LINE: Final = 0.5  # of the text height
_FEWEST_LINES: Final = 4  # in a column
_MOST_CROSSING: Final = 0.12  # of a page's segments may cross the gutter
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A run of text on one line; in points, y grows upwards."""

    text: str
    x0: float
    x1: float
    y: float  # of the base line
    height: float


@dataclass(frozen=True, kw_only=True)
class _Band:
    """A stretch of a page: full width (`right` empty), or two columns."""

    left: list[Segment]
    right: list[Segment]
    gutter: float = 0.0


def arrange(pages: Sequence[Sequence[Segment]]) -> str:
    """Return the text of all pages in reading order.

    Two columns are read one after the other, over page breaks where the gutter stays; rows of a
    table whose narrow side holds dates or sparse labels are read across.
    """
    bands: list[_Band] = []
    for page in pages:
        for band in _bands(sorted(page, key=lambda s: (-s.y, s.x0))):
            if (
                bands
                and band.right
                and bands[-1].right
                and abs(band.gutter - bands[-1].gutter) < 12
            ):
                previous = bands.pop()
                band = _Band(
                    left=previous.left + band.left,
                    right=previous.right + band.right,
                    gutter=band.gutter,
                )
            bands.append(band)
    return "\n".join("\n".join(_lines(side)) for b in bands for side in (b.left, b.right) if side)


def _bands(segments: list[Segment]) -> Iterator[_Band]:
    """Cut a page, sorted from the top, into stretches of one and of two columns."""
    found = _find_columns(segments)
    if found is None:
        if segments:
            yield _Band(left=segments, right=[])
        return
    gutter, first, last = found
    yield from _bands(segments[:first])
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in segments[first : last + 1]:
        if _crosses(segment, gutter):
            yield _Band(left=left, right=right, gutter=gutter)
            yield _Band(left=[segment], right=[])
            left, right = [], []
        else:
            (left if segment.x1 <= gutter + 1 else right).append(segment)
    yield _Band(left=left, right=right, gutter=gutter)
    yield from _bands(segments[last + 1 :])


def _find_columns(segments: Sequence[Segment]) -> tuple[float, int, int] | None:
    """Return the x where a second column starts, and the first and last segment of the two."""
    best: tuple[float, int, int] | None = None
    highest = 0
    margin = min((s.x0 for s in segments), default=0.0)
    for start in sorted({round(s.x0) for s in segments if s.x0 > margin + 30}):
        aligned = [i for i, s in enumerate(segments) if abs(s.x0 - start) < 2]
        gutter = start - 1.5
        crosses = [_crosses(s, gutter) for s in segments]
        first, last = aligned[0], aligned[-1]
        while first > 0 and not crosses[first - 1]:
            first -= 1
        while last + 1 < len(segments) and not crosses[last + 1]:
            last += 1
        crossing = sum(crosses[first : last + 1])
        score = len(aligned) - 2 * crossing
        if score <= highest or crossing > _MOST_CROSSING * (last + 1 - first):
            continue
        if len(aligned) >= _FEWEST_LINES and _are_columns(segments[first : last + 1], gutter):
            best, highest = (gutter, first, last), score
    return best


def _crosses(segment: Segment, gutter: float) -> bool:
    return segment.x0 < gutter - 1 and segment.x1 > gutter + 1


def _are_columns(segments: Sequence[Segment], gutter: float) -> bool:
    left = [s for s in segments if s.x1 <= gutter + 1]
    right = [s for s in segments if s.x0 >= gutter - 1]
    if len(left) < _FEWEST_LINES:
        return False
    return _side_by_side(left, right) and not _is_table(left, right)


def _side_by_side(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the two columns stand beside each other for most of the shorter one."""
    top = min(max(s.y for s in left), max(s.y for s in right))
    bottom = max(min(s.y for s in left), min(s.y for s in right))
    return top - bottom > 0.5 * min(_height(left), _height(right))


def _height(column: Sequence[Segment]) -> float:
    return max(s.y for s in column) - min(s.y for s in column)


def _is_table(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether rows belong together: dates beside roles, or labels beside values."""
    small, large = sorted((left, right), key=len)
    dated = sum(bool(_YEAR.search(s.text)) and len(s.text) < 30 for s in small)
    if dated >= 0.4 * len(small):
        return True
    shared = sum(any(abs(s.y - o.y) < 2 for o in large) for s in small)
    return shared >= 0.8 * len(small) and _pitch(small) > 1.8 * _pitch(large)


def _pitch(column: Sequence[Segment]) -> float:
    heights = sorted({round(s.y) for s in column}, reverse=True)
    return median([a - b for a, b in pairwise(heights)]) if len(heights) > 1 else 0.0


def _lines(segments: Sequence[Segment]) -> Iterator[str]:
    """Join the segments of a line; a blank line stands where the lines are far apart."""
    rows: list[list[Segment]] = []
    for segment in segments:
        if rows and abs(rows[-1][0].y - segment.y) < _SAME_LINE * segment.height:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    pitches = [a[0].y - b[0].y for a, b in pairwise(rows) if a[0].y > b[0].y]
    usual = median(pitches) if pitches else 0.0
    previous: float | None = None
    held = ""  # a line that ends in a hyphen waits for the rest of its word
    for row in rows:
        row.sort(key=lambda s: s.x0)
        text = "  ".join(s.text for s in row)
        if held:
            text = held[:-1] + text if text[0].islower() else f"{held[:-1]}-\n{text}"
        elif previous is not None and previous - row[0].y > 1.7 * usual:
            yield ""
        previous = row[0].y
        held = text if text.endswith(SOFT_HYPHEN) else ""
        if not held:
            yield text
    if held:
        yield held[:-1] + "-"
