"""Two plots as inline SVG: figures with their intervals, and foretold against observed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from evaluation.calibration import Bin
from evaluation.estimates import Estimate

_LABELS, _PLOT, _FIGURES, _ROW, _TOP = 160.0, 180.0, 120.0, 24.0, 8.0
_SIDE = 260.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a plot; `main` draws the eye."""

    label: str
    estimate: Estimate
    main: bool = False


def intervals(
    lines: Sequence[Line], low: float, high: float, *, zero: float | None = None, places: int = 2
) -> Markup:
    """Dots with their intervals on one axis from `low` to `high`; `zero` draws a line of reference.

    What has too few cases is said, not drawn.
    """
    width = _LABELS + _PLOT + _FIGURES
    height = _TOP + _ROW * len(lines) + 24
    base = height - 20

    def x(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return _LABELS + _PLOT * min(max(share, 0.0), 1.0)

    parts = [
        f'<line class="axis" x1="{_LABELS}" y1="{base}" x2="{_LABELS + _PLOT}" y2="{base}"/>',
        *(_tick(x(value), base, f"{value:.{places}f}") for value in _ticks(low, high)),
    ]
    if zero is not None:
        at = x(zero)
        parts.append(f'<line class="zero" x1="{at:.1f}" y1="0" x2="{at:.1f}" y2="{base}"/>')
    for place, line in enumerate(lines):
        parts.append(_line(line, _TOP + _ROW * (place + 0.5), x, places))
    return _svg(width, height, parts, "plot")


def reliability(bins: Sequence[Bin]) -> Markup:
    """Foretold probability (across) against the share that came true (up), with intervals."""
    left, side = 44.0, _SIDE
    most = max([0.1, *(max(one.high, one.foretold) for one in bins)])
    most = min(1.0, -(-most * 10 // 1) / 10)

    def x(value: float) -> float:
        return left + side * value / most

    def y(value: float) -> float:
        return 10 + side * (1 - value / most)

    bottom = y(0)
    parts = [
        f'<line class="axis" x1="{left}" y1="{bottom}" x2="{left + side}" y2="{bottom}"/>',
        f'<line class="axis" x1="{left}" y1="10" x2="{left}" y2="{bottom}"/>',
        f'<line class="zero" x1="{left}" y1="{bottom}" x2="{left + side}" y2="10"/>',
        *(_tick(x(value), bottom, f"{100 * value:.0f} %") for value in _ticks(0, most)),
        *(
            f'<text class="end" x="{left - 6}" y="{y(value) + 4:.1f}">{100 * value:.0f} %</text>'
            for value in _ticks(0, most)[1:]
        ),
    ]
    for one in bins:
        at = f"{x(one.foretold):.1f}"
        parts.append(
            f'<line class="range" x1="{at}" x2="{at}" y1="{y(one.low):.1f}" '
            f'y2="{y(one.high):.1f}"/>'
            f'<circle class="dot main" cx="{at}" cy="{y(one.observed):.1f}" r="5"/>'
        )
    return _svg(left + side + 24, bottom + 26, parts, "plot square")


def _line(line: Line, y: float, x: Callable[[float], float], places: int) -> str:
    one, kind = line.estimate, "dot main" if line.main else "dot"
    label = f'<text class="label" x="0" y="{y + 4:.1f}">{escape(line.label)}</text>'
    at = _LABELS + _PLOT + 14
    if one.mean is None or one.low is None or one.high is None:
        return f'{label}<text class="faint" x="{at}" y="{y + 4:.1f}">too few (n = {one.n})</text>'
    return (
        f'{label}<line class="range" x1="{x(one.low):.1f}" y1="{y:.1f}" '
        f'x2="{x(one.high):.1f}" y2="{y:.1f}"/>'
        f'<circle class="{kind}" cx="{x(one.mean):.1f}" cy="{y:.1f}" r="5"/>'
        f'<text x="{at}" y="{y + 4:.1f}">{one.mean:.{places}f} · n = {one.n}</text>'
    )


def _tick(x: float, base: float, text: str) -> str:
    return (
        f'<line class="axis" x1="{x:.1f}" y1="{base}" x2="{x:.1f}" y2="{base + 4}"/>'
        f'<text class="middle" x="{x:.1f}" y="{base + 17}">{text}</text>'
    )


def _ticks(low: float, high: float) -> list[float]:
    return [low + (high - low) * step / 4 for step in range(5)]


def _svg(width: float, height: float, parts: Sequence[str], kind: str) -> Markup:
    body = "".join(parts)
    return Markup(  # noqa: S704 every label in it is escaped
        f'<svg class="{kind}" viewBox="0 0 {width:.0f} {height:.0f}">{body}</svg>'
    )
