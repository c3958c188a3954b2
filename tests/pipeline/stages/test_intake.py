from datetime import date

import polars as pl
import pytest

from data.cv.frames import read_cvs
from data.schema import InboxExperiences
from pipeline.stages.intake import read_candidates

CV = """Ann Peeters
Experience
January 2020 - March 2022  Finance manager, Acme
Led the month-end close of four entities and cut it from ten days to five.
Skills
SAP, IFRS, Excel
"""

OTHER = """Bart Maes
Experience
May 2015 - June 2019  Site manager, Bouw
Built three schools and a bridge.
"""


def people(*rows):
    schema = {"candidate_id": pl.String, "cv_file": pl.String, "cv_text": pl.String}
    none = pl.lit(None, dtype=pl.Date)
    return pl.DataFrame(rows, schema=schema, orient="row").with_columns(updated_at=none)


@pytest.fixture
def read(tmp_path):
    (tmp_path / "inbox").mkdir()
    none = InboxExperiences.create_empty()

    def read(candidates, recorded=none, done=lambda count: None):
        return read_candidates(
            candidates, recorded, tmp_path / "inbox", tmp_path / "cache", done=done
        )

    read.inbox = tmp_path / "inbox"
    return read


def test_a_text_becomes_a_document_with_passages_and_dated_roles(read):
    reading = read(people(("C1", None, CV)))
    assert reading.documents["candidate_id"].to_list() == ["C1"]
    assert reading.experiences["start"].to_list() == [date(2020, 1, 1)]
    texts = reading.documents["text"][0]
    assert all(
        texts[row["start_char"] : row["end_char"]] == row["text"]
        for row in reading.passages.iter_rows(named=True)
    )


def test_a_file_gives_the_same_as_its_text(read):
    (read.inbox / "ann.txt").write_text(CV, encoding="utf-8")
    one, other = (read(people(row)).passages for row in (("C1", "ann.txt", None), ("C1", None, CV)))
    assert one.equals(other)


def test_an_unreadable_file_goes_to_quarantine_with_its_reason_and_the_rest_is_read(read):
    (read.inbox / "bad.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    reading = read(people(("C1", "bad.pdf", None), ("C2", None, CV)))
    assert reading.documents["candidate_id"].to_list() == ["C2"]
    row = reading.unreadable.row(0, named=True)
    assert (row["table"], row["id"], row["column"], row["value"]) == (
        "candidates", "C1", "cv_file", "bad.pdf",
    )  # fmt: skip
    assert row["reason"].startswith("The CV cannot be read: ")


def test_a_missing_file_goes_to_quarantine(read):
    reading = read(people(("C1", "gone.pdf", None), ("C2", None, CV)))
    assert reading.unreadable["id"].to_list() == ["C1"]


def test_what_was_read_is_not_read_again(read):
    counted = []
    first = read(people(("C1", None, CV)), done=counted.append)
    second = read(people(("C1", None, CV), ("C2", None, OTHER)), done=counted.append)
    assert counted == [0, 1, 1, 1]
    assert second.documents.head(1).equals(first.documents)


def test_a_changed_cv_is_read_anew(read):
    read(people(("C1", None, CV)))
    changed = read(people(("C1", None, CV.replace("SAP", "Odoo"))))
    assert "Odoo" in changed.documents["text"][0]


def test_of_two_that_sent_the_same_cv_the_one_updated_last_stays(read):
    twice = people(("C1", None, CV), ("C2", None, CV)).with_columns(
        updated_at=pl.Series([date(2026, 1, 1), date(2026, 2, 1)])
    )
    reading = read(twice)
    assert reading.documents["candidate_id"].to_list() == ["C2"]
    assert reading.passages["candidate_id"].unique().to_list() == ["C2"]
    assert reading.merged.rows() == [("C1", "C2")]


def test_recorded_roles_win_over_those_of_the_cv(read):
    role = pl.DataFrame({"candidate_id": "C1", "title": "CFO", "start": date(2020, 1, 1)})
    recorded = pl.concat([InboxExperiences.create_empty(), role], how="diagonal")
    assert read(people(("C1", None, CV)), recorded).experiences["title"].to_list() == ["CFO"]


def test_a_cv_that_breaks_the_reader_is_turned_away_alone(read, monkeypatch):
    import pipeline.stages.intake

    def fragile(documents, recorded=None):
        if documents["text"].str.contains("Bart").any():
            raise MemoryError("too much of Bart")
        return read_cvs(documents, recorded)

    monkeypatch.setattr(pipeline.stages.intake, "read_cvs", fragile)
    cvs = people(("C1", None, CV), ("C2", None, OTHER), ("C3", None, CV.replace("four", "five")))
    reading = read(cvs)
    assert reading.documents["candidate_id"].to_list() == ["C1", "C3"]
    assert reading.unreadable["id"].to_list() == ["C2"]
    assert "too much of Bart" in reading.unreadable["reason"][0]
    monkeypatch.undo()
    assert read(cvs).documents.height == 3
