"""PDF files drawn operator by operator, so that each trick is known exactly."""

import contextlib

import pytest

from data.cv.document import Unreadable
from data.cv.pdf import read_pdf


def pdf(*pages: str, form: str = "", encrypted: bool = False) -> bytes:
    """Return a PDF of A4 pages with these content streams; its only font is Helvetica.

    `form` is the content of the form /X1, moved up by 100 and cut to 300 by 200 points.
    """
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    fonts = "/Resources << /Font << /F1 3 0 R >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 300 200] /Matrix [1 0 0 1 0 100] {fonts} >> "
        f"/Length {len(form)} >>\nstream\n{form}\nendstream",
    ]
    for i, stream in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"{fonts} /XObject << /X1 4 0 R >> >> /Contents {6 + 2 * i} 0 R >>"
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


@pytest.mark.parametrize(
    "clip",
    [
        "300 100 200 50 re W n",
        "300 100 200 50 re W* n",
        "0 0 0 0 re W n",
        "60 600 0 200 re W n",
        "0.1 0 0 0.1 0 0 cm 0 0 595 842 re W n 10 0 0 10 0 0 cm",
        "0 0 595 842 re W n 0 0 595 300 re W n",
        "0 0 50 842 re 400 0 50 842 re W n",
        "50 600 m 300 600 l 300 690 l h W n",
        "50 650 m 100 690 250 690 300 650 c h W n",
        "0 703.5 595 0.5 re W n",
    ],
    ids=[
        "elsewhere",
        "even-odd",
        "empty",
        "of no width",
        "scaled",
        "two paths",
        "either side",
        "triangle",
        "curve",
        "sliver",
    ],
)
def test_text_outside_of_its_clipping_path_is_taken_out_and_told(clip: str) -> None:
    document = read_pdf(pdf(VISIBLE + show(60, 700, "keyword stuffing", before=clip)))

    assert document.text == "Interim finance director for family firms"
    assert document.note == f"hidden text removed: {len('keywordstuffing')} characters"


@pytest.mark.parametrize(
    "clip",
    [
        "0 0 595 842 re W n",
        "0 0 595 842 re W* n",
        "60 698 76 10 re W n",
        "2 0 0 2 0 0 cm 0 0 300 400 re W n 0.5 0 0 0.5 0 0 cm",
        "0 0 595 842 re W n 40 600 400 200 re W n",
        "0 690 50 50 re 55 690 200 50 re W n",
        "0 690 m 400 690 l 400 790 l 0 720 l h W n",
        "40 720 m 40 780 260 780 260 720 c 260 660 40 660 40 720 c h W n",
    ],
    ids=["page", "even-odd", "snug", "scaled", "two paths", "two boxes", "slanted", "round"],
)
def test_text_inside_of_its_clipping_path_is_seen(clip: str) -> None:
    document = read_pdf(pdf(VISIBLE + show(60, 700, "Trilingual mobile", before=clip)))

    assert document.text == "Interim finance director for family firms\nTrilingual mobile"
    assert not document.hidden


def test_a_form_cuts_to_its_own_box_and_clips_and_to_those_around_it() -> None:
    inside = (
        show(60, 50, "Trilingual mobile")
        + show(60, 250, "keyword stuffing")
        + show(60, 100, "keyword stuffing", before="0 0 20 20 re W n")
    )
    page = VISIBLE + "q 2 0 0 2 0 400 cm /X1 Do Q\n"

    seen = read_pdf(pdf(page, form=inside))
    hidden = read_pdf(pdf(VISIBLE + "q 0 0 595 600 re W n 2 0 0 2 0 400 cm /X1 Do Q", form=inside))

    assert seen.text.endswith("\nTrilingual mobile")
    assert seen.note == f"hidden text removed: {2 * len('keywordstuffing')} characters"
    assert hidden.text == "Interim finance director for family firms"


def test_a_line_that_a_page_break_parts_is_read_once_and_accuses_nobody() -> None:
    line = "Led a payroll migration with a team of five"
    window = "20 30 555 780 re W n"
    pages = [
        VISIBLE + show(60, 26, line, before=window),  # more than half below the window's edge
        show(60, 806, line, before=window) + show(560, 700, "Wide", before=window),
    ]

    document = read_pdf(pdf(*pages))

    assert document.text.count(line) == 1
    assert document.text.split()[-1] == "Wid"
    assert not document.hidden


def test_white_text_on_a_dark_bar_is_seen() -> None:
    bar = "q 0.1 0.2 0.5 rg 0 0 200 842 re f Q\n"

    document = read_pdf(
        pdf(bar + show(20, 700, "Trilingual and mobile", before="1 1 1 rg") + VISIBLE)
    )

    assert "Trilingual and mobile" in document.text
    assert not document.hidden


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
