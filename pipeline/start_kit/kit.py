"""The start kit of a chosen candidate: what the client has ready, first goals, feedback moments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from data.errors import InputError
from data.inbox import Inbox, read_inbox
from data.known import known_at
from data.vocabulary import function_of
from models.lexicon.terms import find_terms
from pipeline.decisions.presentations import with_decisions
from pipeline.export.catalogue import Language, client_language
from pipeline.export.rows import brief_facts
from pipeline.export.shortlist import BriefFacts
from pipeline.settings import Settings
from pipeline.stages.briefs import with_language
from pipeline.start_kit.content import SECTIONS, lines
from pipeline.start_kit.moments import Moment, end_of, feedback_moments

Row = Mapping[str, Any]
RULES: Final = ("standard", "law")
"""Kinds of named things that ask for a document instead of an account."""
_TEXTS: Final = ("title", "description")
_LISTS: Final = ("must_have", "should_have", "nice_to_have", "objectives")


@dataclass(frozen=True, kw_only=True)
class StartKit:
    """What stands in a kit, in the client's language but for the labels, which a catalogue gives.

    `tools` and `rules`: things that the brief names, as it spells them; `lists`: by section, what
    to have ready; `end` and the days of `moments` are None where start or duration is not known.
    """

    brief: BriefFacts
    candidate_id: str
    candidate: str
    language: Language
    function: str | None
    start: date | None
    end: date | None
    tools: tuple[str, ...]
    rules: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]
    goals: tuple[str, ...]
    moments: tuple[Moment, ...]


def build_kit(
    brief_id: str,
    candidate_id: str,
    inbox: Path,
    runs: Path,
    settings: Settings,
    as_of: date,
    language: Language | None,
) -> StartKit:
    """The kit for a candidate who was chosen for a brief, by default in the brief's language.

    Raises:
        InputError: there is no such brief, or nobody recorded that the candidate was chosen.
    """
    everything = with_decisions(read_inbox(inbox, settings.inbox), runs, as_of)
    known = known_at(everything, as_of)
    rows = known.briefs.filter(brief_id=brief_id)
    if rows.is_empty():
        raise InputError(
            f"The inbox must hold brief {brief_id!r} on {as_of}; it does not. Check the id."
        )
    placement = _placement(everything, brief_id, candidate_id, runs)
    brief = with_language(rows).row(0, named=True)
    spoken = language or client_language(brief["language"])
    start = placement.get("start_date") or brief["start_date"]
    months = brief["duration_months"]
    function = function_of(brief["function"] or "") or function_of(brief["title"])
    named = _named(brief)
    return StartKit(
        brief=brief_facts(brief, [], as_of),
        candidate_id=candidate_id,
        candidate=_name(known, candidate_id),
        language=spoken,
        function=function,
        start=start,
        end=placement.get("planned_end") or (end_of(start, months) if start and months else None),
        tools=tuple(name for name, kind in named.items() if kind == "tool"),
        rules=tuple(name for name, kind in named.items() if kind in RULES),
        lists={section: lines(section, function, spoken) for section in SECTIONS},
        goals=tuple(brief["objectives"] or ()),
        moments=feedback_moments(start, months),
    )


def _placement(inbox: Inbox, brief_id: str, candidate_id: str, runs: Path) -> Row:
    """The agreed mission, empty while it is only decided. Raises InputError for nobody chosen."""
    pair = {"brief_id": brief_id, "candidate_id": candidate_id}
    placed = inbox.placements.filter(**pair)
    if placed.height:
        return placed.row(0, named=True)
    if inbox.presentations.filter(decision="selected", **pair).is_empty():
        raise InputError(
            f"A start kit is for a candidate who was chosen; no decision or placement says so of "
            f"{candidate_id} on {brief_id}. Take it down first: briefmatch decision record "
            f"--runs {runs} {brief_id} {candidate_id} chosen"
        )
    return {}


def _name(inbox: Inbox, candidate_id: str) -> str:
    names = inbox.contacts.filter(candidate_id=candidate_id)["name"].drop_nulls()
    return str(names[0]) if names.len() else candidate_id


def _named(brief: Row) -> dict[str, str]:
    """Tools, standards and laws that a brief names, as it spells them: name and kind."""
    texts = [brief[name] or "" for name in _TEXTS]
    texts += [text for name in _LISTS for text in brief[name] or ()]
    found: dict[str, tuple[str, str]] = {}
    for text in texts:
        for term in find_terms(text, brief["language"]):
            found.setdefault(term.id, (text[term.start : term.end], term.kind))
    return dict(found.values())
