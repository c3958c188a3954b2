"""What of an inbox was known on a date, so that no night and no backtest learns from the future."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.inbox import Inbox, InboxSettings

DECISION_DAYS: Final = 30
"""A replay takes a decision without a date as known this long after the presentation."""
RECORDED: Final = (
    ("candidates", "updated_at"),
    ("briefs", "received_at"),
    ("presentations", "presented_at"),
    ("presentations", "decided_at"),
    ("feedback", "date"),
)
"""Dates that are written down on the day itself, so that a later one betrays a replay."""


def known_at(inbox: Inbox, as_of: date) -> Inbox:
    """The inbox as it stood at the end of a day.

    Briefs received later, presentations, placements and feedback dated later are gone; of each
    brief the latest version is left; a placement has an outcome, a cause and a rating only once
    it has ended. A brief without `received_at` counts as known.

    An export holds only the latest state of a candidate. One updated later is kept, since the
    person was there, but with `available_from` unknown; the rest of the row, and what the CV
    tells, may be younger than `as_of`: a warning counts these, and a backtest must say so.
    A decision dated later is unknown. When the export holds anything recorded after `as_of` this is
    a replay, and decisions without a date on presentations younger than `DECISION_DAYS` are too.
    """
    briefs = inbox.briefs.filter(_not_after("received_at", as_of)).sort("brief_id", "version")
    placements = _placements(inbox.placements, as_of)
    feedback = inbox.feedback.filter(
        _not_after("date", as_of),
        pl.col("placement_id").is_in(placements.get_column("placement_id").implode()),
    )
    return replace(
        inbox,
        candidates=_candidates(inbox.candidates, as_of),
        experiences=_experiences(inbox.experiences, as_of),
        briefs=briefs.unique("brief_id", keep="last", maintain_order=True),
        presentations=_presentations(inbox, as_of),
        placements=placements,
        feedback=feedback,
        warnings=[*inbox.warnings, *_warnings(inbox, as_of)],
    )


def open_briefs(inbox: Inbox, as_of: date, settings: InboxSettings) -> pl.DataFrame:
    """Briefs that wait for a manager on a date: received lately, nobody selected, none started.

    A brief without `received_at` counts as received lately.
    """
    known = known_at(inbox, as_of)
    chosen = known.presentations.filter(pl.col("decision") == "selected").get_column("brief_id")
    filled = pl.concat([chosen, known.placements.get_column("brief_id")])
    oldest = as_of - timedelta(days=settings.open_days)
    return known.briefs.filter(
        (pl.col("received_at") >= oldest).fill_null(value=True),
        ~pl.col("brief_id").is_in(filled.implode()),
    )


def _not_after(column: str, as_of: date) -> pl.Expr:
    return (pl.col(column) <= as_of).fill_null(value=True)


def _when(condition: pl.Expr, *columns: str) -> list[pl.Expr]:
    """Keep these columns where a condition holds; they are unknown elsewhere."""
    return [pl.when(condition).then(pl.col(name)).alias(name) for name in columns]


def _candidates(candidates: pl.DataFrame, as_of: date) -> pl.DataFrame:
    return candidates.with_columns(
        *_when(_not_after("updated_at", as_of), "available_from"),
        *_when(_not_after("last_contact", as_of), "last_contact"),
    )


def _experiences(experiences: pl.DataFrame, as_of: date) -> pl.DataFrame:
    begun = experiences.filter(_not_after("start", as_of))
    return begun.with_columns(_when(_not_after("end", as_of), "end"))


def _presentations(inbox: Inbox, as_of: date) -> pl.DataFrame:
    made = inbox.presentations.filter(_not_after("presented_at", as_of))
    decided = pl.col("decided_at") <= as_of
    if _is_replay(inbox, as_of):
        undated = _not_after("presented_at", as_of - timedelta(days=DECISION_DAYS))
    else:
        undated = pl.lit(value=True)
    known = pl.coalesce(decided, undated)
    return made.with_columns(_when(known, "decision", "decided_at", "reason"))


def _is_replay(inbox: Inbox, as_of: date) -> bool:
    return any(
        (getattr(inbox, table).get_column(column) > as_of).any() for table, column in RECORDED
    )


def _placements(placements: pl.DataFrame, as_of: date) -> pl.DataFrame:
    ended = (pl.col("actual_end") <= as_of).fill_null(value=False)
    productive = pl.col("start_date").dt.offset_by(
        pl.format("{}d", pl.col("days_to_productive").fill_null(0).ceil().cast(pl.Int64))
    )
    return placements.filter(_not_after("start_date", as_of)).with_columns(
        *_when(ended, "actual_end", "outcome", "cause", "client_rating"),
        *_when(productive <= as_of, "days_to_productive"),
    )


def _warnings(inbox: Inbox, as_of: date) -> list[str]:
    later = (inbox.candidates.get_column("updated_at") > as_of).sum()
    undated = inbox.briefs.get_column("received_at").is_null().sum()
    warnings = []
    if _is_replay(inbox, as_of):
        warnings.append(
            f"The export holds records dated after {as_of}, so this is a replay: undated decisions "
            f"on presentations of the last {DECISION_DAYS} days are unknown. If it should be none, "
            "look for a mistyped date."
        )
    if later:
        warnings.append(
            f"candidates: {later} rows were updated after {as_of}; their CVs may tell what was "
            "not yet known on that day."
        )
    if undated:
        warnings.append(
            f"briefs: {undated} rows tell no received_at; they count as known on any day."
        )
    return warnings
