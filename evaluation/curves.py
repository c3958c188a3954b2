"""Draws a curve with its interval as SVG, for pages that load nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _EDGE = 460, 250, 52, 40, 14


@dataclass(frozen=True, kw_only=True)
class Axis:
    """What an axis shows, and how far it reaches."""

    label: str
    low: float
    high: float

    def share(self, value: float) -> float:
        """Where a value lies between the ends, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def curve(
    x: Sequence[float],
    y: Sequence[float],
    *,
    across: str,
    up: str,
    low: Sequence[float] = (),
    high: Sequence[float] = (),
    mark: tuple[float, float] | None = None,
) -> str:
    """A line through (x, y) with the band from `low` to `high` and one marked point, as SVG text.

    Raises:
        ValueError: there is no point, or a list is of another length.
    """
    if not x or len(x) != len(y) or len(low) not in (0, len(x)) or len(low) != len(high):
        raise ValueError(f"A curve needs as many x as y and bounds, at least one; got {len(x)}.")
    own = [mark] if mark else []
    wide = axis(across, [*x, *(point[0] for point in own)])
    tall = axis(up, [*y, *low, *high, *(point[1] for point in own)])

    def place(across: float, up: float) -> str:
        left = _LEFT + wide.share(across) * (_WIDTH - _LEFT - _EDGE)
        top = _EDGE + (1 - tall.share(up)) * (_HEIGHT - _BOTTOM - _EDGE)
        return f"{left:.1f},{top:.1f}"

    line = " ".join(place(*point) for point in zip(x, y, strict=True))
    there, back = zip(x, high, strict=False), zip(x, low, strict=False)
    around = [*there, *reversed([*back])]
    band = " ".join(place(*point) for point in around)
    dots = "".join(_dot(place(*point), "#1f5f8b", 2.5) for point in zip(x, y, strict=True))
    marked = "".join(_dot(place(*point), "#c2410c", 5) for point in own)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" '
        f'aria-label="{escape(up)} by {escape(across)}" font-size="11" font-family="sans-serif">'
        f"{_frame(wide, tall)}"
        f'<polygon points="{band}" fill="#1f5f8b" fill-opacity="0.15"/>'
        f'<polyline points="{line}" fill="none" stroke="#1f5f8b" stroke-width="2"/>'
        f"{dots}{marked}</svg>"
    )


def axis(label: str, values: Sequence[float]) -> Axis:
    """An axis that holds all values with a little room."""
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or 0.05
    return Axis(label=label, low=low - room, high=high + room)


def _dot(place: str, colour: str, radius: float) -> str:
    left, top = place.split(",")
    return f'<circle cx="{left}" cy="{top}" r="{radius}" fill="{colour}"/>'


def _frame(wide: Axis, tall: Axis) -> str:
    right, floor = _WIDTH - _EDGE, _HEIGHT - _BOTTOM
    parts = [
        f'<path d="M{_LEFT} {_EDGE}V{floor}H{right}" fill="none" stroke="#888"/>',
        f'<text x="{(_LEFT + right) / 2}" y="{_HEIGHT - 6}" text-anchor="middle" '
        f'fill="currentColor">{escape(wide.label)}</text>',
        f'<text x="12" y="{(_EDGE + floor) / 2}" text-anchor="middle" fill="currentColor" '
        f'transform="rotate(-90 12 {(_EDGE + floor) / 2})">{escape(tall.label)}</text>',
    ]
    for share in (0.0, 0.5, 1.0):
        left = _LEFT + share * (right - _LEFT)
        top = floor - share * (floor - _EDGE)
        across = wide.low + share * (wide.high - wide.low)
        up = tall.low + share * (tall.high - tall.low)
        parts.append(
            f'<text x="{left}" y="{floor + 15}" text-anchor="middle" fill="currentColor">'
            f"{across:.2f}</text>"
            f'<text x="{_LEFT - 5}" y="{top + 4}" text-anchor="end" fill="currentColor">'
            f"{up:.3f}</text>"
        )
    return "".join(parts)
