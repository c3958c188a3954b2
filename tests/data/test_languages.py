"""What people write about the languages they speak."""

import pytest

from data.languages import Language, read_language


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("nl:C2", "nl", "C2"),
        ("NL-BE: c1", "nl", "C1"),
        ("Dutch (native)", "nl", "C2"),
        ("néerlandais - courant", "nl", "C1"),
        ("Nederlands moedertaal", "nl", "C2"),
        ("très bon français", "fr", "C1"),
        ("Français : notions", "fr", "A1"),
        ("Frans vloeiend", "fr", "C1"),
        ("Deutsch: Muttersprache", "de", "C2"),
        ("Englisch (verhandlungssicher)", "en", "C1"),
        ("anglais: bon", "en", "B2"),
        ("EN", "en", None),
    ],
)
def test_a_language_and_its_level(text, code, level):
    assert read_language(text) == Language(code=code, level=level)


@pytest.mark.parametrize("text", ["Klingon", "Klingon: C1", "", ":"])
def test_an_unknown_language_is_unread(text):
    assert read_language(text) == Language(unread=True)


def test_an_unknown_level_leaves_the_language():
    assert read_language("Dutch: enough") == Language(code="nl", unread=True)


@pytest.mark.parametrize("text", ["nl:C1:required", "nl:C1:verplicht", "Néerlandais:C1:requis"])
def test_a_required_language(text):
    assert read_language(text) == Language(code="nl", level="C1", required=True)


def test_a_required_language_without_a_level():
    assert read_language("nl:required") == Language(code="nl", required=True)
    assert read_language("nl::true") == Language(code="nl", required=True)
