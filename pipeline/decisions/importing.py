"""A filled-in shortlist becomes recorded decisions: all of its rows, or none."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.errors import InputError
from pipeline.decisions.record import take_down
from pipeline.decisions.sheet import read_filled_in
from pipeline.decisions.standing import standings
from pipeline.decisions.store import Decision, read_decisions

MOST_SHOWN = 20
"""Refused rows that an error names."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """How many rows were new, were known already, and were left blank."""

    new: int
    known: int
    blank: int


def import_decisions(path: Path, runs: Path, *, by: str, today: date) -> Imported:
    """Read the decision columns of a CSV or XLSX shortlist back.

    A row without a name is of `by`. A row without a day is of today, unless the same was taken down
    before on any day: a file that is read twice changes nothing.

    Raises:
        InputError: a row cannot be taken (each is named with its number and reason), or the file is
            none of our shortlists; then nothing was recorded.
    """
    filled = read_filled_in(path, lambda pairs: set(standings(runs, pairs)), by=by, today=today)
    if filled.problems:
        shown = [
            f"  row {number}: {reason.rstrip('.')}."
            for number, reason in filled.problems[:MOST_SHOWN]
        ]
        more = len(filled.problems) - len(shown)
        raise InputError(
            f"Every filled-in row must be readable; {len(filled.problems)} of "
            f"{len(filled.decisions) + len(filled.problems)} in {path.name} are not, so nothing "
            "was imported. Correct them and import again:\n"
            + "\n".join([*shown, *([f"  and {more} more"] if more else [])])
        )
    said = {decision.said for decision in read_decisions(runs)}
    decisions = [decision for _, decision in filled.decisions]
    new = take_down(runs, [d for d in decisions if not _again(d, said, today)], today)
    return Imported(new=len(new), known=len(decisions) - len(new), blank=filled.blank)


def _again(decision: Decision, said: set[tuple[object, ...]], today: date) -> bool:
    """Whether a row without a day of its own repeats what was taken down."""
    return decision.on == today and decision.said in said
