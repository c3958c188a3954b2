"""Spreadsheets open rightly in each country's Excel and never run what a CV says."""

import csv
import io
import zipfile
from datetime import datetime
from decimal import Decimal

import fastexcel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.catalogue import load_messages
from pipeline.export.csv import csv_bytes, neutral
from pipeline.export.table import Table, evidence_table, score_table, shortlist_table
from pipeline.export.xlsx import LONGEST_CELL, cut, xlsx_bytes


def _table(*cells):
    return Table(
        name="T", headings=("h",) * len(cells), widths=(9,) * len(cells), rows=(tuple(cells),)
    )


def _read(packed, delimiter):
    text = packed.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_an_english_csv_reads_back(shortlists):
    packed = csv_bytes(shortlist_table(shortlists, load_messages("en")), load_messages("en"))

    rows = _read(packed, ",")

    assert packed.startswith(b"\xef\xbb\xbf")
    assert packed.count(b"\r\n") == len(rows) + 1
    first = rows[0]
    assert (first["Name"], first["Score (0\u2013100)"], first["Available from"]) == (
        "Ann Peeters",
        "74.0",
        "2026-04-01",
    )
    assert first["Quote 1"] == (
        "“Consolidated 14 entities under IFRS in ten weeks” "
        "(experience, 03/2021\u201306/2023, with a result)"
    )
    assert rows[1]["Must-haves not found"] == "Treasury of a group."
    assert first["Day rate (EUR)"] == "1150"


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_a_belgian_csv_has_semicolons_and_decimal_commas(shortlists, language):
    messages = load_messages(language)

    rows = _read(csv_bytes(shortlist_table(shortlists, messages), messages), ";")

    assert rows[0][messages.t("column.score")] == "74,0"
    assert len(rows[0]) == 34


def test_a_phone_number_stays_legible(shortlists):
    rows = _read(
        csv_bytes(shortlist_table(shortlists, load_messages("nl")), load_messages("nl")), ";"
    )

    assert rows[0]["Telefoon"] == "tel. +32 470 12 34 56"
    assert rows[1]["Naam"] == '\'=HYPERLINK("http://example.org")'


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\tplain", " =1", "\u00a0=1"),
        *("\uff1d1", "\uff0b1", "\uff0d1", "\uff201", "\u200b=1", "\ufeff =1", "\u2009\u00a0-1"),
    ],
)
def test_formulas_are_neutralised(text):
    assert neutral(text).startswith("'")


@pytest.mark.parametrize("text", ["plain", "a = b", "“=1+1”", "tel. +32 470", "", " ", "3 - 2"])
def test_plain_texts_stay_as_they_are(text):
    assert neutral(text) == text


def test_a_separator_of_another_country_starts_no_formula():
    assert neutral("cost;=1+1") == "cost;'=1+1"
    assert neutral("cost, @SUM(A1)") == "cost,' @SUM(A1)"
    assert neutral("line\n=1") == "line\n'=1"


@given(st.text(alphabet="=+-@\t\r\n ;,\u00a0\u200b\uff1dx1\"'", max_size=12))
def test_no_cell_of_either_reading_begins_as_a_formula(text):
    for language, foreign in (("en", ";"), ("nl", ",")):
        packed = csv_bytes(_table(text), load_messages(language)).decode("utf-8-sig")
        record = packed.split("\r\n", 1)[1]
        for cell in record.replace('"', "").split(foreign):
            seen = cell.replace("\u200b", "").strip()
            assert not seen.startswith(("=", "+", "-", "@", "\uff1d"))


def test_figures_in_a_csv_have_no_thousands_marks():
    packed = csv_bytes(_table(1234567, 1234.5, Decimal("1234.50"), 2000.0), load_messages("nl"))

    assert packed.decode("utf-8-sig").splitlines()[1] == '"1234567";"1234,50";"1234,50";"2000"'


def test_a_workbook_reads_back_with_figures_as_figures(shortlists, as_of):
    messages = load_messages("en")
    sheets = [
        shortlist_table(shortlists[:1], messages),
        evidence_table(shortlists[:1], messages),
        score_table(shortlists[:1], messages),
    ]

    book = fastexcel.read_excel(xlsx_bytes(sheets, as_of, messages))

    assert book.sheet_names == ["Shortlist", "Evidence", "Score"]
    first = book.load_sheet("Shortlist").to_polars().row(0, named=True)
    assert first["Score (0\u2013100)"] == 74.0
    assert first["Day rate (EUR)"] == 1150.0
    assert first["Available from"] == datetime(2026, 4, 1)
    points = book.load_sheet("Score").to_polars()
    assert points.filter(Rank=1)["Points"].sum() == 74.0
    evidence = book.load_sheet("Evidence").to_polars()
    assert evidence["Quote"][0] == "Consolidated 14 entities under IFRS in ten weeks"


def test_a_workbook_holds_no_formula_and_no_link(shortlists, as_of):
    messages = load_messages("en")
    book = xlsx_bytes([shortlist_table(shortlists, messages)], as_of, messages)

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        names = archive.namelist()

    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not [name for name in names if "external" in name]
    assert 'state="frozen"' in sheet


def test_a_workbook_is_dated_by_the_night(shortlists, as_of):
    messages = load_messages("en")
    book = xlsx_bytes([shortlist_table(shortlists, messages)], as_of, messages)

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        core = archive.read("docProps/core.xml").decode()
        dates = {entry.date_time for entry in archive.infolist()}

    assert core.count("2026-03-02T00:00:00Z") == 2
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark():
    assert cut("x" * LONGEST_CELL, "[cut]") == "x" * LONGEST_CELL
    assert cut("x" * (LONGEST_CELL + 1), "[cut]") == "x" * (LONGEST_CELL - 5) + "[cut]"


def test_signs_of_two_units_are_not_halved():
    text = cut("x" + "𝄞" * 20_000, "[cut]")

    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert text.endswith("𝄞[cut]")
