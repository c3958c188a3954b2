"""Which rows are turned away, and what is said of them."""

import polars as pl
import pytest

from data.cells import no_problems
from data.checks import check_rows, quarantine_rows
from data.schema import Candidates, Contacts, Placements
from data.tables import ROW


def frame_of(schema, *rows):
    numbered = [{ROW: number} | row for number, row in enumerate(rows, start=1)]
    types = {ROW: pl.Int64} | dict(pl.Schema(schema))
    return pl.DataFrame([{name: row.get(name) for name in types} for row in numbered], schema=types)


def turned_away(schema, *rows):
    frame = frame_of(schema, *rows)
    checked = check_rows(frame, schema, no_problems())
    quarantine = quarantine_rows("table", frame, checked.problems, list(schema.primary_key()))
    assert checked.good.height + quarantine.height == frame.height
    return quarantine


def candidate(number="C1", **cells):
    return {"candidate_id": number, "cv_text": "CV"} | cells


@pytest.mark.parametrize(
    ("cells", "column", "says"),
    [
        ({"candidate_id": None}, "candidate_id", "must be filled in"),
        ({"candidate_id": "C\x001"}, "candidate_id", "control characters"),
        ({"candidate_id": "a/b"}, "candidate_id", "must not be a path"),
        ({"candidate_id": ".."}, "candidate_id", "must not be a path"),
        ({"candidate_id": "C" * 101}, "candidate_id", "100 characters"),
        ({"cv_file": "../secret.pdf"}, "cv_file", "inside the inbox"),
        ({"cv_file": "cvs/../../secret.pdf"}, "cv_file", "inside the inbox"),
        ({"cv_file": "/etc/passwd"}, "cv_file", "inside the inbox"),
        ({"cv_file": "C:\\cv.pdf"}, "cv_file", "inside the inbox"),
        ({"cv_text": None}, "cv_file", "must have a cv_file or a cv_text"),
        ({"day_rate_eur": 0.0}, "day_rate_eur", "must be at least 50"),
        ({"day_rate_eur": -800.0}, "day_rate_eur", "must be at least 50"),
        ({"day_rate_eur": 95_000.0}, "day_rate_eur", "must be at most 10,000"),
        ({"max_distance_km": -1.0}, "max_distance_km", "must be at least 0"),
    ],
)
def test_a_row_that_breaks_a_rule_is_turned_away_with_a_sentence(cells, column, says):
    quarantine = turned_away(Candidates, candidate() | cells)
    assert quarantine.item(0, "column") == column
    assert says in quarantine.item(0, "reason")
    assert quarantine.item(0, "reason").endswith(".")


def test_an_end_before_the_start_is_turned_away():
    mission = {"placement_id": "P1", "brief_id": "B1", "candidate_id": "C1"}
    dates = {"start_date": pl.date(2026, 3, 1), "actual_end": pl.date(2026, 2, 1)}
    dates = {name: pl.select(value).item() for name, value in dates.items()}
    quarantine = turned_away(Placements, mission | dates)
    assert "must not lie before start_date" in quarantine.item(0, "reason")
    assert quarantine.item(0, "value") == "2026-02-01"


def test_every_reason_of_a_row_stands_in_one_line():
    quarantine = turned_away(Candidates, candidate("a/b", day_rate_eur=1.0))
    assert quarantine.height == 1
    assert quarantine.item(0, "column") == "candidate_id"
    assert "day_rate_eur" in quarantine.item(0, "reason")


def test_of_two_rows_with_one_key_the_first_is_kept():
    frame = frame_of(Contacts, {"candidate_id": "C1", "name": "A"}, {"candidate_id": "C1"})
    checked = check_rows(frame, Contacts, no_problems())
    assert checked.good.get_column(ROW).to_list() == [1]
    assert "row 1 holds the same and was kept" in checked.problems.item(0, "reason")


def test_of_two_rows_with_one_key_the_latest_is_kept_where_the_table_tells():
    days = [pl.select(pl.date(2026, month, 1)).item() for month in (1, 5)]
    frame = frame_of(Candidates, *(candidate(updated_at=day) for day in (days[0], None, days[1])))
    checked = check_rows(frame, Candidates, no_problems())
    assert checked.good.get_column(ROW).to_list() == [3]


def test_a_bad_row_takes_no_good_one_of_the_same_key_with_it():
    frame = frame_of(Candidates, candidate(day_rate_eur=-1.0), candidate(day_rate_eur=800.0))
    checked = check_rows(frame, Candidates, no_problems())
    assert checked.good.get_column(ROW).to_list() == [2]


def test_the_quarantine_shows_no_personal_text():
    contact = {"candidate_id": None, "name": "", "email": "someone@example.org"}
    quarantine = turned_away(Contacts, contact, {"candidate_id": "C1", "email": ""})
    assert quarantine.get_column("value").to_list() == [None, None]
    assert "example.org" not in str(quarantine.rows())
