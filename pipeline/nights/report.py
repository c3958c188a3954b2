"""The night's report: what it counted, what took how long, and what somebody should look at."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from pipeline.export.report import Alarm, NightReport, ReportTable, summarise_quarantine
from pipeline.journal import Journal

if TYPE_CHECKING:
    from pipeline.nightly import Ranking


def night_counts(ranking: "Ranking", top: int) -> dict[str, int]:
    """The figures by which two nights are compared."""
    return {
        "candidates": ranking.reading.documents.height,
        "passages": ranking.reading.passages.height,
        "briefs": ranking.briefs.height,
        "requirements": ranking.requirements.height,
        "pairs": ranking.longlist.height,
        "quarantined": ranking.inbox.quarantine.height,
        "merged": ranking.reading.merged.height,
        "events": ranking.events.height,
        "shortlisted": ranking.longlist.filter(pl.col("rank") <= top)["candidate_id"].n_unique(),
    }


def night_report(
    ranking: "Ranking",
    journal: Journal,
    counts: Mapping[str, int],
    alarms: Sequence[Alarm],
    as_of: date,
    night: str,
    tables: Sequence[ReportTable] = (),
) -> NightReport:
    """What `report.html` shows."""
    return NightReport(
        as_of=as_of,
        night=night,
        counts=tuple(counts.items()),
        seconds=tuple(journal.seconds.items()),
        warnings=tuple(journal.warnings),
        alarms=tuple(alarms),
        quarantine=summarise_quarantine(ranking.inbox.quarantine),
        tables=tuple(tables),
    )
