# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Whole CVs of invented people, in four languages and as many layouts, read to passages."""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pytest

from data.cv.read import Cv, read_cv

FRENCH = """\
Marie-Claire Dubois
Directrice financière de transition
12, rue des Tilleuls
1050 Ixelles
GSM : +32 475 12 34 56 | E-mail : mc.dubois@exemple.be
Née le 14 mars 1968 à Namur - Nationalité : belge - Mariée, 2 enfants
linkedin.com/in/mcdubois

PROFIL
Directrice financière avec vingt ans d'expérience dans l'industrie et la distribution.
J'interviens dans des situations de crise et de transformation.

EXPÉRIENCE PROFESSIONNELLE

Depuis mars 2021 : CFO de transition, Verrerie du Hainaut SA, Charleroi, Belgique
• Restructuration de la dette avec quatre banques en neuf semaines.
• Réduction du besoin en fonds de roulement de 18 %.

01/2017 – 12/2020 : Directrice administrative et financière – Groupe Alimor
• Mise en place de SAP S/4HANA dans trois filiales.
• Équipe de 24 personnes à Lille et à Gand.

De septembre 2009 à décembre 2016 : Contrôleuse de gestion chez Ferronord NV
Budget, reporting mensuel et clôture IFRS pour la Belgique et la France.

FORMATION
1986 – 1991 : Ingénieur de gestion, Université catholique de Louvain

COMPÉTENCES
SAP, Power BI, IFRS, trésorerie, négociation bancaire

LANGUES
Français (maternelle), néerlandais (C1), anglais (C1)

CENTRES D'INTÉRÊT
Aviron, lecture
"""

DUTCH = """\
Curriculum vitae
Naam: Pieter-Jan Van den Broeck
Adres: Stationsstraat 14 bus 3, 9000 Gent
Geboortedatum: 03/07/1970
Nationaliteit: Belg
Burgerlijke staat: gehuwd
Rijbewijs: B
Tel.: 0475/12.34.56
E-mail: pj.vandenbroeck@voorbeeld.be

Profiel
Interim HR-manager met een hands-on aanpak.
Pieter-Jan begeleidt organisaties bij reorganisaties en sociaal overleg.

Werkervaring

06/2015 - heden
Interim HR-directeur
Zorggroep Leiezicht vzw, Kortrijk
Leidde het sociaal overleg na de fusie van drie ziekenhuizen.
Bracht het ziekteverzuim van 9 % naar 6 % in achttien maanden.

jan. 2010 tot en met mei 2015
HR Business Partner
Metaalwerken Dorsman NV, Gent
Voerde een nieuw loonsysteem in voor 850 arbeiders.

1995 - 2009
Personeelsverantwoordelijke
Drukkerij Hazewind BVBA
Werving, opleiding en loonadministratie.

Opleidingen
1988 - 1992  Licentiaat psychologie, Universiteit Gent

Talen
Nederlands: moedertaal
Frans: zeer goed
Engels: goed

Hobby's
Fietsen
"""

GERMAN = """\
Lebenslauf

Persönliche Daten
Name: Katharina Lindhofer
Geburtsdatum: 21.09.1972
Geburtsort: Aachen
Staatsangehörigkeit: deutsch
Familienstand: ledig
Anschrift: Lindenstraße 7, 52062 Aachen
Telefon: +49 241 1234567
E-Mail: k.lindhofer@beispiel.de

Berufserfahrung

seit 03/2020
Interim Managerin Supply Chain, Hafner Antriebe GmbH, Stuttgart
- Aufbau eines neuen Lagers in Polen während laufender Produktion
- Senkung der Lieferzeit von 21 auf 9 Tage

April 2014 – Februar 2020
Leiterin Einkauf
Brandt & Söhne AG, Köln
- Führung von 12 Mitarbeitern
- Einführung von SAP Ariba

10/2005 bis 03/2014
Strategische Einkäuferin, Rheinische Pumpenwerke KG
Verhandlung mit Lieferanten in China und der Türkei.

Ausbildung
1992 – 1998 Diplom-Kauffrau, RWTH Aachen

Kenntnisse
SAP MM, Ariba, Lean, Verhandlungsführung

Sprachen
Deutsch (Muttersprache), Englisch (verhandlungssicher), Niederländisch (gut)
"""

ENGLISH = """\
JOHN A. WHITFIELD
Interim Operations Director
14 Harbour Road, London SE1 2AB  |  john.whitfield@example.org  |  +44 7700 900123
Date of birth: 2 May 1966   Nationality: British

KEY SKILLS: lean manufacturing, turnaround, SAP, union negotiation

CAREER HISTORY

Interim Operations Director | Calder Foods Ltd, Leeds, UK | Sept 2019 - Present
Took over a plant in crisis two days after a fire; production restarted in 11 days.
Key achievements
- Output up 23 % in six months.

Plant Manager, Northmoor Packaging plc                                   Jan 2012 to Aug 2019
Ran a plant of 400 people; moved two lines from Poland without a lost delivery.

Earlier roles at Brightwell Group (2001-2011)
Various positions in planning and logistics.

EDUCATION
BEng Mechanical Engineering, University of Leeds, 1984 - 1988

LANGUAGES: English (native), French (B2)
"""

