"""A filled-in shortlist is read back: every convention, every language, all rows or none."""

import csv
import io
from datetime import date

import pytest
import xlsxwriter

from data.errors import InputError
from pipeline.decisions.importing import import_decisions
from pipeline.decisions.shown import with_history
from pipeline.decisions.store import read_decisions
from pipeline.export.catalogue import LANGUAGES, load_messages
from pipeline.export.csv import csv_bytes
from pipeline.export.table import shortlist_table
from pipeline.export.xlsx import xlsx_bytes

DAYS = {"en": "2026-11-20", "fr": "20/11/2026", "nl": "20/11/2026", "de": "20.11.2026"}


def filled(shortlists, language, cells):
    """Headings and rows of our CSV, some cells of them filled in: {(row, key): text}."""
    messages = load_messages(language)
    text = csv_bytes(shortlist_table(shortlists, messages), messages).decode("utf-8-sig")
    delimiter = messages.conventions.delimiter
    headings, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for (row, key), value in cells.items():
        rows[row][headings.index(messages.t(f"column.{key}"))] = value
    return headings, rows


def as_csv(path, table, *, delimiter=";", encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([table[0], *table[1]])
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def as_xlsx(path, table, *, days=()):
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("cover").write(0, 0, "of no concern")
        sheet = book.add_worksheet("list")
        for number, row in enumerate([table[0], *table[1]]):
            for column, cell in enumerate(row):
                if cell in days:
                    sheet.write_number(number, column, days[cell])
                elif cell:
                    sheet.write_string(number, column, cell)
    return path


def read(path, runs, today):
    return import_decisions(path, runs, by="Ann", today=today)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_language_reads_back(runs, today, shortlists, tmp_path, language, ending):
    own = load_messages(language, "pipeline.decisions")
    cells = {
        (0, "decision"): own.t("decision.interviewed"),
        (0, "decided_on"): DAYS[language],
        (1, "decision"): own.t("decision.rejected").upper(),
        (1, "decision_reason"): "très loin; à revoir",
        (1, "decided_by"): "Émile",
        (5, "own_place"): "1",
        (5, "decision_reason"): "x",
    }
    table = filled(shortlists, language, cells)
    path = tmp_path / f"B1.{ending}"
    as_csv(path, table) if ending == "csv" else as_xlsx(path, table)

    done = read(path, runs, today)

    assert (done.new, done.known, done.blank) == (3, 0, 3)
    told = [(d.pair, d.decision, d.on, d.by, d.place) for d in read_decisions(runs)]
    assert told == [
        (("B1", "C1"), "interviewed", date(2026, 11, 20), "Ann", None),
        (("B1", "C2"), "rejected", today, "Émile", None),
        (("=B2", "C3"), None, today, "Ann", 1),
    ]


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_saved_again_elsewhere(runs, today, shortlists, tmp_path, delimiter, encoding):
    table = filled(shortlists[:1], "fr", {(0, "decision"): "présenté"})
    path = as_csv(tmp_path / "again.csv", table, delimiter=delimiter, encoding=encoding)

    assert read(path, runs, today).new == 1


def test_a_workbook_of_ours_has_a_list_to_choose_from(shortlists, today, tmp_path):
    messages = load_messages("nl")
    (tmp_path / "b.xlsx").write_bytes(
        xlsx_bytes([shortlist_table(shortlists, messages)], today, messages)
    )
    import zipfile

    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert "voorgesteld,gesprek,gekozen,teruggetrokken,niet weerhouden" in sheet


def test_an_untouched_workbook_records_nothing(runs, today, shortlists, tmp_path):
    messages = load_messages("de")
    path = tmp_path / "b.xlsx"
    path.write_bytes(xlsx_bytes([shortlist_table(shortlists, messages)], today, messages))

    done = read(path, runs, today)

    assert (done.new, done.blank) == (0, 6)


def test_a_date_that_the_spreadsheet_made_a_number(runs, today, shortlists, tmp_path):
    cells = {(0, "decision"): "chosen", (0, "decided_on"): "DAY"}
    table = filled(shortlists, "en", cells)
    path = as_xlsx(tmp_path / "b.xlsx", table, days={"DAY": 46346})

    read(path, runs, today)

    assert read_decisions(runs)[0].on == date(2026, 11, 20)


def test_reading_twice_changes_nothing(runs, today, shortlists, tmp_path):
    cells = {(0, "decision"): "presented", (1, "decision"): "chosen"}
    path = as_csv(tmp_path / "b.csv", filled(shortlists, "en", cells))

    first = read(path, runs, today)
    again = read(path, runs, date(2026, 11, 30))

    assert (first.new, again.new, again.known) == (2, 0, 2)
    assert len(read_decisions(runs)) == 2


def test_the_next_shortlist_can_be_filled_in_again(runs, today, shortlists, tmp_path):
    read(
        as_csv(tmp_path / "a.csv", filled(shortlists, "en", {(0, "decision"): "presented"})),
        runs,
        today,
    )
    later = with_history(shortlists, runs, today)
    table = filled(later, "en", {(0, "decision"): "chosen"})

    done = read(as_csv(tmp_path / "b.csv", table), runs, date(2026, 11, 25))

    assert done.new == 1
    assert table[1][0][table[0].index("Decided so far")] == "presented, 2026-11-22, by Ann"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({(1, "decision"): "maybe"}, r"row 3: .*one of presented.*'maybe'"),
        ({(1, "decision"): "rejected"}, "row 3: .*client's reason"),
        ({(1, "decision"): "chosen", (1, "decided_on"): "20/11/2026"}, "row 3: .*written as 2026"),
        ({(1, "decision"): "chosen", (1, "decided_on"): "2026-12-24"}, "row 3: .*lie ahead"),
        ({(1, "decision"): "chosen", (1, "candidate_id"): "C77"}, "row 3: No night knows .*'C77'"),
        ({(1, "own_place"): "first", (1, "decision_reason"): "x"}, "row 3: .*whole number"),
        ({(1, "decision"): "chosen", (1, "candidate_id"): "C1"}, "row 3: .*stand in row 2"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(runs, today, shortlists, tmp_path, cells, says):
    table = filled(shortlists, "en", {(0, "decision"): "presented"} | cells)
    path = as_csv(tmp_path / "b.csv", table)

    with pytest.raises(InputError, match=says):
        read(path, runs, today)

    assert read_decisions(runs) == ()


def test_another_table_is_refused(runs, today, tmp_path):
    path = as_csv(tmp_path / "b.csv", (["name", "decision"], [["x", "chosen"]]))

    with pytest.raises(InputError, match="headings as they were"):
        read(path, runs, today)


def test_a_damaged_workbook_is_refused(runs, today, tmp_path):
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 no more")

    with pytest.raises(InputError, match="must be a workbook"):
        read(tmp_path / "b.xlsx", runs, today)
