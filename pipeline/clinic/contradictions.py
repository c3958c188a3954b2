"""Where a brief says two things at once: prose against columns, one list against another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from data.places import distance_km
from models.tokens import tokenise
from pipeline.clinic.prose import Told

Row = Mapping[str, Any]
SAME: Final = 0.6
"""Share of common words (Jaccard) from which two requirements ask the same."""
DAYS_APART: Final = 14
KM_APART: Final = 30.0
RATE_APART: Final = 0.02
SOON: Final = timedelta(days=45)
MANY_MUSTS: Final = 5
FULL_WEEK: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Two statements that cannot both hold; `values` fill the sentence of `kind`."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    quote: str | None = None


def find_contradictions(brief: Row, told: Told, as_of: date) -> tuple[Contradiction, ...]:
    """Every contradiction that the words of one brief show."""
    return tuple(found for look in _LOOKS for found in look(brief, told, as_of))


def alike(one: str, other: str, language: str) -> float:
    """Share of common terms (Jaccard) of two texts, in [0, 1]."""
    terms, others = set(tokenise(one, language)), set(tokenise(other, language))
    return len(terms & others) / len(terms | others) if terms | others else 0.0


def _rate(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    stated, said = brief.get("day_rate_max_eur"), told.get("rate")
    if stated and said and abs(said.value - stated) > RATE_APART * stated:
        yield Contradiction(
            kind="rate", values={"stated": stated, "told": said.value}, quote=said.quote
        )


def _duration(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    stated, said = brief.get("duration_months"), told.get("duration")
    if stated and said and not said.value[0] - 1 < stated < said.value[1] + 1:
        yield Contradiction(
            kind="duration", values={"stated": stated, "told": said.value}, quote=said.quote
        )


def _days(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    stated, said, full = (brief.get("days_per_week"), told.get("days"), told.get("full_time"))
    if stated and said and said.value != stated:
        yield Contradiction(
            kind="days", values={"stated": stated, "told": said.value}, quote=said.quote
        )
    elif stated and full and stated < FULL_WEEK:
        yield Contradiction(kind="days", values={"stated": stated, "told": 5.0}, quote=full.quote)


def _start(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    stated, said, soon = brief.get("start_date"), told.get("start_date"), told.get("asap")
    if stated and said and abs((said.value - stated).days) > DAYS_APART:
        yield Contradiction(
            kind="start", values={"stated": stated, "told": said.value}, quote=said.quote
        )
    elif stated and soon and stated > (brief.get("received_at") or as_of) + SOON:
        yield Contradiction(kind="asap", values={"stated": stated}, quote=soon.quote)
    if stated and stated < as_of:
        yield Contradiction(kind="past", values={"stated": stated})


def _place(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    stated, said, mode = brief.get("place"), told.get("place"), brief.get("work_mode")
    if stated and said:
        away = distance_km(brief.get("country"), stated, None, said.value)
        if away is not None and away > KM_APART:
            yield Contradiction(
                kind="place", values={"stated": stated, "told": said.value}, quote=said.quote
            )
    for topic, modes in (("remote", ("onsite",)), ("onsite", ("remote",))):
        if topic in told and mode in modes:
            yield Contradiction(
                kind="mode", values={"stated": mode, "told": topic}, quote=told[topic].quote
            )


def _languages(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    stated, said = brief.get("languages"), told.get("languages")
    if not stated or not said:
        return
    required = {language["code"] for language in stated if language["required"]}
    for code in sorted(said.value - {language["code"] for language in stated}):
        yield Contradiction(kind="language_unlisted", values={"code": code}, quote=said.quote)
    for code in sorted(required - said.value):
        yield Contradiction(kind="language_untold", values={"code": code}, quote=said.quote)


def _tiers(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    language = brief.get("language") or "en"
    lighter = [*(brief.get("should_have") or ()), *(brief.get("nice_to_have") or ())]
    for must in brief.get("must_have") or ():
        for other in lighter:
            if alike(must, other, language) >= SAME:
                yield Contradiction(kind="tiers", values={"must": must, "other": other})


def _learnable(brief: Row, told: Told, as_of: date) -> Iterator[Contradiction]:
    musts = brief.get("must_have") or ()
    if "learnable" in told and ("rigid" in told or len(musts) >= MANY_MUSTS):
        yield Contradiction(
            kind="learnable", values={"n": len(musts)}, quote=told["learnable"].quote
        )


_LOOKS: tuple[Callable[[Row, Told, date], Iterator[Contradiction]], ...] = (
    _start,
    _duration,
    _days,
    _place,
    _rate,
    _languages,
    _tiers,
    _learnable,
)
