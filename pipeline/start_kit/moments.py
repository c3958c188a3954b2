"""When to talk about how a mission goes: moments along its time, on working days."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Kind = Literal["first", "audit", "month", "middle", "progress", "extension", "handover", "closing"]
EVERY: Final = 60
"""Days between two moments when nothing else calls for one, within half of them."""
LEAST_APART: Final = 14
"""Days before the first moment of the end within which another is left out."""
TALK_FROM: Final = 3
"""Months from which a mission has a talk on its extension, and a handover."""
MIDDLE_FROM: Final = 4
"""Months from which a mission has a moment in its middle."""
FRIDAY: Final = 4


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A moment of feedback: its day, or, where the start is not known, the days after it."""

    kind: Kind
    after_days: int
    day: date | None


def feedback_moments(start: date | None, months: float | None) -> tuple[Moment, ...]:
    """The moments of a mission in their order.

    The first at the end of week one, the audit of brief against reality after two weeks, then one
    after a month, in the middle, and every two months; from three months on a talk on an extension
    six weeks before the end, the handover two weeks before it, and the closing. Without a duration
    the moments of the first month alone. None is at a weekend.
    """
    opening: list[tuple[int, Kind]] = [(4, "first"), (14, "audit"), (30, "month")]
    if months is None:
        return _dated(opening, start)
    length = (end_of(start, months) - start).days if start else round(30.4 * months) - 1
    closing: list[tuple[int, Kind]] = [(length, "closing")]
    if months >= TALK_FROM:
        closing = [(length - 42, "extension"), (length - 14, "handover"), *closing]
    if months >= MIDDLE_FROM:
        opening.append((length // 2, "middle"))
    last = closing[0][0]
    kept = [each for each in opening if each[0] + LEAST_APART <= last] + closing
    regular: list[tuple[int, Kind]] = [
        (day, "progress")
        for day in range(30 + EVERY, last, EVERY)
        if all(abs(day - other) >= EVERY / 2 for other, _ in kept)
    ]
    return _dated([*kept, *regular], start)


def end_of(start: date, months: float) -> date:
    """The last day of a mission: the day before the same day of a later month."""
    whole, part = int(months), months - int(months)
    month = start.month - 1 + whole
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=round(30 * part) - 1)


def _dated(wanted: list[tuple[int, Kind]], start: date | None) -> tuple[Moment, ...]:
    return tuple(
        Moment(kind=kind, after_days=days, day=_working(start, days) if start else None)
        for days, kind in sorted(wanted)
    )


def _working(start: date, days: int) -> date:
    """That many days after the start, or the Friday before a weekend."""
    day = start + timedelta(days=days)
    return day - timedelta(days=max(day.weekday() - FRIDAY, 0))
