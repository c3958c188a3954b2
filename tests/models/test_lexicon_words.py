import pytest

from data.schema.words import LANGUAGES
from models.lexicon.stems import fold, stem, stems
from models.lexicon.words import Entry, Lexicon, load_lexicon, read_entries


def lexicon(*lines: str) -> Lexicon:
    return Lexicon(list(read_entries(lines)))


@pytest.mark.parametrize(
    ("word", "base", "language"),
    [
        ("infirmières", "infirmier", "fr"),
        ("vendeuse", "vendeur", "fr"),
        ("directrices", "directeur", "fr"),
        ("techniciennes", "technicien", "fr"),
        ("huizen", "huis", "nl"),
        ("boten", "boot", "nl"),
        ("Lehrerinnen", "Lehrer", "de"),
        ("accountants", "accountant", "en"),
    ],
)
def test_gender_and_number_share_a_stem(word: str, base: str, language: str) -> None:
    assert stem(fold(word), language) == stem(fold(base), language)


def test_function_words_do_not_count() -> None:
    assert stems("technicien de la maintenance", "fr") == stems("technicien maintenance", "fr")


def test_the_longest_phrase_is_taken() -> None:
    words = lexicon("water\teau\twater\twasser", "drinking water\teau potable\tdrinkwater\t")

    assert words.translate("réseau d'eau potable", "fr", "en") == "reseau drinking water"


def test_the_first_term_of_a_cell_is_preferred_over_an_earlier_entry() -> None:
    words = lexicon("chief\tchef|patron\tbaas\t", "employer\tpatron\tpatroon\t")

    assert words.translate("patron", "fr", "en") == "employer"


def test_an_unknown_compound_is_split_into_its_parts() -> None:
    words = lexicon("stair\tescalier\ttrap\t", "maker\tfabricant\tmaker\t")

    assert words.translate("Trappenmaker", "nl", "en") == "stair maker"


def test_a_compound_with_an_unknown_part_stays_whole() -> None:
    words = lexicon("stair\tescalier\ttrap\t")

    assert words.translate("trapxyz", "nl", "en") == "trapxyz"


def test_a_sense_in_brackets_is_not_part_of_the_english_term() -> None:
    assert next(read_entries(["lead (metal)\tplomb\tlood\tBlei"])) == Entry(
        terms={"en": ("lead",), "fr": ("plomb",), "nl": ("lood",), "de": ("Blei",)}
    )


def test_coverage_is_the_share_of_known_words() -> None:
    words = lexicon("water\teau\twater\twasser")

    assert words.coverage("eau xyz", "fr") == 1 / 2
    assert words.coverage("", "fr") == 0


def test_every_entry_of_the_package_has_a_term_in_every_language() -> None:
    bare = [
        entry.terms
        for entry in load_lexicon().entries
        if not all(entry.terms[language] for language in LANGUAGES)
    ]

    assert bare == []


@pytest.mark.parametrize(
    ("text", "source", "english"),
    [
        ("Infirmière en chef", "fr", "head nurse"),
        ("Directrices financières", "fr", "chief financial officer"),
        ("aankoopverantwoordelijke", "nl", "purchasing manager"),
        ("Krankenschwester", "de", "nurse"),
    ],
)
def test_titles_of_the_trade_are_known(text: str, source: str, english: str) -> None:
    assert load_lexicon().translate(text, source, "en") == english
