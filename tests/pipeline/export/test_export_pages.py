"""Pages, plain text and the folder: safe, complete, and the same bytes every time."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import polars as pl
import pytest

from pipeline.export.catalogue import LANGUAGES, load_messages
from pipeline.export.files import write_report, write_shortlists
from pipeline.export.html import brief_page, index_page, report_page
from pipeline.export.names import file_name
from pipeline.export.phrases import marked
from pipeline.export.report import Alarm, NightReport, SetAside, summarise_quarantine
from pipeline.export.text import render_text

VOID = {"meta", "rect", "br"}


class _Outline(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.ids, self.refs, self.headings = [], [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.refs += [values["aria-labelledby"]] if "aria-labelledby" in values else []
        self.refs += [values["href"][1:]] if values.get("href", "").startswith("#") else []
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_well_formed_and_accessible(shortlists, as_of, language):
    report = NightReport(as_of=as_of, night="n")
    pages = [brief_page(shortlist, as_of, language) for shortlist in shortlists]
    pages += [index_page(shortlists, as_of, language), report_page(report, shortlists, language)]

    for page in pages:
        outline = _Outline(page)
        assert outline.open == []
        assert f'<html lang="{language}">' in page
        assert outline.headings[0] == 1
        assert outline.headings.count(1) == 1
        steps = zip(outline.headings, outline.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps)
        assert len(outline.ids) == len(set(outline.ids))
        assert set(outline.refs) <= set(outline.ids)


def test_hostile_texts_are_escaped_and_no_page_can_run_anything(shortlists, as_of):
    page = brief_page(shortlists[0], as_of, "en")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not {"script", "iframe", "img", "link", "form"} & set(_Outline(page).tags)
    assert "style=" not in page
    assert not re.search(r'(src|href)="(https?:|//|javascript:)', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page


def test_a_page_tells_who_why_what_is_doubtful_and_what_to_ask(shortlists, as_of):
    page = brief_page(shortlists[0], as_of, "en")

    for said in (
        "Ann Peeters",
        "“Consolidated 14 entities under IFRS in ten weeks”",
        "experience, 03/2021\u201306/2023, with a result",
        "The file holds text that a reader does not see",
        "Which assignment shows this best: Treasury of a group?",
        "ranks 2\u20133 are level",
        "Also on other shortlists: 1",
        "no level of Dutch given",
    ):
        assert said in page


def test_a_page_says_that_nobody_fits_and_who_comes_nearest(shortlists, as_of):
    eligible, low = (brief_page(shortlists[n], as_of, "en") for n in (1, 2))

    assert "Nobody fits this brief yet" in eligible
    assert "no notarial licence" in eligible
    assert "The best score is too low" in low
    assert "not found: Submarine logistics" in low


def test_the_index_shows_age_and_fit_newest_first(shortlists, as_of):
    page = index_page(shortlists, as_of, "en")

    places = [page.index(f"shortlists/{brief}.html") for brief in ("B1", "B3", "B2")]
    assert places == sorted(places)
    assert "18 h · within 48 h" in page
    assert "10 days · past 48 h" in page
    assert page.count("nobody fits") == 2


def test_right_to_left_names_are_isolated(shortlists, as_of):
    assert "<bdi>יעל כהן</bdi>" in brief_page(shortlists[0], as_of, "nl")


def test_the_report_shows_what_somebody_should_look_at(shortlists, as_of):
    report = NightReport(
        as_of=as_of,
        night="2026-03-02T02-00-00Z_ab12cd",
        counts=(("candidates", 5),),
        seconds=(("intake", 1.25),),
        warnings=("No table of experiences.",),
        alarms=(Alarm(level="alarm", text="Volume halved."),),
        quarantine=(
            SetAside(table="briefs", column=None, reason="No <title>.", rows=2, example="B9"),
        ),
    )

    page = report_page(report, shortlists, "de")

    for said in ("Volume halved.", "No table of experiences.", "No &lt;title&gt;.", "1,3"):
        assert said in page
    assert "Anfragen, zu denen niemand passt" in page


def test_rows_set_aside_are_counted_by_reason():
    rows = pl.DataFrame(
        [
            ("briefs", "B2", "title", "r"),
            ("briefs", "B1", "title", "r"),
            ("contacts", None, None, "s"),
        ],
        schema={"table": pl.String, "id": pl.String, "column": pl.String, "reason": pl.String},
        orient="row",
    )

    assert summarise_quarantine(rows) == (
        SetAside(table="briefs", column="title", reason="r", rows=2, example="B1"),
        SetAside(table="contacts", column=None, reason="s", rows=1, example=None),
    )


def test_plain_text_tells_the_pair_in_full_and_moves_no_terminal(shortlists):
    text = render_text(shortlists[0].explanations[1], load_messages("en"))

    assert "62.0 of 100, strong · partial match" in text
    assert re.search(r"adaptability +0\.90 . 0\.30 +27\.0\n", text)
    assert "languages: not known (no level of Dutch given)" in text
    assert all(sign == "\n" or sign.isprintable() for sign in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folder_is_byte_identical(shortlists, as_of, language, tmp_path):
    for name in ("one", "two"):
        write_shortlists(tmp_path / name, shortlists, as_of, language)
        write_report(tmp_path / name, NightReport(as_of=as_of, night="n"), shortlists, language)

    files = {
        name: {
            str(file.relative_to(tmp_path / name)): file.read_bytes()
            for file in (tmp_path / name).rglob("*.*")
        }
        for name in ("one", "two")
    }

    assert files["one"] == files["two"]
    assert set(files["one"]) == {
        "index.html",
        "report.html",
        "shortlists.csv",
        *(f"shortlists/B{n}.{kind}" for n in (1, 2, 3) for kind in ("csv", "xlsx", "html")),
    }


@pytest.mark.parametrize("plain", ["B1", "2026-0042", "a.b_c"])
def test_plain_ids_name_their_files(plain):
    assert file_name(plain) == plain


@pytest.mark.parametrize("odd", ["../x", "a/b", "", ".", "..", "CON", "é", "x" * 200, "a b", "x."])
def test_other_ids_become_safe_and_distinct_names(odd):
    made = file_name(odd)

    assert re.fullmatch(r"[A-Za-z0-9_-]+~[0-9a-f]{8}", made)
    assert file_name(odd + "?") != made


def test_a_quote_is_shown_without_its_bullet():
    assert (
        marked("\u2022 - led\n the  team - twice", load_messages("en")) == "“led the team - twice”"
    )
