"""Read adaptability events off the career itself: new ground that was entered, line by line quoted.

First times count, not years, and not the number of jobs: each kind of novelty has a small cap. New
ground is a sector, a country, or more responsibility than in any role before.
"""

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

import polars as pl

from data.text.clean import fold
from models.adaptability.ledger import LEDGER
from models.levels import STAFF, responsibility

_NOVELTY: Final = {"sector": "learning", "country": "cultural"}
_INTERIM: Final = ("interim", "freelance", "mission", "transition", "zeitarbeit", "mandat")
_MOST: Final = 3
"""Changes of kind help up to about three, then no more (Zhu et al. 2013)."""
_LEVEL: Final = 0.2
"""Strength of a first time, and of each level of responsibility above that of staff."""
_Role: TypeAlias = dict[str, Any]
_Step: TypeAlias = tuple[_Role, int]  # and the levels that it gains
_HEADER: Final = 400
"""Characters before a role's description in which its heading stands."""


def career_events(documents: pl.DataFrame, experiences: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each first time in a sector or country, and for repeated interim work.

    A role with more responsibility than any before it shows dealing with people, by as much as it
    goes beyond them and beyond staff; where it is not the first role, it is new ground as well.

    Columns as the ledger of `events.read_events`; evidence level 2. The quote is the heading line
    of the experience; what the document does not show gives no row.
    """
    texts = dict(documents.select("candidate_id", "text").iter_rows())
    rows = [
        row
        for (candidate,), history in experiences.sort(
            "candidate_id", "start", "experience", nulls_last=True
        ).group_by("candidate_id", maintain_order=True)
        if candidate in texts
        for row in _of_history(str(candidate), texts[candidate], history.to_dicts())
    ]
    return pl.DataFrame(rows, schema=LEDGER)


def _of_history(candidate: str, text: str, history: list[_Role]) -> Iterator[dict[str, Any]]:
    for dimension, steps in _novel(history):
        for role, levels in steps[:_MOST]:
            if quote := _heading(text, role):
                yield {
                    "candidate_id": candidate,
                    "dimension": dimension,
                    "level": round(_LEVEL * levels, 4),
                    "evidence_level": 2,
                    "quote": quote,
                    "start": role["start"],
                    "end": role["end"],
                    "date": role["end"] or role["start"],
                }


def _novel(history: list[_Role]) -> Iterator[tuple[str, list[_Step]]]:
    for column, dimension in _NOVELTY.items():
        seen: set[str] = set()
        firsts = []
        for role in history:
            value = fold(role[column] or "").strip()
            if value and seen and value not in seen:
                firsts.append((role, 1))
            seen.update({value} - {""})
        yield dimension, firsts
    interim = [
        role for role in history if any(word in fold(role["engagement"] or "") for word in _INTERIM)
    ]
    yield "uncertain", [(role, 1) for role in interim[1:]]  # one mission may be chance
    titled = [role for role in history if role["title"]]
    risen = list(_risen(titled))
    yield "interpersonal", risen
    yield "learning", [(role, 1) for role, _ in risen if role is not titled[0]]


def _risen(titled: list[_Role]) -> Iterator[_Step]:
    most = STAFF
    for role in titled:
        carried = responsibility(role["title"])
        if carried > most:
            yield role, carried - most
            most = carried


def _heading(text: str, role: _Role) -> str | None:
    """The line that names the role: just before its description, else wherever it stands."""
    start = role["start_char"]
    first, last = (0, len(text)) if start is None else (max(0, start - _HEADER), start)
    for name in (role["title"], role["organisation"]):
        place = text.rfind(name, first, last) if name else -1
        if place >= 0:
            begin = text.rfind("\n", 0, place) + 1
            end = text.find("\n", place)
            return text[begin : len(text) if end < 0 else end].strip() or None
    return None
