"""Whole CVs of invented people, in four languages and as many layouts, read to passages."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from data.cv.read import Cv, read_cv

CVS = Path(__file__).with_name("cvs")
ALL = {code: (CVS / f"{code}.txt").read_text("utf-8") for code in ("fr", "nl", "de", "en")}


class Role(NamedTuple):
    start: date
    end: date | None
    title: str
    organisation: str
    country: str | None = None
    engagement: str | None = None


ROLES = {
    "fr": [
        Role(
            date(2021, 3, 1), None, "CFO de transition", "Verrerie du Hainaut SA", "BE", "interim"
        ),
        Role(
            date(2017, 1, 1),
            date(2020, 12, 31),
            "Directrice administrative et financière",
            "Groupe Alimor",
        ),
        Role(date(2009, 9, 1), date(2016, 12, 31), "Contrôleuse de gestion", "Ferronord NV"),
    ],
    "nl": [
        Role(
            date(2015, 6, 1),
            None,
            "Interim HR-directeur",
            "Zorggroep Leiezicht vzw",
            None,
            "interim",
        ),
        Role(date(2010, 1, 1), date(2015, 5, 31), "HR Business Partner", "Metaalwerken Dorsman NV"),
        Role(
            date(1995, 1, 1),
            date(2009, 12, 31),
            "Personeelsverantwoordelijke",
            "Drukkerij Hazewind BVBA",
        ),
    ],
    "de": [
        Role(
            date(2020, 3, 1),
            None,
            "Interim Managerin Supply Chain",
            "Hafner Antriebe GmbH",
            None,
            "interim",
        ),
        Role(date(2014, 4, 1), date(2020, 2, 29), "Leiterin Einkauf", "Brandt & Söhne AG"),
        Role(
            date(2005, 10, 1),
            date(2014, 3, 31),
            "Strategische Einkäuferin",
            "Rheinische Pumpenwerke KG",
        ),
    ],
    "en": [
        Role(
            date(2019, 9, 1),
            None,
            "Interim Operations Director",
            "Calder Foods Ltd",
            "GB",
            "interim",
        ),
        Role(date(2012, 1, 1), date(2019, 8, 31), "Plant Manager", "Northmoor Packaging plc"),
        Role(date(2001, 1, 1), date(2011, 12, 31), "Earlier roles", "Brightwell Group"),
    ],
}


@pytest.fixture(params=ALL)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def cv(language: str) -> Cv:
    return read_cv(ALL[language])


def sections_of(cv: Cv, section: str) -> str:
    return "\n".join(cv.passages.filter(cv.passages["section"] == section)["text"])


def test_the_language_is_found(cv: Cv, language: str) -> None:
    assert cv.language == language
    assert read_cv("anything", language="nl").language == "nl"


def test_roles_have_dates_title_organisation_country_and_engagement(cv: Cv, language: str) -> None:
    columns = ("start", "end", "title", "organisation", "country", "engagement")

    assert cv.experiences.select(columns).rows() == [tuple(role) for role in ROLES[language]]


def test_every_span_is_an_exact_quote(cv: Cv) -> None:
    for row in cv.passages.iter_rows(named=True):
        assert row["text"] == cv.text[row["start_char"] : row["end_char"]]
    for row in cv.experiences.iter_rows(named=True):
        assert row["description"] == cv.text[row["start_char"] : row["end_char"]]


def test_passages_are_in_order_and_carry_the_dates_of_their_role(cv: Cv, language: str) -> None:
    rows = list(cv.passages.iter_rows(named=True))

    assert [row["passage"] for row in rows] == list(range(len(rows)))
    assert all(a["end_char"] <= b["start_char"] for a, b in pairwise(rows))
    for row in rows:
        if row["experience"] is not None:
            role = ROLES[language][row["experience"]]
            assert (row["section"], row["start"], row["end"]) == (
                "experience",
                role.start,
                role.end,
            )
        else:
            assert row["start"] is None


@pytest.mark.parametrize(
    ("language", "section", "words"),
    [
        ("fr", "summary", "vingt ans d'expérience"),
        ("fr", "education", "Université catholique de Louvain"),
        ("fr", "skills", "trésorerie"),
        ("fr", "languages", "néerlandais (C1)"),
        ("fr", "interests", "Aviron"),
        ("nl", "summary", "hands-on aanpak"),
        ("nl", "education", "Licentiaat psychologie"),
        ("nl", "languages", "Frans: zeer goed"),
        ("nl", "interests", "Fietsen"),
        ("de", "education", "RWTH Aachen"),
        ("de", "skills", "Verhandlungsführung"),
        ("de", "languages", "Niederländisch (gut)"),
        ("en", "skills", "union negotiation"),
        ("en", "education", "University of Leeds"),
        ("en", "languages", "French (B2)"),
    ],
)
def test_sections_hold_what_their_headings_say(language: str, section: str, words: str) -> None:
    assert words in sections_of(read_cv(ALL[language]), section)


def test_inner_headings_do_not_end_a_role() -> None:
    cv = read_cv(ALL["en"])

    assert "Output up 23 %" in cv.experiences["description"][0]


@pytest.mark.parametrize(
    "personal",
    [
        "Dubois",
        "Ixelles",
        "1968",
        "mariée",
        "broeck",
        "pieter",
        "stationsstraat",
        "1970",
        "belg\n",
        "lindhofer",
        "lindenstraße",
        "1972",
        "ledig",
        "deutsch\n",
        "whitfield",
        "se1 2ab",
        "1966",
        "british",
        "@",
        "475",
        "+49",
        "7700",
        "linkedin",
    ],
)
def test_no_personal_data_is_left(personal: str) -> None:
    assert all(personal.lower() not in read_cv(text).text.lower() for text in ALL.values())


def test_a_passage_never_tells_of_personal_data_only(cv: Cv) -> None:
    texts = [p.removeprefix("[yr]") for p in cv.passages["text"]]  # of a degree, which may stay
    heads = [p for p in texts if p.startswith("[") or "curriculum" in p.lower()]

    assert heads == []


def test_reading_the_redacted_text_again_changes_nothing(cv: Cv) -> None:
    again = read_cv(cv.text)

    assert again.text == cv.text
    assert again.passages.equals(cv.passages)
    assert again.experiences.equals(cv.experiences)
