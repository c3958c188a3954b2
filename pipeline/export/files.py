"""Where the exports of a night go: the names that a recruiter finds in the folder."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.export.catalogue import Language, load_messages
from pipeline.export.csv import csv_bytes
from pipeline.export.html import brief_page, index_page, report_page
from pipeline.export.names import file_name
from pipeline.export.report import NightReport
from pipeline.export.shortlist import Shortlist
from pipeline.export.table import evidence_table, score_table, shortlist_table
from pipeline.export.xlsx import xlsx_bytes


def write_shortlists(
    folder: Path, shortlists: Sequence[Shortlist], as_of: date, language: Language
) -> None:
    """Write the exports of every brief, the joint CSV and the index; same input, same bytes.

    Makes `shortlists/<brief>.csv`, `.xlsx` and `.html`, `shortlists.csv` and `index.html`.
    """
    messages = load_messages(language)
    inner = folder / "shortlists"
    inner.mkdir(parents=True, exist_ok=True)
    for shortlist in shortlists:
        stem = file_name(shortlist.brief.brief_id)
        table = shortlist_table([shortlist], messages)
        sheets = [table, evidence_table(shortlist, messages), score_table(shortlist, messages)]
        (inner / f"{stem}.csv").write_bytes(csv_bytes(table, messages))
        (inner / f"{stem}.xlsx").write_bytes(xlsx_bytes(sheets, as_of, messages))
        _write(inner / f"{stem}.html", brief_page(shortlist, as_of, language))
    everything = shortlist_table(shortlists, messages)
    (folder / "shortlists.csv").write_bytes(csv_bytes(everything, messages))
    _write(folder / "index.html", index_page(shortlists, as_of, language))


def write_report(
    folder: Path, report: NightReport, shortlists: Sequence[Shortlist], language: Language
) -> None:
    """Write `report.html`."""
    _write(folder / "report.html", report_page(report, shortlists, language))


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
