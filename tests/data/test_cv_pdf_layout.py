"""Pages laid out as people lay out CVs: columns, side bars, dates apart, words set by hand."""

import pytest

from data.agency.pdf import Line, write_pdf
from data.cv.pdf import read_pdf


def show(x: float, y: float, text: str, *, page: int = 0) -> list[Line]:
    return [Line(page=page, x=x, y=y, text=text, size=10)]


def column(
    x: float, top: float, lines: list[str], *, pitch: float = 14, page: int = 0
) -> list[Line]:
    return [
        line for i, text in enumerate(lines) for line in show(x, top - pitch * i, text, page=page)
    ]


SIDE = ["CONTACT", "Gent", "TALEN", "Nederlands", "Frans", "SKILLS", "SAP", "Excel", "Lean"]
MAIN = [
    "ERVARING",
    "2019 - heden Interim CFO, Acme NV",
    "Leidde de herstructurering van de groep met vier banken.",
    "2015 - 2019 Controller, Beta NV",
    "Bouwde de rapportering op voor zes landen en twee talen.",
    "OPLEIDING",
    "Handelsingenieur, Leuven",
]


@pytest.mark.parametrize("side_on_the_left", [True, False])
def test_two_columns_are_read_one_after_the_other(side_on_the_left: bool) -> None:
    side, main = (40, 220) if side_on_the_left else (400, 40)
    head = show(
        40,
        800,
        "Interim CFO met ervaring in productie, distributie en dienstverlening, beschikbaar",
    )
    page = head + column(side, 740, SIDE, pitch=17) + column(main, 742, MAIN)

    lines = read_pdf(write_pdf(page)).text.split("\n")

    first, second = (SIDE, MAIN) if side_on_the_left else (MAIN, SIDE)
    assert [line for line in lines[1:] if line] == [*first, *second]


def test_columns_written_row_by_row_in_the_file_are_still_told_apart() -> None:
    page = []
    for i, (left, right) in enumerate(zip(SIDE, MAIN, strict=False)):
        page += column(40, 740 - 14 * i, [left]) + column(220, 740 - 14 * i, [right])

    lines = read_pdf(write_pdf(page)).text.split("\n")

    assert lines == [*SIDE[: len(MAIN)], *MAIN]


def test_a_side_bar_that_goes_on_over_the_page_break_stays_together() -> None:
    page = column(40, 740, SIDE, pitch=17) + column(220, 742, MAIN)
    second = column(40, 740, ["A1", "B2", "C3", "D4"], pitch=17, page=1) + column(
        220, 742, ["vervolg een", "vervolg twee", "vervolg drie", "vervolg vier"], page=1
    )

    lines = [line for line in read_pdf(write_pdf(page + second)).text.split("\n") if line]

    assert lines[: len(SIDE) + 4] == [*SIDE, "A1", "B2", "C3", "D4"]
    assert lines[len(SIDE) + 4 :] == [
        *MAIN,
        "vervolg een",
        "vervolg twee",
        "vervolg drie",
        "vervolg vier",
    ]


def test_columns_on_half_a_page_and_full_lines_on_the_other() -> None:
    full = [f"Line {i} of a text that runs over the whole width of the page" for i in range(12)]
    page = column(40, 780, SIDE) + column(220, 780, MAIN) + column(40, 600, full)

    lines = [line for line in read_pdf(write_pdf(page)).text.split("\n") if line]

    assert lines == [*SIDE, *MAIN, *full]


def test_dates_in_a_column_of_their_own_stay_with_their_roles() -> None:
    page = []
    for i, (dates, role) in enumerate(
        [
            ("2019 - 2023", "Interim CFO"),
            ("2015 - 2019", "Controller"),
            ("2010 - 2015", "Auditor"),
            ("2007 - 2010", "Junior auditor"),
            ("2005 - 2007", "Clerk"),
        ]
    ):
        y = 740 - 60 * i
        page += show(40, y, dates) + column(160, y, [role, "First task of the role", "Second task"])

    lines = [line for line in read_pdf(write_pdf(page)).text.split("\n") if line]

    assert lines[:4] == [
        "2019 - 2023  Interim CFO",
        "First task of the role",
        "Second task",
        "2015 - 2019  Controller",
    ]


def test_words_set_apart_without_a_blank_become_words() -> None:
    page = show(60, 780, "Fund") + show(60 + 22.8 + 2.8, 780, "of funds and their managers")

    assert read_pdf(write_pdf(page)).text == "Fund of funds and their managers"
