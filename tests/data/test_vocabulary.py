"""Free text in four languages becomes the codes of the vocabularies."""

import tomllib

import pytest

from data.schema import words
from data.vocabulary import (
    FOLDER,
    country_of,
    function_of,
    language_of,
    level_of,
    plain,
    word_of,
)

MARKET = (
    "finance",
    "banking",
    "consultancy",
    "digital",
    "engineering",
    "healthcare",
    "human_resources",
    "information_technology",
    "legal",
    "marketing",
    "procurement",
    "property",
    "retail",
    "sales",
    "business_support",
    "technology",
)


@pytest.mark.parametrize("code", MARKET)
def test_each_of_the_sixteen_of_the_market_is_a_function(code):
    assert function_of(code) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Interim CFO (m/f)", "finance"),
        ("Directeur administratif et financier a.i.", "finance"),
        ("Kaufmännischer Leiter", "finance"),
        ("Contrôleuse de gestion", "finance"),
        ("HR Business Partner", "human_resources"),
        ("Leiter Einkauf", "procurement"),
        ("Aankoopmanager", "procurement"),
        ("IT Project Manager", "information_technology"),
        ("Chief Information Officer", "information_technology"),
        ("Change manager", "consultancy"),
        ("Délégué à la protection des données", "legal"),
        ("Algemeen directeur", "general_management"),
        ("Directeur d'usine", "operations"),
        ("zebra wrangler", None),
        ("", None),
    ],
)
def test_functions(text, code):
    assert function_of(text) == code


def test_case_accents_and_punctuation_change_nothing():
    assert plain("  Contrôle-de GESTION! ") == "controle de gestion"
    assert function_of("CONTROLE DE GESTION") == function_of("contrôle-de-gestion") == "finance"


@pytest.mark.parametrize("text", ["NL", "nl-BE", "Dutch", "néerlandais", "Nederlands", "Flämisch"])
def test_names_of_a_language(text):
    assert language_of(text) == "nl"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("native", "C2"),
        ("Muttersprache", "C2"),
        ("vloeiend", "C1"),
        ("niveau c1", "C1"),
        ("bon", "B2"),
        ("B2+", "B2"),
        ("notions", "A1"),
        ("enough", None),
    ],
)
def test_levels(text, level):
    assert level_of(text) == level


@pytest.mark.parametrize("text", ["be", "BEL", "Belgium", "Belgique", "België", "Belgien"])
def test_names_of_a_country(text):
    assert country_of(text) == "BE"


def test_no_word_of_a_table_is_outside_its_schema():
    table = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    closed = {
        "work_mode": words.WORK_MODES,
        "reason": words.REASONS,
        "decision": words.DECISIONS,
        "outcome": words.OUTCOMES,
        "cause": words.CAUSES,
        "aspect": words.ASPECTS,
    }
    for section, expected in closed.items():
        assert set(table[section]) == set(expected), section


@pytest.mark.parametrize("file", ["languages", "levels", "countries"])
def test_no_name_means_two_things(file):
    table = tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    keys = [
        key for code, names in table.items() for key in {plain(name) for name in (code, *names)}
    ]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize(
    "section", ["work_mode", "reason", "decision", "outcome", "cause", "aspect"]
)
def test_no_word_means_two_things(section):
    table = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))[section]
    keys = [
        key for code, names in table.items() for key in {plain(name) for name in (code, *names)}
    ]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_words_of_a_table():
    assert word_of("reason", "Congé de maternité") == "replacement"
    assert word_of("outcome", "Verlängert") == "extended"
    assert word_of("decision", "perhaps") is None
