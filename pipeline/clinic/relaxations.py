"""A brief with one condition eased at a time, so that what the condition costs can be ranked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from data.schema.words import LEVELS

Row = Mapping[str, Any]
DEARER: Final = (1.1, 1.2)
"""Budgets to try, as shares of the stated one."""
LATER: Final = (30, 60)
"""Days by which the start is put off."""
BASE: Final = 0
"""Place of the brief as it stands among its variants."""


@dataclass(frozen=True, kw_only=True)
class Relaxation:
    """One condition eased: which (`kind` and `subject`), how, and the columns that change.

    `requirement`: place of the must-have among the brief's musts, for a must-have alone.
    """

    kind: str
    subject: str
    eased: str
    value: object
    change: Mapping[str, object]


def relaxations(brief: Row) -> tuple[Relaxation, ...]:
    """Every single relaxation of a brief, by the kind of its condition."""
    return (*_musts(brief), *_languages(brief), *_rate(brief), *_start(brief), *_place(brief))


def variants(brief: pl.DataFrame, eased: Sequence[Relaxation]) -> pl.DataFrame:
    """The brief and its relaxed forms as briefs to rank: "0" as it stands, then "1", "2", ...."""
    row = brief.row(0, named=True)
    rows = [row, *({**row, **one.change} for one in eased)]
    named = [{**each, "brief_id": str(number)} for number, each in enumerate(rows)]
    return pl.DataFrame(named, schema=brief.schema)


def _musts(brief: Row) -> Iterator[Relaxation]:
    musts = list(brief.get("must_have") or ())
    for must in musts:
        left = [other for other in musts if other != must]
        nice = [*(brief.get("nice_to_have") or ()), must]
        yield Relaxation(
            kind="must",
            subject=must,
            eased="nice",
            value=None,
            change={"must_have": left or None, "nice_to_have": nice},
        )


def _languages(brief: Row) -> Iterator[Relaxation]:
    spoken = list(brief.get("languages") or ())
    for place, language in enumerate(spoken):
        if not language["required"]:
            continue
        lower = LEVELS.index(language["level"]) - 1 if language["level"] else -1
        eased: list[tuple[str, str | None, Row]] = []
        if lower >= LEVELS.index("B1"):
            eased.append(("lower", LEVELS[lower], {**language, "level": LEVELS[lower]}))
        eased.append(("wished", None, {**language, "required": False}))
        for how, value, changed in eased:
            others = [*spoken[:place], changed, *spoken[place + 1 :]]
            yield Relaxation(
                kind="language",
                subject=language["code"],
                eased=how,
                value=value,
                change={"languages": others},
            )


def _rate(brief: Row) -> Iterator[Relaxation]:
    if stated := brief.get("day_rate_max_eur"):
        for share in DEARER:
            rate = 25.0 * round(stated * share / 25)
            if rate > stated:
                yield Relaxation(
                    kind="rate",
                    subject="",
                    eased="dearer",
                    value=rate,
                    change={"day_rate_max_eur": rate},
                )


def _start(brief: Row) -> Iterator[Relaxation]:
    stated: date | None = brief.get("start_date")
    if stated:
        for days in LATER:
            day = stated + timedelta(days=days)
            yield Relaxation(
                kind="start", subject="", eased="later", value=day, change={"start_date": day}
            )


def _place(brief: Row) -> Iterator[Relaxation]:
    easier = {"onsite": ("hybrid", "remote"), "hybrid": ("remote",), None: ("remote",)}
    if brief.get("place") or brief.get("work_mode"):
        for mode in easier.get(brief.get("work_mode"), ()):
            yield Relaxation(
                kind="place", subject="", eased="mode", value=mode, change={"work_mode": mode}
            )
