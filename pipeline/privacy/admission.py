"""Who of an inbox may be taken in: nobody who was erased, and nobody kept beyond the retention."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import polars as pl

from data.inbox import Inbox
from pipeline.export.report import Alarm
from pipeline.privacy.erased import erased_among

LEFT_OUT: Final = {
    "candidate_id": pl.String,
    "reason": pl.String,
    "last_contact": pl.Date,
    "expired_on": pl.Date,
}


@dataclass(frozen=True, kw_only=True)
class PrivacySettings:
    """How long a candidate is kept."""

    retention_months: int = 24
    """Months after the last contact (else the last update) from which a candidate is not scored and
    is listed for deletion; 0 keeps everybody. Whose last contact is unknown is kept."""


def admit(
    inbox: Inbox, runs: Path, as_of: date, settings: PrivacySettings
) -> tuple[Inbox, pl.DataFrame]:
    """The inbox without the erased and the expired, and who they are.

    The erased are gone from every table; the expired are not scored, but what happened to them
    stays known until they are erased.

    Returns:
        The inbox, and a table candidate_id, reason (`erased` or `expired`), last_contact,
        expired_on.
    """
    people = inbox.candidates.select(
        "candidate_id", last_contact=pl.coalesce("last_contact", "updated_at")
    )
    gone = _erased(inbox, runs)
    kept_until = pl.col("last_contact").dt.offset_by(f"{settings.retention_months}mo")
    expired = people.with_columns(expired_on=kept_until).filter(
        pl.lit(settings.retention_months > 0),
        pl.col("expired_on") < as_of,
        ~pl.col("candidate_id").is_in(gone),
    )
    left_out = pl.concat(
        [
            pl.DataFrame({"candidate_id": gone}, schema={"candidate_id": pl.String}).with_columns(
                reason=pl.lit("erased"),
                last_contact=pl.lit(None, pl.Date),
                expired_on=pl.lit(None, pl.Date),
            ),
            expired.with_columns(reason=pl.lit("expired")).select(LEFT_OUT.keys()),
        ]
    )
    inbox = replace(
        inbox,
        candidates=_without(inbox.candidates, left_out["candidate_id"]),
        contacts=_without(inbox.contacts, left_out["candidate_id"]),
        experiences=_without(inbox.experiences, left_out["candidate_id"]),
    )
    return forget(inbox, gone), left_out


def retention_alarms(left_out: pl.DataFrame) -> tuple[Alarm, ...]:
    """What the night's report says of candidates who are kept beyond the retention."""
    expired = left_out.filter(reason="expired").height
    if not expired:
        return ()
    text = (
        f"{expired} candidates are past the retention and were not scored. Delete those of "
        "expired.csv in the ATS, and erase them here with `briefmatch erase`."
    )
    return (Alarm(level="alarm", text=text),)


def _erased(inbox: Inbox, runs: Path) -> list[str]:
    """Candidates who were erased under this id, or under another with the same e-mail address."""
    by_id = erased_among(runs, inbox.candidates["candidate_id"])
    emails = inbox.contacts.drop_nulls("email").with_columns(
        pl.col("email").str.strip_chars().str.to_lowercase()
    )
    known = erased_among(runs, emails["email"])
    by_email = emails.filter(pl.col("email").is_in(known))["candidate_id"]
    people = set(inbox.candidates["candidate_id"])
    return sorted(people & {*by_id, *by_email})


def forget(inbox: Inbox, gone: Sequence[str]) -> Inbox:
    """The inbox without these candidates in any table, their past included."""
    people = pl.Series("candidate_id", gone, dtype=pl.String)
    placements = _without(inbox.placements, people)
    known = pl.col("placement_id").is_in(placements.get_column("placement_id").implode())
    return replace(
        inbox,
        candidates=_without(inbox.candidates, people),
        contacts=_without(inbox.contacts, people),
        experiences=_without(inbox.experiences, people),
        presentations=_without(inbox.presentations, people),
        placements=placements,
        feedback=inbox.feedback.filter(known),
        judgements=_without(inbox.judgements, people),
    )


def _without(table: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    return table.filter(~pl.col("candidate_id").is_in(people.implode()))
