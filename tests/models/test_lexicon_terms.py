import pytest

from models.lexicon.terms import find_terms


@pytest.mark.parametrize(
    ("text", "language"),
    [("GDPR", "en"), ("le RGPD", "fr"), ("de AVG", "nl"), ("die DSGVO", "de")],
)
def test_a_law_has_one_id_under_its_names_in_four_languages(text: str, language: str) -> None:
    assert [term.id for term in find_terms(text, language)] == ["gdpr"]


def test_a_name_of_one_language_means_nothing_in_another() -> None:
    assert find_terms("AVG response time", "en") == []


def test_capitals_count_where_a_word_could_be_meant() -> None:
    assert [term.id for term in find_terms("SAP", "en")] == ["sap"]
    assert find_terms("they sap morale", "en") == []


def test_the_longest_alias_wins_and_its_span_is_exact() -> None:
    text = "Migratie naar SAP HANA en Exact Online."

    terms = find_terms(text, "nl")

    assert [(term.id, text[term.start : term.end]) for term in terms] == [
        ("sap-s4hana", "SAP HANA"),
        ("exact-online", "Exact Online"),
    ]


@pytest.mark.parametrize("text", ["S/4HANA", "S/4 Hana", "s4hana", "S4 HANA"])
def test_spellings_of_a_tool_meet(text: str) -> None:
    assert [term.id for term in find_terms(text, "en")] == ["sap-s4hana"]


def test_accents_do_not_matter() -> None:
    with_accent, without = "clôture mensuelle", "cloture mensuelle"

    assert find_terms(with_accent, "fr")[0].id == find_terms(without, "fr")[0].id


def test_a_text_without_terms_has_none() -> None:
    assert find_terms("", "en") == []
