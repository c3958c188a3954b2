"""Cells as people write them."""

from datetime import date

import polars as pl
import pytest

from data.cells import Notation, clean, read_cells
from data.schema import Briefs, Candidates, InboxExperiences
from data.tables import ROW

PLAIN = Notation()
BELGIAN = Notation(day_first=True, decimal_comma=True)


def read(column, value, *, schema=Candidates, notation=PLAIN):
    raw = pl.DataFrame({ROW: [1], column: [value]})
    return read_cells(raw, schema, "table", notation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-04-03", date(2026, 4, 3)),
        ("2026-04-03T10:00:00", date(2026, 4, 3)),
        ("2026-04", date(2026, 4, 1)),
        (" ", None),
    ],
)
def test_iso_dates(text, expected):
    cells = read("available_from", text)
    assert cells.frame.item(0, "available_from") == expected
    assert cells.problems.is_empty()


@pytest.mark.parametrize("text", ["03/04/2026", "3.4.2026", "03-04-2026"])
def test_day_first_only_where_declared(text):
    assert read("available_from", text, notation=BELGIAN).frame.item(0, "available_from") == date(
        2026, 4, 3
    )
    problems = read("available_from", text).problems
    assert "day_first = true" in problems.item(0, "reason")
    assert problems.item(0, "value") == text


@pytest.mark.parametrize("text", ["2026-02-30", "soon", "31/02/2026"])
def test_no_date_is_a_problem(text):
    assert read("available_from", text, notation=BELGIAN).problems.height == 1


def test_an_experience_ends_with_its_month_or_goes_on():
    raw = pl.DataFrame({ROW: [1, 2, 3], "end": ["2024-02", "heden", "à ce jour"]})
    cells = read_cells(raw, InboxExperiences, "experiences", PLAIN)
    assert cells.frame.get_column("end").to_list() == [date(2024, 2, 29), None, None]
    assert cells.problems.is_empty()


@pytest.mark.parametrize(
    ("text", "notation", "expected"),
    [
        ("850.5", PLAIN, 850.5),
        ("€ 1 250", PLAIN, 1250.0),
        ("1.250,50", BELGIAN, 1250.5),
        ("1.250", BELGIAN, 1250.0),
        ("850,5 EUR", BELGIAN, 850.5),
        ("850.5", BELGIAN, 850.5),
    ],
)
def test_numbers(text, notation, expected):
    assert read("day_rate_eur", text, notation=notation).frame.item(0, "day_rate_eur") == expected


@pytest.mark.parametrize("text", ["1.250,50", "1,250", "much", "nan", "inf"])
def test_no_number_is_a_problem_that_names_the_setting(text):
    problems = read("day_rate_eur", text).problems
    assert "decimal_comma = true" in problems.item(0, "reason")


def test_a_version_is_a_whole_number():
    assert read("version", "1.5", schema=Briefs).problems.height == 1
    assert read("version", 2.0, schema=Briefs).frame.item(0, "version") == 2


def test_lists_are_split_at_semicolons_and_emptied_of_nothing():
    sectors = read("sectors", " Bank ;; Retail\u200b;").frame.item(0, "sectors")
    assert sectors.to_list() == ["Bank", "Retail"]
    assert read("sectors", " ; ").frame.item(0, "sectors") is None


def test_text_is_composed_trimmed_and_without_invisible_characters():
    dirty = pl.Series(["\ufeff Lie\u0300ge\u200b ", "\u00a0", "soft\u00adhyphen", None])
    assert clean(dirty).to_list() == ["Liège", None, "softhyphen", None]


def test_an_id_read_as_a_number_stays_an_id():
    assert read("candidate_id", 17).frame.item(0, "candidate_id") == "17"
    assert read("candidate_id", 17.0).frame.item(0, "candidate_id") == "17"


def test_words_of_four_languages_become_one_code():
    modes = read("work_modes", "hybride; Télétravail; op kantoor; vor Ort")
    assert modes.frame.item(0, "work_modes").to_list() == ["hybrid", "remote", "onsite"]
    assert read("country", "België").frame.item(0, "country") == "BE"
    assert read("reason", "Vervanging", schema=Briefs).frame.item(0, "reason") == "replacement"


def test_a_word_that_nobody_knows_is_left_unknown_with_one_warning():
    raw = pl.DataFrame({ROW: [1, 2, 3], "country": ["Narnia", "Narnia", "BE"]})
    cells = read_cells(raw, Candidates, "candidates", PLAIN)
    assert cells.frame.get_column("country").to_list() == [None, None, "BE"]
    assert len(cells.warnings) == 1
    assert '2 cells ("Narnia")' in cells.warnings[0]


def test_a_language_asked_for_must_be_known_one_that_is_offered_not():
    asked = read("languages", "elvish:C1:required", schema=Briefs)
    assert asked.problems.height == 1
    offered = read("languages", "elvish:C1;nl:C1")
    assert offered.problems.is_empty()
    assert offered.frame.item(0, "languages").to_list() == [{"code": "nl", "level": "C1"}]
    assert len(offered.warnings) == 1


def test_a_brief_says_which_language_is_required():
    languages = read("languages", "nl:C1:required;en:B2", schema=Briefs).frame.item(0, "languages")
    assert languages.to_list() == [
        {"code": "nl", "level": "C1", "required": True},
        {"code": "en", "level": "B2", "required": False},
    ]
