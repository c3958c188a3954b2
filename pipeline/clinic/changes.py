"""What changed between two versions of a brief: field by field, requirement by requirement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from data.schema import Briefs
from pipeline.clinic.contradictions import alike

Row = Mapping[str, Any]
REWORDED: Final = 0.4
"""Share of common words (Jaccard) from which a new requirement is an old one in other words."""
_ASIDE: Final = ("brief_id", "version", "received_at", "must_have", "should_have", "nice_to_have")


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """A field with another value; a value None was not stated."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, kw_only=True)
class RequirementChange:
    """A requirement that came, went, changed its tier, or was put in other words."""

    kind: Literal["added", "dropped", "moved", "reworded"]
    text: str
    tier: str
    before_text: str | None = None
    before_tier: str | None = None


def field_changes(before: Row, after: Row) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the table; requirements are told apart from them."""
    return tuple(
        FieldChange(field=name, before=before.get(name), after=after.get(name))
        for name in Briefs.column_names()
        if name not in _ASIDE and _plain(before.get(name)) != _plain(after.get(name))
    )


def _plain(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def requirement_changes(
    before: pl.DataFrame, after: pl.DataFrame, language: str
) -> tuple[RequirementChange, ...]:
    """Requirements (of `models.requirements`) matched by their words, the likest pairs first."""
    old, new = before.to_dicts(), after.to_dicts()
    likeness = sorted(
        (
            (-alike(was["text"], now["text"], language), i, j)
            for i, was in enumerate(old)
            for j, now in enumerate(new)
        ),
    )
    pairs: dict[int, int] = {}
    for unlike, i, j in likeness:
        if -unlike >= REWORDED and i not in pairs.values() and j not in pairs:
            pairs[j] = i
    changes = [_change(old[pairs[j]] if j in pairs else None, now) for j, now in enumerate(new)]
    dropped = [
        RequirementChange(kind="dropped", text=was["text"], tier=was["tier"])
        for i, was in enumerate(old)
        if i not in pairs.values()
    ]
    return (*(change for change in changes if change), *dropped)


def _change(was: Row | None, now: Row) -> RequirementChange | None:
    if was is None:
        return RequirementChange(kind="added", text=now["text"], tier=now["tier"])
    if was["tier"] == now["tier"] and was["text"] == now["text"]:
        return None
    return RequirementChange(
        kind="moved" if was["tier"] != now["tier"] else "reworded",
        text=now["text"],
        tier=now["tier"],
        before_text=was["text"],
        before_tier=was["tier"],
    )
