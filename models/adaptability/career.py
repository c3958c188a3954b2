"""Read adaptability events off the career itself: new ground that was entered, line by line quoted.

First times count, not years, and not the number of jobs: each kind of novelty has a small cap.
"""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from data.text.clean import fold
from models.adaptability.ledger import LEDGER

_NOVELTY: Final = {"sector": "learning", "country": "cultural"}
_INTERIM: Final = ("interim", "freelance", "mission", "transition", "zeitarbeit", "mandat")
_MOST: Final = 3
"""Changes of kind help up to about three, then no more (Zhu et al. 2013)."""
_LEVEL: Final = 0.2
_HEADER: Final = 400
"""Characters before a role's description in which its heading stands."""


def career_events(documents: pl.DataFrame, experiences: pl.DataFrame) -> pl.DataFrame:
    """Return one row for each first time in a sector or country, and for repeated interim work.

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


def _of_history(
    candidate: str, text: str, history: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for dimension, roles in _novel(history):
        for role in roles[:_MOST]:
            if quote := _heading(text, role):
                yield {
                    "candidate_id": candidate,
                    "dimension": dimension,
                    "level": _LEVEL,
                    "evidence_level": 2,
                    "quote": quote,
                    "start": role["start"],
                    "end": role["end"],
                    "date": role["end"] or role["start"],
                }


def _novel(history: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for column, dimension in _NOVELTY.items():
        seen: set[str] = set()
        firsts = []
        for role in history:
            value = fold(role[column] or "").strip()
            if value and seen and value not in seen:
                firsts.append(role)
            seen.update({value} - {""})
        yield dimension, firsts
    interim = [
        role for role in history if any(word in fold(role["engagement"] or "") for word in _INTERIM)
    ]
    yield "uncertain", interim[1:]  # one mission may be chance


def _heading(text: str, role: dict[str, Any]) -> str | None:
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
