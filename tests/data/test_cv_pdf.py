"""PDF files drawn operator by operator, so that each trick and each layout is known exactly."""

import contextlib

import pytest

from data.cv.document import Unreadable
from data.cv.pdf import read_pdf


def pdf(*pages: str, encrypted: bool = False) -> bytes:
    """Return a PDF of A4 pages with these content streams; its only font is Helvetica."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, stream in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    secret = "00" * 32
    guard = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >> "
        f"/ID [<{secret}> <{secret}>]"
    )
    body += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {guard if encrypted else ''} >>\n"
        f"startxref\n{len(body)}\n%%EOF"
    )
    return body.encode("cp1252")


def show(x: float, y: float, text: str, *, size: float = 10, before: str = "0 0 0 rg") -> str:
    return f"q {before} BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET Q\n"


def column(x: float, top: float, lines: list[str], *, pitch: float = 14) -> str:
    return "".join(show(x, top - pitch * i, line) for i, line in enumerate(lines))


VISIBLE = show(60, 780, "Interim finance director for family firms")


@pytest.mark.parametrize(
    "trick",
    [
        show(60, 700, "keyword stuffing", before="1 1 1 rg"),
        show(60, 700, "keyword stuffing", before="0.98 0.99 1 rg"),
        show(60, 700, "keyword stuffing", size=1),
        show(60, 700, "keyword stuffing", before="3 Tr"),
        show(60, 700, "keyword stuffing", before="7 Tr"),
        show(60, 700, "keyword stuffing", before="1 1 1 RG 1 Tr"),
        show(60, 700, "keyword stuffing", before="0 0 0 0 k"),
        show(60, 700, "keyword stuffing", before="1 g"),
        "q 0.02 0 0 0.02 60 700 cm BT /F1 10 Tf 0 0 Td (keyword stuffing) Tj ET Q\n",
        show(60, 700, "keyword stuffing") + "q 1 1 1 rg 50 690 300 30 re f Q\n",
        show(60, -50, "keyword stuffing"),
        show(700, 700, "keyword stuffing"),
        "q 0.1 0.2 0.5 rg 50 690 300 30 re f Q\n"
        + show(60, 700, "keyword stuffing", before="0.1 0.2 0.5 rg"),
    ],
    ids=[
        "white",
        "almost white",
        "tiny",
        "render mode",
        "clipping mode",
        "white outline",
        "white in CMYK",
        "white in grey",
        "shrunk",
        "covered",
        "below",
        "beside",
        "on its own colour",
    ],
)
def test_text_that_nobody_sees_is_taken_out_and_told(trick: str) -> None:
    document = read_pdf(pdf(VISIBLE + trick))

    assert document.text == "Interim finance director for family firms"
    assert document.hidden
    assert document.note == f"hidden text removed: {len('keywordstuffing')} characters"


def test_white_text_on_a_dark_bar_is_seen() -> None:
    bar = "q 0.1 0.2 0.5 rg 0 0 200 842 re f Q\n"

    document = read_pdf(
        pdf(bar + show(20, 700, "Trilingual and mobile", before="1 1 1 rg") + VISIBLE)
    )

    assert "Trilingual and mobile" in document.text
    assert not document.hidden


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

    lines = read_pdf(pdf(page)).text.split("\n")

    first, second = (SIDE, MAIN) if side_on_the_left else (MAIN, SIDE)
    assert [line for line in lines[1:] if line] == [*first, *second]


def test_columns_written_row_by_row_in_the_file_are_still_told_apart() -> None:
    rows = [
        column(40, 740 - 14 * i, [left]) + column(220, 740 - 14 * i, [right])
        for i, (left, right) in enumerate(zip(SIDE, MAIN, strict=False))
    ]

    lines = read_pdf(pdf("".join(rows))).text.split("\n")

    assert lines == [*SIDE[: len(MAIN)], *MAIN]


def test_a_side_bar_that_goes_on_over_the_page_break_stays_together() -> None:
    page = column(40, 740, SIDE, pitch=17) + column(220, 742, MAIN)
    second = column(40, 740, ["A1", "B2", "C3", "D4"], pitch=17) + column(
        220, 742, ["vervolg een", "vervolg twee", "vervolg drie", "vervolg vier"]
    )

    lines = [line for line in read_pdf(pdf(page, second)).text.split("\n") if line]

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

    lines = [line for line in read_pdf(pdf(page)).text.split("\n") if line]

    assert lines == [*SIDE, *MAIN, *full]


def test_dates_in_a_column_of_their_own_stay_with_their_roles() -> None:
    page = ""
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

    lines = [line for line in read_pdf(pdf(page)).text.split("\n") if line]

    assert lines[:4] == [
        "2019 - 2023  Interim CFO",
        "First task of the role",
        "Second task",
        "2015 - 2019  Controller",
    ]


def test_words_set_apart_without_a_blank_become_words() -> None:
    page = show(60, 780, "Fund") + show(60 + 22.8 + 2.8, 780, "of funds and their managers")

    assert read_pdf(pdf(page)).text == "Fund of funds and their managers"


def test_what_cannot_be_read_says_why() -> None:
    scan = "q 595 0 0 842 0 0 cm Q\n"

    for raw, reason in (
        (pdf(scan), "scanned: no text"),
        (pdf(VISIBLE, encrypted=True), "encrypted"),
        (b"%PDF-1.4\nnothing of a file", "damaged"),
        (pdf(*[VISIBLE] * 101), "too long: 101 pages"),
    ):
        with pytest.raises(Unreadable, match=reason):
            read_pdf(raw)


def test_a_truncated_file_is_refused_or_read_but_never_breaks() -> None:
    whole = pdf(VISIBLE)

    for length in range(10, len(whole), 40):
        with contextlib.suppress(Unreadable):
            assert read_pdf(whole[:length]).text
