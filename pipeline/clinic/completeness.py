"""What a brief states, tells only in prose, or leaves open, and what to ask the client about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from pipeline.clinic.prose import Told, is_measured

Row = Mapping[str, Any]
State = Literal["stated", "told", "missing"]

TOPICS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    # topic: (columns that state it, matters of the prose that tell it)
    "objectives": (("objectives",), ("objectives",)),
    "technical": (("must_have", "should_have"), ()),
    "start": (("start_date",), ("start_date", "asap")),
    "duration": (("duration_months",), ("duration",)),
    "days": (("days_per_week",), ("days", "full_time")),
    "languages": (("languages",), ("languages",)),
    "place": (("place", "work_mode"), ("place", "remote", "onsite")),
    "rate": (("day_rate_max_eur",), ("rate",)),
    "reason": (("reason",), ()),
    "authority": ((), ("authority",)),
    "decision_maker": ((), ("decision_maker",)),
}
"""What must be known before candidates are proposed, in the order in which it is asked."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """One matter: stated in its column, told in prose only (with the sentence), or missing."""

    topic: str
    state: State
    quote: str | None = None


def read_points(brief: Row, told: Told, requirements: pl.DataFrame) -> tuple[Point, ...]:
    """Every topic of `TOPICS`. `requirements`: those of this brief, as the ranking reads them."""
    return tuple(_point(topic, brief, told, requirements) for topic in TOPICS)


def _point(topic: str, brief: Row, told: Told, requirements: pl.DataFrame) -> Point:
    columns, matters = TOPICS[topic]
    if any(brief.get(column) for column in columns):
        return Point(topic=topic, state="stated")
    if topic == "technical":
        asked = requirements.filter(source="description")["text"].to_list()
        quote = min(asked, key=len, default=None)
    else:
        quote = next((told[matter].quote for matter in matters if matter in told), None)
    return Point(topic=topic, state="told" if quote else "missing", quote=quote)


def unmeasured(objectives: Sequence[str] | None) -> tuple[str, ...]:
    """Objectives that name nothing by which anybody could tell whether they are reached."""
    return tuple(aim for aim in objectives or () if not is_measured(aim))
