"""Where the exports of a night go: the names that a recruiter finds in the folder."""

from collections.abc import Sequence
from datetime import date
from os.path import relpath
from pathlib import Path

from pipeline.export.catalogue import Language, load_messages
from pipeline.export.csv import csv_bytes
from pipeline.export.html import brief_page, index_page, portfolio_page, report_page
from pipeline.export.names import file_name
from pipeline.export.report import NightReport
from pipeline.export.settings import ExportSettings
from pipeline.export.shortlist import Shortlist
from pipeline.export.table import (
    briefs_table,
    evidence_table,
    portfolio_table,
    score_table,
    shortlist_table,
)
from pipeline.export.xlsx import xlsx_bytes


def write_shortlists(
    folder: Path, shortlists: Sequence[Shortlist], as_of: date, export: ExportSettings
) -> None:
    """Write the exports of every brief and of all together; same input, same bytes.

    Makes `shortlists/<brief>.csv`, `.xlsx` and `.html`, `shortlists.csv` and `.xlsx`,
    `portfolio.html` and `index.html`, and the same in the folder of each further edition.
    """
    for place, language in export.editions(folder):
        inner = place / "shortlists"
        inner.mkdir(parents=True, exist_ok=True)
        for shortlist in shortlists:
            own = export.of_brief(shortlist.brief.client_id, language)
            _write_brief(inner, shortlist, as_of, own, export)
        messages = load_messages(language)
        everything = shortlist_table(shortlists, messages)
        sheets = [
            everything,
            briefs_table(shortlists, messages),
            portfolio_table(shortlists, messages),
            evidence_table(shortlists, messages),
            score_table(shortlists, messages),
        ]
        (place / "shortlists.csv").write_bytes(csv_bytes(everything, export.csv_messages(language)))
        (place / "shortlists.xlsx").write_bytes(xlsx_bytes(sheets, as_of, messages))
        _write(place / "portfolio.html", portfolio_page(shortlists, as_of, language))
        others = [(where, other) for where, other in export.editions(folder) if where != place]
        links = [(relpath(where / "index.html", place), other) for where, other in others]
        _write(place / "index.html", index_page(shortlists, as_of, language, links))


def write_report(
    folder: Path, report: NightReport, shortlists: Sequence[Shortlist], language: Language
) -> None:
    """Write `report.html`."""
    _write(folder / "report.html", report_page(report, shortlists, language))


def _write_brief(
    folder: Path, shortlist: Shortlist, as_of: date, language: Language, export: ExportSettings
) -> None:
    messages, stem = load_messages(language), file_name(shortlist.brief.brief_id)
    table = shortlist_table([shortlist], messages)
    sheets = [table, evidence_table([shortlist], messages), score_table([shortlist], messages)]
    (folder / f"{stem}.csv").write_bytes(csv_bytes(table, export.csv_messages(language)))
    (folder / f"{stem}.xlsx").write_bytes(xlsx_bytes(sheets, as_of, messages))
    _write(folder / f"{stem}.html", brief_page(shortlist, as_of, language))


def _write(path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8", newline="\n")
