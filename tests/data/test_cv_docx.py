import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor

from data.cv.document import Unreadable
from data.cv.docx import read_docx

BOX = "<w:txbxContent><w:p><w:r><w:t>Boxed skill</w:t></w:r></w:p></w:txbxContent>"


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(raw: bytes, name: str, content: bytes) -> bytes:
    """Return the file with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", 8) as new:
        for item in old.namelist():
            new.writestr(item, content if item == name else old.read(item))
    return stream.getvalue()


def test_header_body_table_text_box_and_footer_are_all_read() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Els Vermeulen"
    document.sections[0].footer.paragraphs[0].text = "Page one"
    document.add_paragraph("Werkervaring")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "2019 - heden", "Interim CFO"
    box = document.add_paragraph("Anchor")
    box.runs[0]._r.append(
        parse_xml(
            "<mc:AlternateContent "
            "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
            f"{nsdecls('w')}><mc:Choice Requires='wps'>{BOX}</mc:Choice>"
            f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent>"
        )
    )

    lines = [line for line in read_docx(saved(document)).text.split("\n") if line]

    assert lines == [
        "Els Vermeulen",
        "Werkervaring",
        "2019 - heden",
        "Interim CFO",
        "Anchor",
        "Boxed skill",
        "Page one",
    ]


def test_agrees_with_python_docx_on_plain_paragraphs() -> None:
    document = docx.Document()
    for words in ("Profil", "Directrice financière\tde transition", "Réduction du besoin de 18 %"):
        document.add_paragraph(words)

    oracle = "\n".join(p.text for p in docx.Document(io.BytesIO(saved(document))).paragraphs)

    assert read_docx(saved(document)).text == oracle


@pytest.mark.parametrize("trick", ["vanish", "white", "tiny", "style"])
def test_text_that_nobody_sees_is_taken_out_and_told(trick: str) -> None:
    document = docx.Document()
    run = document.add_paragraph("Seen by all. ").add_run("Keyword stuffing")
    if trick == "vanish":
        run.font.hidden = True
    elif trick == "white":
        run.font.color.rgb = RGBColor(0xFE, 0xFF, 0xFF)
    elif trick == "tiny":
        run.font.size = Pt(1)
    else:
        base = document.styles.add_style("Ghost", 2)
        base.font.hidden = True
        run.style = document.styles.add_style("Heir", 2)
        run.style.base_style = base

    read = read_docx(saved(document))

    assert read.text == "Seen by all. "
    assert read.hidden
    assert read.note == f"hidden text removed: {len('Keyword stuffing')} characters"


def test_white_text_on_a_shaded_cell_is_seen() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f"<w:shd {nsdecls('w')} w:val='clear' w:fill='1F3864'/>")
    )
    cell.paragraphs[0].add_run("Trilingual").font.color.rgb = RGBColor(255, 255, 255)

    read = read_docx(saved(document))

    assert "Trilingual" in read.text
    assert not read.hidden


def test_deleted_text_of_a_tracked_change_is_not_read() -> None:
    document = docx.Document()
    document.add_paragraph("Kept")._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Gone</w:delText></w:r></w:del>")
    )

    assert read_docx(saved(document)).text == "Kept"


def test_bombs_entities_and_damage_are_refused_with_a_reason() -> None:
    whole = saved(docx.Document())
    entity = b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>"

    for raw, reason in (
        (repacked(whole, "word/document.xml", b" " * 15_000_000), "unpacks to 15000000 bytes"),
        (repacked(whole, "word/document.xml", entity), "forbidden XML entities"),
        (repacked(whole, "word/document.xml", b"<w:document"), "damaged"),
        (whole[: len(whole) // 2], "damaged"),
        (b"PK\x03\x04", "damaged"),
    ):
        with pytest.raises(Unreadable, match=reason):
            read_docx(raw)
