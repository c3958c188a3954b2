"""The four catalogues say the same things, and figures follow each language."""

import re
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest

from data.schema.words import ANSWERS, DIMENSIONS, REASONS, SECTIONS, TIERS, WORK_MODES
from models.components import COMPONENTS
from models.gates import GATES
from pipeline.export.catalogue import LANGUAGES, load_messages

PACKAGES = ("pipeline.clinic", "pipeline.decisions", "pipeline.start_kit")
OTHERS = [language for language in LANGUAGES if language != "en"]


def _places(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("package", PACKAGES)
def test_catalogues_have_the_same_keys_and_places(language, package):
    english, other = load_messages("en", package).entries, load_messages(language, package).entries

    assert {key: _places(text) for key, text in other.items()} == {
        key: _places(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_vocabularies_is_translated(language):
    entries = load_messages(language).entries
    groups = {
        "section": SECTIONS,
        "dimension": DIMENSIONS,
        "tier": TIERS,
        "answer": ANSWERS,
        "reason": REASONS,
        "work_mode": WORK_MODES,
        "component": COMPONENTS,
        "gate": GATES,
    }

    missing = {f"{g}.{word}" for g, words in groups.items() for word in words} - set(entries)

    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_speaks_of_rejection(language):
    said = " ".join(load_messages(language).entries.values()).lower()

    assert not re.search(r"reject|rejet|refus|afgewez|afwijz|abgelehn|ablehn", said)


@pytest.mark.parametrize(
    ("language", "figure", "day"),
    [
        ("en", "1,234.5", "2026-03-02"),
        ("fr", "1\u202f234,5", "02/03/2026"),
        ("nl", "1.234,5", "02/03/2026"),
        ("de", "1.234,5", "02.03.2026"),
    ],
)
def test_figures_and_dates_follow_the_language(language, figure, day):
    messages = load_messages(language)

    assert messages.number(Decimal("1234.45"), 1) == figure  # half up
    assert messages.day(date(2026, 3, 2)) == day


def test_a_word_without_translation_stays_legible():
    assert load_messages("nl").name("component", "night_shifts") == "night shifts"


def test_periods_tell_what_is_known():
    messages = load_messages("en")

    assert messages.period(date(2021, 3, 1), None) == "03/2021\u2013now"
    assert messages.period(None, date(2021, 3, 1)) == "03/2021"
    assert messages.period(None, None) == ""


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="one of en, fr, nl, de, got 'it'"):
        load_messages("it")
