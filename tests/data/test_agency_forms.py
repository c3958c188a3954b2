"""Files of the simulated agency must say the same as the CV that they were made from."""

import io
from itertools import pairwise

import docx
import pypdfium2
import pytest

from data.agency.docx import write_docx
from data.agency.material import book, fours, occupations
from data.agency.pdf import Line, width, wrap, write_pdf
from data.agency.style import Block
from data.schema.words import LANGUAGES

SENTENCE = "Geführt: Müller & Söhne (Straße), coûts réduits à Liège, café \N{EN DASH} 5 €"


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_pdf_keeps_accents_dash_and_euro() -> None:
    lines = [Line(page=0, x=50, y=700, text=SENTENCE, size=10)]
    assert SENTENCE in pdf_text(write_pdf(lines))


def test_pdf_keeps_brackets_and_backslashes() -> None:
    text = r"a (b) \ c)"
    lines = [Line(page=1, x=50, y=700, text=text, size=10, bold=True)]
    assert text in pdf_text(write_pdf(lines))


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = "Reconciliations of balance sheets with the auditors and the board " * 5
    lines = wrap(text, 200, 10)
    assert " ".join(lines) == text.strip()
    assert all(width(line, 10) <= 200 for line in lines)
    assert all(width(f"{a} {b.split()[0]}", 10) > 200 for a, b in pairwise(lines))


@pytest.mark.parametrize("layout", ["plain", "table", "header"])
def test_docx_opens_in_word_and_keeps_every_block(layout: str) -> None:
    blocks = [
        Block(kind="name", text="Jürgen Weiß"),
        Block(kind="contact", text="jurgen.weiss@example.org"),
        Block(kind="heading", text="Expérience & formation"),
        Block(kind="role", text="Contrôleur", aside="2019"),
        Block(kind="place", text="Vandora <Metals>"),
        Block(kind="bullet", text="Clôture"),
        Block(kind="heading", text="Talen"),
    ]
    document = docx.Document(io.BytesIO(write_docx(blocks, layout=layout)))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    holders = [document, document.sections[0].header, *cells]
    text = "\n".join(p.text for holder in holders for p in holder.paragraphs)
    assert all(block.text in text and block.aside in text for block in blocks)


def test_twelve_functions_have_topics_titles_and_aims() -> None:
    assert len(occupations()) == 12
    for occupation in occupations().values():
        assert len(occupation.titles) == 4
        assert sum(len(topic.tasks) for topic in occupation.topics) >= 15
        assert set(occupation.near) <= set(occupations())
        assert set(occupation.sectors) <= set(book("clients")["sectors"])


def test_tasks_and_their_results_use_the_same_slots_in_every_language() -> None:
    for occupation in occupations().values():
        for topic in occupation.topics:
            for text in (*topic.tasks, *topic.results):
                slots = [
                    sorted(part.split("}")[0] for part in form.split("{")[1:]) for form in text
                ]
                assert slots == [slots[0]] * len(LANGUAGES), text


def test_a_text_that_lacks_a_language_is_refused() -> None:
    with pytest.raises(ValueError, match="must be given in"):
        fours([["only", "two"]])
