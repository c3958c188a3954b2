"""What keeps a brief from its 48 hours, from what its shortlist and its decisions show."""

from dataclasses import dataclass
from typing import Literal

from pipeline.export.shortlist import Shortlist

PROMISED_HOURS = 48
"""Hours within which this market expects candidates."""
FIRST = 3
"""Candidates at the top whom a recruiter calls first."""
_NEEDED = ("start_date", "duration_months", "day_rate_max_eur", "languages")
_OPEN = ("presented", "interviewed")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One thing to settle; `gaps` names fields of the brief, `gates` hard conditions."""

    kind: Literal[
        "nobody_fits",
        "brief_gaps",
        "contradictions",
        "open_gates",
        "open_musts",
        "undecided",
        "unpresented",
    ]
    gaps: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    n: int = 0


def blocks(shortlist: Shortlist) -> tuple[Block, ...]:
    """What blocks a brief, in the order in which it is worth settling.

    Decisions of the latest word a candidate: one presented or interviewed waits for the client.
    """
    found = []
    first = shortlist.explanations[:FIRST]
    if shortlist.nobody_fits:
        found.append(Block(kind="nobody_fits"))
    gaps = tuple(name for name in _NEEDED if not getattr(shortlist.brief, name))
    if shortlist.explanations and not any(f.tier == "must" for f in first[0].requirements):
        gaps = (*gaps, "must_haves")
    if gaps:
        found.append(Block(kind="brief_gaps", gaps=gaps))
    if shortlist.contradictions:
        found.append(Block(kind="contradictions", n=shortlist.contradictions))
    latest: dict[str, str | None] = {}
    for made in shortlist.decided:  # the latest first
        latest.setdefault(made.candidate_id, made.decision)
    waiting = sum(word in _OPEN for word in latest.values())
    if waiting:
        return (*found, Block(kind="undecided", n=waiting))
    gates = dict.fromkeys(g.gate for e in first for g in e.gates if g.answer == "unknown")
    if gates:
        found.append(Block(kind="open_gates", gates=tuple(gates), n=len(first)))
    open_musts = set.intersection(*(set(e.gaps) for e in first)) if first else set()
    if open_musts:
        found.append(Block(kind="open_musts", n=len(open_musts)))
    if first and not latest:
        found.append(Block(kind="unpresented"))
    return tuple(found)
