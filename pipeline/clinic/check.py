"""Check one brief before anybody is proposed: gaps, contradictions, what its conditions cost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.inbox import Inbox
from models.adaptability.demand import overall_demand
from models.requirements import read_requirements
from pipeline.clinic.completeness import Point, read_points, unmeasured
from pipeline.clinic.contradictions import Contradiction, find_contradictions
from pipeline.clinic.prose import Told, read_prose
from pipeline.clinic.relaxations import BASE, Relaxation, relaxations, variants
from pipeline.clinic.rigidity import Rigidity, read_rigidity
from pipeline.clinic.source import find_brief
from pipeline.clinic.told import TOLD, AsTold, read_as_told, told_columns
from pipeline.export.rows import brief_facts
from pipeline.export.shortlist import BriefFacts
from pipeline.journal import Journal
from pipeline.nightly import rank
from pipeline.settings import Settings

Row = Mapping[str, Any]
FEWEST_PRICED: Final = 3
"""Candidates with every must-have and a known rate from which the budget can be judged."""
_LISTS: Final = {"must": "must_have", "should": "should_have", "nice": "nice_to_have"}
_CUE: Final = re.compile(r"“([^“”]+)” \((\w+)\)")


@dataclass(frozen=True, kw_only=True)
class Demand:
    """How much a dimension of adaptability is asked for, in [0, 1], and by which words, where."""

    dimension: str
    level: float
    words: tuple[tuple[str, str], ...]
    routine: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class BriefCheck:
    """What the clinic finds in one brief; `language` is the client's.

    `as_told` counts what only the prose says as conditions; None where it says none.
    """

    brief: BriefFacts
    language: str
    as_of: date
    points: tuple[Point, ...]
    unmeasured: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    rigid: str | None
    rigidity: Rigidity
    as_told: AsTold | None
    demand: tuple[Demand, ...]
    overall: float
    overall_word: str


def check_brief(
    wanted: str, inbox: Path, runs: Path, settings: Settings, as_of: date, journal: Journal
) -> BriefCheck:
    """Check a brief of the inbox (by its id) or in a file, by a ranking of it and its variants.

    Raises:
        InputError: there is no such brief, or the inbox cannot be used.
    """
    found: list[pl.DataFrame] = []
    eased: list[Relaxation] = []

    def choose(everything: Inbox) -> pl.DataFrame:
        found.append(find_brief(everything, wanted, settings.inbox, as_of))
        listed = _listed(found[0])
        row = listed.row(0, named=True)
        eased.extend(relaxations(row))
        told_row = row | told_columns(row, _told(row, as_of)) | {"brief_id": TOLD}
        return pl.concat([variants(listed, eased), pl.DataFrame([told_row], schema=listed.schema)])

    ranking = rank(inbox, runs, settings, as_of, journal, choose=choose)
    brief = found[0].row(0, named=True)
    demand = ranking.demand.filter(brief_id=str(BASE))
    told = _told(brief, as_of)
    only_told = told_columns(brief, told)
    rigidity = read_rigidity(ranking, eased, settings.shortlist)
    ordered = demand.sort("demand", "dimension", descending=[True, False]).to_dicts()
    overall = overall_demand(demand).row(0, named=True)
    return BriefCheck(
        brief=brief_facts(brief, ordered, as_of),
        language=brief["language"],
        as_of=as_of,
        points=read_points(brief, told, read_requirements(found[0])),
        unmeasured=unmeasured(brief.get("objectives")),
        contradictions=(
            *find_contradictions(brief, told, as_of),
            *budget_conflict(brief, rigidity),
        ),
        rigid=told["rigid"].quote if "rigid" in told else None,
        rigidity=rigidity,
        as_told=read_as_told(ranking.matches.by_brief[TOLD]) if only_told else None,
        demand=tuple(_demand(row) for row in ordered),
        overall=overall["demand"],
        overall_word=overall["level"],
    )


def _told(brief: Row, as_of: date) -> Told:
    text, title = brief.get("description") or "", brief["title"]
    whole = text if title in text else f"{title}\n{text}"
    return read_prose(whole, brief.get("received_at") or as_of)


def _listed(brief: pl.DataFrame) -> pl.DataFrame:
    """The brief with what its prose requires as lists, so that one of them can be eased."""
    if any(brief[column][0] is not None for column in _LISTS.values()):
        return brief
    read = read_requirements(brief)
    lists = {
        column: [read.filter(tier=tier)["text"].to_list() or None]
        for tier, column in _LISTS.items()
    }
    return brief.with_columns(
        pl.Series(column, texts, dtype=pl.List(pl.String)) for column, texts in lists.items()
    )


def budget_conflict(brief: Row, rigidity: Rigidity) -> tuple[Contradiction, ...]:
    """Whether the must-haves together cost more than the budget, by the rates of who has them."""
    stated, enough = brief.get("day_rate_max_eur"), rigidity.priced >= FEWEST_PRICED
    if not stated or not enough or 3 * rigidity.affordable >= rigidity.priced:
        return ()
    values = {
        "stated": stated,
        "n": rigidity.priced,
        "affordable": rigidity.affordable,
        "median": rigidity.median,
    }
    return (Contradiction(kind="budget", values=values),)


def _demand(row: Row) -> Demand:
    why = str(row["why"] or "")
    asked, _, routine = why.partition("routine: ")
    return Demand(
        dimension=row["dimension"],
        level=row["demand"],
        words=tuple(_CUE.findall(asked)),
        routine=tuple(_CUE.findall(routine)),
    )
