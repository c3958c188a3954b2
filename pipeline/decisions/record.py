"""Take down what a person decided: once, with who, when and why, and in the audit log as well."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from data.errors import InputError
from pipeline.audit.log import record as audit
from pipeline.decisions.standing import standings, unknown
from pipeline.decisions.store import Decision, append, read_decisions


def take_down(runs: Path, decisions: Sequence[Decision], today: date) -> tuple[Decision, ...]:
    """Record decisions with the place that each candidate had before the person who decided.

    All of them are recorded or none. One that says what an earlier one on the same day says, or any
    earlier one where it was read without a day, is known and not recorded twice.

    Returns:
        The decisions that were new.

    Raises:
        InputError: a pair that no night knows, or a decision that lacks what it must have.
    """
    stood = standings(runs, {decision.pair for decision in decisions})
    for decision in decisions:
        if decision.pair not in stood:
            raise InputError(unknown(runs, *decision.pair))
        if problem := lacking(decision, today):
            raise InputError(problem)
    known = {(*decision.said, decision.on) for decision in read_decisions(runs)}
    new = [
        replace(decision, **asdict(stood[decision.pair]))
        for decision in dict.fromkeys(decisions)
        if (*decision.said, decision.on) not in known
    ]
    if new:
        append(runs, new)
    for decision in new:
        audit(runs, "decision", _facts(decision))
    return tuple(new)


def lacking(decision: Decision, today: date) -> str | None:
    """What a decision must still say, as a sentence; None when it is complete."""
    if decision.decision is None and decision.place is None:
        return "A decision or an own order must be given; both are empty."
    if decision.decision == "rejected" and not decision.reason:
        return "A rejection must come with the client's reason; add it."
    if decision.place is not None and decision.place < 1:
        return f"An own order must be a place from 1; got {decision.place}."
    if decision.place is not None and not (decision.reason and decision.by):
        return "An own order must say who changed it and why; add both."
    if decision.on > today:
        return f"The day of a decision must not lie ahead; got {decision.on}."
    return None


def _facts(decision: Decision) -> dict[str, object]:
    """Ids, figures and a hash: no name and no words of a person."""
    text = repr(sorted(asdict(decision).items(), key=str)).encode()
    return {
        "brief_id": decision.brief_id,
        "candidate_id": decision.candidate_id,
        "decision": decision.decision,
        "place": decision.place,
        "rank": decision.rank,
        "on": decision.on.isoformat(),
        "night": decision.night,
        "entry": hashlib.sha256(text).hexdigest(),
    }