ALL = {"fr": FRENCH, "nl": DUTCH, "de": GERMAN, "en": ENGLISH}


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
    cv = read_cv(ENGLISH)

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


def test_long_roles_are_cut_at_sentence_ends_into_passages_of_like_size() -> None:
    sentence = "Led the change of one plant in the north with a team of twelve people."  # 15 words
    cv = read_cv(f"Experience\nCFO, Acme NV, 2015 - 2018\n{' '.join([sentence] * 14)}")

    sizes = [len(text.split()) for text in cv.passages["text"]]

    assert sum(sizes) == 14 * 15 + 6
    assert len(sizes) == 3  # 216 words
    assert max(sizes) - min(sizes) <= 15
    assert all(text.endswith("people.") for text in cv.passages["text"])


def test_words_without_any_sentence_end_are_still_cut() -> None:
    cv = read_cv(f"Skills\n{', '.join(f'tool{i}' for i in range(450))}")

    sizes = [len(text.split()) for text in cv.passages["text"]]

    assert sum(sizes) == 450
    assert max(sizes) <= 100


def test_header_lines_above_and_below_the_dates_follow_the_first_role() -> None:
    cv = read_cv(
        "Experience\nAcme Group\nController\n03/2015 - 04/2018\nGhent, Belgium\n"
        "Built the monthly reporting.\n"
        "Beta Group\nAuditor\n01/2012 - 02/2015\nLeuven\nAudited 40 firms a year.\n"
    )

    assert cv.experiences.select("title", "organisation", "country", "description").rows() == [
        ("Controller", "Acme Group", "BE", "Built the monthly reporting."),
        ("Auditor", "Beta Group", None, "Audited 40 firms a year."),
    ]


def test_years_alone_date_a_list_of_missions() -> None:
    cv = read_cv("Missions\n2021 : CFO de transition, Acme SA\n2019 : Directeur de projet, Beta SA")

    assert [str(d) for d in cv.experiences["start"]] == ["2021-01-01", "2019-01-01"]
    assert [str(d) for d in cv.experiences["end"]] == ["2021-12-31", "2019-12-31"]


def test_a_month_alone_does_not_say_how_long_a_role_took() -> None:
    cv = read_cv("Experience\nMarch 2014\nController, Acme NV\nBuilt the monthly reporting.")

    assert cv.experiences.is_empty()


def test_roles_are_read_without_any_heading() -> None:
    cv = read_cv(
        "Jo Maes\nController\n2015 - 2019 Controller, Acme NV\nBuilt the monthly reporting."
    )

    assert cv.experiences["title"].to_list() == ["Controller"]


def test_dates_in_sentences_and_in_education_make_no_role() -> None:
    cv = read_cv(
        "Experience\nCFO, Acme NV, 2015 - 2018\n"
        "Cut the cost of the plant by a fifth between 2016 and 2017 "
        "and again from 2017 to 2018 with one team.\n"
        "Education\n2001 - 2005 Business engineering"
    )

    assert cv.experiences.height == 1


def test_periods_after_the_night_are_ignored() -> None:
    text = (
        "Experience\nCFO, Acme NV, 2030 - 2031\nFuture work.\nCFO, Beta NV, 2015 - 2018\nPast work."
    )

    cv = read_cv(text, as_of=date(2026, 11, 22))

    assert [str(d) for d in cv.experiences["start"]] == ["2015-01-01"]


@pytest.mark.parametrize(
    "text", ["", "   ", "[name]", "2012 - 2015", "•", "Experience", ":", "\x00"]
)
def test_odd_texts_give_a_cv_without_surprises(text: str) -> None:
    cv = read_cv(text)

    assert cv.experiences.height <= 1
    assert all(t.strip() for t in cv.passages["text"])


def test_bait_for_slow_patterns_is_read_in_time_that_grows_with_its_length() -> None:
    for bait in (
        "jan 2012 to ",
        "2012 - 2014\n",
        "a: ",
        "• ",
        "ABC DEF\n",
        "a@",
        "12 Rue Abc ",
        "[",
        "( ",
    ):
        text = bait * (100_000 // len(bait))
        assert read_cv(text, language="en").text


@pytest.mark.parametrize("heading", ["Education", "Formation", "Opleiding", "Ausbildung"])
def test_the_years_of_education_tell_no_age(heading: str) -> None:
    education = f"{heading}\n1988 - 1992 Master, KU Leuven"
    text = f"Experience\n2019 - 2021 CFO, Acme\nLed a team.\n\n{education}"

    read = read_cv(text)

    assert "1988" not in read.text
    assert "1992" not in read.text
    assert "2019 - 2021" in read.text
    assert read.passages.filter(section="education")["text"].to_list() == [
        "[yr] - [yr] Master, KU Leuven"
    ]
