"""What was decided, put on the shortlists of the next night."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.decisions.store import Decision, read_decisions
from pipeline.export.shortlist import Decided, Shortlist


def with_history(shortlists: Iterable[Shortlist], runs: Path, as_of: date) -> tuple[Shortlist, ...]:
    """The shortlists with what was decided on each brief up to a day, the latest first."""
    told: dict[str, list[Decided]] = {}
    for decision in reversed(read_decisions(runs, as_of)):
        told.setdefault(decision.brief_id, []).append(_decided(decision))
    return tuple(_with(each, tuple(told.get(each.brief.brief_id, ()))) for each in shortlists)


def _with(shortlist: Shortlist, decided: tuple[Decided, ...]) -> Shortlist:
    explanations = (
        replace(
            explanation,
            decided=tuple(
                made for made in decided if made.candidate_id == explanation.person.candidate_id
            ),
        )
        for explanation in shortlist.explanations
    )
    return replace(shortlist, explanations=tuple(explanations), decided=decided)


def _decided(decision: Decision) -> Decided:
    return Decided(
        candidate_id=decision.candidate_id,
        on=decision.on,
        decision=decision.decision,
        place=decision.place,
        by=decision.by,
        reason=decision.reason,
    )
