"""Pages, plain text and the folder: safe, complete, and the same bytes every time."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import polars as pl
import pytest

from pipeline.export.blocks import blocks
from pipeline.export.catalogue import LANGUAGES, load_messages
from pipeline.export.files import write_report, write_shortlists
from pipeline.export.html import brief_page, index_page, portfolio_page, report_page
from pipeline.export.names import file_name
from pipeline.export.phrases import marked
from pipeline.export.report import Alarm, NightReport, SetAside, summarise_quarantine
from pipeline.export.settings import ExportSettings
from pipeline.export.shortlist import Decided
from pipeline.export.text import render_text
from pipeline.stages.explain import ExplainSettings, build_shortlists

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
        self.refs += values.get("aria-labelledby", "").split()
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
    pages += [portfolio_page(shortlists, as_of, language)]
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
    tags = _Outline(page).tags
    assert not {"iframe", "img", "link", "form"} & set(tags)
    assert tags.count("script") == 1  # our own, by its hash
    assert "style=" not in page
    assert not re.search(r'(src|href)="(https?:|//|javascript:)', page)
    digests = {
        kind: base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        for kind, inline in re.findall(r"<(style|script)>(.*?)</\1>", page, re.DOTALL)
    }
    allowed = "; ".join(f"{kind}-src 'sha256-{digests[kind]}'" for kind in ("style", "script"))
    assert f"default-src 'none'; {allowed}; base-uri 'none'" in page


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
        "Head of deep-sea logistics: rank 2",
        "With this confirmed, “ERP roll-out”: still rank 1 (score 76.0).",
        "With Dutch C1 confirmed: rank 1 instead of 2 (score 75.0).",
        "The portfolio proposes this candidate here.",
        "no level of Dutch given",
    ):
        assert said in page


def test_a_page_says_that_nobody_fits_and_who_comes_nearest(shortlists, as_of):
    eligible, low = (brief_page(shortlists[n], as_of, "en") for n in (1, 2))

    assert "Nobody fits this brief yet" in eligible
    assert "no notarial licence" in eligible
    assert "No eligible CV resembles this brief enough" in low
    assert "not found: Submarine logistics" in low


def test_the_index_shows_age_and_fit_newest_first(shortlists, as_of):
    page = index_page(shortlists, as_of, "en")

    places = [page.index(f"shortlists/{brief}.html") for brief in ("B1", "B3", "B2")]
    assert places == sorted(places)
    assert "18 h · within 48 h" in page
    assert "10 days · past 48 h" in page
    assert page.count("nobody fits") == 2
    assert "missing in the brief: start, duration, day rate, languages" in page
    assert "to ask the first 3: languages" in page


def test_a_contradiction_in_the_brief_blocks_it(inputs, as_of):
    told = inputs.briefs.with_columns(description=pl.lit("The day rate is at most 900 EUR."))

    first = build_shortlists(replace(inputs, briefs=told), as_of, ExplainSettings(top=3))[0]

    assert "contradictions in the brief: 1" in brief_page(first, as_of, "en")  # 1,250 stated


def test_what_is_near_comes_with_what_would_open_it(inputs, as_of):
    near = inputs.near_misses.vstack(
        pl.DataFrame([("B2", "C5")], schema=inputs.near_misses.schema, orient="row")
    )
    second = build_shortlists(replace(inputs, near_misses=near), as_of, ExplainSettings())[1]

    page = brief_page(second, as_of, "fr")

    assert "À 900\u00a0€ par jour, dans le budget\u00a0: rang 1 (score 41,0)." in page


def test_the_portfolio_page_shows_proposals_and_who_is_wanted(shortlists, as_of):
    page = portfolio_page(shortlists, as_of, "en")

    assert 'href="shortlists/B1.html#rank-1"' in page
    assert "nobody left" in page  # B2
    assert page.index("On several shortlists") < page.index("Head of deep-sea logistics: rank 2")


@pytest.mark.parametrize(
    ("decided", "kind"),
    [
        ((), "unpresented"),
        (("presented",), "undecided"),
        (("presented", "rejected"), "open_musts"),
        (("presented", "interviewed"), "undecided"),
    ],
)
def test_what_blocks_a_brief_follows_the_decisions(shortlists, as_of, decided, kind):
    made = [Decided(candidate_id="C2", on=as_of, decision=word) for word in reversed(decided)]
    settled = replace(shortlists[0].explanations[1], gaps=("ERP",))
    first = replace(shortlists[0], decided=tuple(made), explanations=(settled,))

    assert blocks(first)[-1].kind == kind


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
    assert re.search(r"adaptability +0\.900 . 0\.300 +27\.0\n", text)
    assert "languages: not known (no level of Dutch given)" in text
    assert all(sign == "\n" or sign.isprintable() for sign in text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folder_is_byte_identical(shortlists, as_of, language, tmp_path):
    for name in ("one", "two"):
        write_shortlists(tmp_path / name, shortlists, as_of, ExportSettings(language=language))
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
        "portfolio.html",
        "shortlists.csv",
        "shortlists.xlsx",
        *(f"shortlists/B{n}.{kind}" for n in (1, 2, 3) for kind in ("csv", "xlsx", "html")),
    }


def test_editions_clients_and_csv_conventions(shortlists, as_of, tmp_path):
    client = replace(shortlists[0], brief=replace(shortlists[0].brief, client_id="K1"))
    export = ExportSettings(
        language="en", languages=("nl", "fr", "en"), clients={"K1": "de"}, csv="semicolon"
    )

    write_shortlists(tmp_path, [client, *shortlists[1:]], as_of, export)

    first = {place: (tmp_path / place / "shortlists/B1.html").read_text() for place in ("", "nl")}
    assert '<html lang="de">' in first[""]
    assert '<html lang="nl">' in first["nl"]
    assert '<html lang="en">' in (tmp_path / "shortlists/B2.html").read_text()
    index = (tmp_path / "nl/index.html").read_text()
    assert 'href="../index.html" hreflang="en"' in index
    assert 'href="../fr/index.html" hreflang="fr"' in index
    assert '"74,0"' in (tmp_path / "shortlists.csv").read_text("utf-8-sig")


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
