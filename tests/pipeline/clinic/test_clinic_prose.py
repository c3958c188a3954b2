"""What a brief tells in prose is read with the sentence that tells it, in four languages."""

from datetime import date

import pytest

from pipeline.clinic.prose import is_measured, read_prose

RECEIVED = date(2026, 11, 20)
ASKS = {
    "en": "we are looking for an interim CFO in Ghent, 4 days a week, for about 9 months, "
    "from 11 January 2027.",
    "fr": "nous cherchons un CFO de transition à Gand, 4 jours par semaine, pour environ 9 mois, "
    "à partir du 11 janvier 2027.",
    "nl": "wij zoeken een interim CFO in Gent, 4 dagen per week, voor ongeveer 9 maanden, vanaf "
    "11 januari 2027.",
    "de": "wir suchen für etwa 9 Monate ab dem 11. Januar 2027 einen Interim CFO in Gent, 4 Tage "
    "pro Woche.",
}


def read(text):
    return read_prose(text, RECEIVED)


@pytest.mark.parametrize("text", ASKS.values(), ids=ASKS)
def test_the_ask_of_a_letter_is_read(text):
    told = read(f"Hello,\n\n{text}\nRegards")

    assert told["duration"].value == (9.0, 9.0)
    assert told["days"].value == 4.0
    assert told["start_date"].value == date(2027, 1, 11)
    assert told["place"].value in ("Ghent", "Gand", "Gent")
    assert told["duration"].quote == text


@pytest.mark.parametrize(
    "text",
    [
        "Our budget is € 850 per day.",
        "Tarif : maximum 850 euros par jour.",
        "Budget: maximaal 850 euro per dag.",
        "Budget: höchstens 850 Euro pro Tag.",
    ],
)
def test_a_day_rate_is_read(text):
    assert read(text)["rate"].value == 850.0


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Languages: Dutch, French.", {"nl", "fr"}),
        ("Langues : néerlandais, anglais.", {"nl", "en"}),
        ("Talen: Nederlands, Duits.", {"nl", "de"}),
        ("Sprachen: Deutsch, Englisch.", {"de", "en"}),
        ("You work with Flemish, French-speaking and German colleagues alike.", set()),
    ],
)
def test_languages_are_read_where_they_are_asked(text, codes):
    told = read(text)

    assert (set(told["languages"].value) if "languages" in told else set()) == codes


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("You lead a team of 5 and report to the managing director.", "authority"),
        ("Vous dirigez une équipe de 5 personnes.", "authority"),
        ("Je leidt een team en rapporteert aan de directeur.", "authority"),
        ("Sie führen ein Team und berichten an die Geschäftsführung.", "authority"),
        ("Entretiens avec la DRH.", "decision_maker"),
        ("Ansprechpartner: Frau Maes.", "decision_maker"),
        ("What should be there at the end:", "objectives"),
        ("Am Ende des Mandats soll stehen:", "objectives"),
        ("The work can be done fully from home.", "remote"),
        ("Het werk kan volledig van thuis uit.", "remote"),
        ("Wer nicht jeden einzelnen Punkt erfüllt, wird nicht berücksichtigt.", "rigid"),
        ("La technique peut s'apprendre en cours de route.", "learnable"),
        ("Dès que possible.", "asap"),
    ],
)
def test_matters_are_found_by_their_words(text, topic):
    assert topic in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "At least 5 years of experience, the first 3 months on site.",
        "Results within six months are expected.",
        "The budget is 2 million euro a year.",
        "The Housing Authority has 250 employees.",
        "",
    ],
)
def test_other_figures_and_words_are_left_alone(text):
    assert not {"duration", "rate", "days", "start_date", "authority"} & read(text).keys()


def test_a_day_without_a_year_is_the_next_one():
    assert read("Start 4 januari.")["start_date"].value == date(2027, 1, 4)
    assert read("Start 4 december.")["start_date"].value == date(2026, 12, 4)
    assert "start_date" not in read("Start 30 februari 2027.")


def test_a_heading_is_quoted_with_what_stands_under_it():
    told = read("Op het einde van de opdracht:\n- Geen achterstand meer")

    assert told["objectives"].quote == "Op het einde van de opdracht: Geen achterstand meer"


@pytest.mark.parametrize(
    ("aim", "measured"),
    [
        ("Stock down by a fifth", True),
        ("Production au niveau prévu en trois mois", True),
        ("Geen openstaande aanmaningen meer", True),
        ("Better morale in the team", False),
        ("Een betere sfeer", False),
    ],
)
def test_an_objective_is_measured_by_a_figure_or_a_bound(aim, measured):
    assert is_measured(aim) is measured
