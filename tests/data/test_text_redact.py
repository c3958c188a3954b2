import pytest

from data.text.clean import clean
from data.text.names import find_name
from data.text.redact import redact


@pytest.mark.parametrize(
    ("line", "redacted"),
    [
        ("Date of birth: 2 May 1966", "Date of birth: [birth]"),
        ("Née le 14 mars 1968 à Namur", "[birth]"),
        ("Geboortedatum: 03/07/1970", "Geboortedatum: [birth]"),
        ("geboren am 21.09.1972 in Aachen", "[birth]"),
        ("52 ans | Mariée, 2 enfants", "[birth] | [status]"),
        ("Age: 47", "Age: [birth]"),
        ("Nationalité : belge", "Nationalité : [nationality]"),
        ("Staatsangehörigkeit: deutsch", "Staatsangehörigkeit: [nationality]"),
        ("Sexe : F", "Sexe : [gender]"),
        (
            "Geslacht: vrouw | Burgerlijke staat: gehuwd",
            "Geslacht: [gender] | Burgerlijke staat: [status]",
        ),
        ("Familienstand: ledig", "Familienstand: [status]"),
        ("Rijksregisternummer: 70.07.03-123.45", "Rijksregisternummer: [number]"),
        ("70.07.03-123.45", "[number]"),
        ("GSM +32 475 12 34 56", "GSM [phone]"),
        ("Tel.: 0475/12.34.56", "Tel.: [phone]"),
        ("T 02 123 45 67", "T [phone]"),
        ("+49 241 1234567", "[phone]"),
        ("(212) 555-0143", "[phone]"),
        ("jan.peeters@voorbeeld.be", "[e-mail]"),
        ("https://www.linkedin.com/in/jan-peeters-123", "[link]"),
        ("linkedin.com/in/janpeeters", "[link]"),
        ("12, rue des Tilleuls, 1050 Ixelles", "[address], [address]"),
        ("Stationsstraat 14 bus 3, 9000 Gent", "[address], [address]"),
        ("Lindenstraße 7, 52062 Aachen", "[address], [address]"),
        ("Avenue Louise 149", "[address]"),
        ("14 Harbour Road, London SE1 2AB", "[address], [address]"),
        ("B-2000 Antwerpen", "[address]"),
    ],
)
def test_personal_data_become_markers(line: str, redacted: str) -> None:
    assert redact(line) == redacted


@pytest.mark.parametrize(
    "line",
    [
        "Reduced the cost of 2,500,000 - 3,000,000 units",
        "01/1991-05/1991 Controller",
        "2012 - 2015 2016 - 2018",
        "Rijbewijs: B",
        "15 ans d'expérience en contrôle de gestion",
        "Windows Server 2008 R2 Components",
        "Male and female staff of 40 nationalities",
        "Opened a shop in the Stationsstraat and 3 in Gent",
        "Project budget 0.5 - 1.2 million",
        "Route Manager",
        "Born leader of change",
        "Single point of contact for 12 banks",
        "Name and address files cleaned for 3 million customers",
    ],
)
def test_professional_words_stay(line: str) -> None:
    assert redact(f"Experience\n{line}") == f"Experience\n{line}"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Els Vermeulen\nInterim CFO\nels.vermeulen@voorbeeld.be", ("Els", "Vermeulen")),
        ("JEAN-PAUL DE WITTE\nDirecteur\nTél. +32 2 123 45 67", ("JEAN-PAUL", "DE", "WITTE")),
        ("Curriculum vitae\nNaam: Jan van den Berg\nGent", ("Jan", "van", "den", "Berg")),
        ("CV van Sofie Claes\nControllerin de bouw", ("Sofie", "Claes")),
        ("Dr. Katharina Lindhofer\nLeiterin Einkauf", ("Katharina", "Lindhofer")),
        ("CONSTRUCTION PROJECT COORDINATOR\nSummary\njan@voorbeeld.be", ()),
        ("FLIGHT READINESS\nSummary\nKept aircraft in readiness for flight.\n+32 2 123 45 67", ()),
        ("Core Strengths\nNegotiation", ()),
        ("Sales Manager\nsales.manager@voorbeeld.be", ()),
        ("Jan Chef\njan.chef@voorbeeld.be", ("Jan", "Chef")),
        ("Kwaliteitscoördinator Farma\nGent\n+32 475 12 34 56", ()),
        ("Wirtschaftsprüfer Banken\nBerlin\n+49 30 1234567", ()),
        (
            "SKILLS\nSAP\nExcel\nCONTACT\nels.v@voorbeeld.be\nTALEN\nNederlands\nEls Vanhove\nCFO",
            ("Els", "Vanhove"),
        ),
    ],
)
def test_the_name_is_found_where_the_signs_are_sure(head: str, name: tuple[str, ...]) -> None:
    assert find_name(head) == name


def test_the_name_is_masked_wherever_it_stands() -> None:
    text = (
        "Pieter-Jan Van den Broeck\npj@voorbeeld.be\nProfiel\n"
        "Pieter-Jan leidt. VAN DEN BROECK CV, 2/2"
    )

    redacted = redact(text)

    assert "Broeck" not in redacted
    assert "Pieter" not in redacted
    assert "BROECK" not in redacted


def test_a_table_of_labels_and_values_below_each_other_is_masked() -> None:
    text = (
        "Personalia\nNationaliteit\nBelgische\nGeboortedatum\n03/07/1970\n"
        "Geslacht\nVrouw\nErvaring\nCFO"
    )

    assert redact(text) == (
        "Personalia\nNationaliteit\n[nationality]\nGeboortedatum\n[birth]\n"
        "Geslacht\n[gender]\nErvaring\nCFO"
    )


def test_colons_on_a_line_of_their_own_still_bind_label_and_value() -> None:
    text = "*Date of Birth\n:\nDecember 9, 1980 *Place of Birth\n:\nAthens, Greece *Skills"

    assert redact(text) == "*Date of Birth\n:\n[birth] *Place of Birth\n:\n[birth] *Skills"


def test_redacting_twice_changes_nothing() -> None:
    once = redact(
        clean("Jo Maes\nDate of Birth: 1 May 1970 Marital status: Married Nationality: Dutch")
    )

    assert redact(once) == once
    assert "Dutch" not in once


def test_a_name_that_is_also_a_month_leaves_the_dates_alone():
    text = redact("Jan Peeters\nController\nErvaring\nJan 2020 - Jan 2023 Controller, Acme\n")
    assert "Jan 2020 - Jan 2023" in text
    assert "Peeters" not in text


def test_the_courtesy_title_goes_with_the_name():
    text = redact(
        "Name: Eva Meester\nProfile\nFrau Eva Meester leitet Werke. Frau Meester führt.\n"
    )
    assert "Frau" not in text
