import pytest

from models.tokens import fold, stem, tokenise


def test_accents_and_case_do_not_matter() -> None:
    assert fold("Clôture ANNUELLE") == "cloture annuelle"


def test_cognates_of_two_languages_meet() -> None:
    assert tokenise("réconciliation", "fr") == tokenise("reconciliation", "en")


def test_signs_inside_a_word_stay() -> None:
    assert tokenise("C++ and P&L", "en") == ["c++", "p&l"]


def test_hyphen_and_slash_part_words() -> None:
    assert tokenise("AP/AR month-end", "en") == ["ap", "ar", "month", "end"]


def test_function_words_of_the_language_go() -> None:
    assert tokenise("the ledger of the company", "en") == [stem("ledger", "en"), "compan"]
    assert "les" not in tokenise("les comptes de l'entreprise", "fr")


def test_a_short_word_is_not_stemmed() -> None:
    assert stem("bus", "en") == "bus"


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Produktionsleiter", "Produktionsleiterin"),
        ("de", "Assistent", "Assistentin"),
        ("fr", "directeur", "directrice"),
        ("fr", "technicien", "technicienne"),
        ("fr", "vendeur", "vendeuse"),
        ("nl", "boekhouder", "boekhoudster"),
        ("nl", "directeur", "directrice"),
    ],
)
def test_the_two_genders_of_a_title_are_one_term(language, one, other):
    assert tokenise(one, language) == tokenise(other, language)
