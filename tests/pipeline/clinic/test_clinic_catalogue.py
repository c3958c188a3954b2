"""The catalogues of clinic, decisions and start kit hold what their pages and lists need."""

import tomllib

import pytest

from data.schema.words import ASPECTS
from data.vocabulary import FOLDER
from pipeline.clinic.completeness import TOPICS
from pipeline.decisions.store import WORDS
from pipeline.export.catalogue import LANGUAGES, load_messages
from pipeline.export.table import DECISION_WORDS
from pipeline.start_kit.content import SECTIONS, lines

FUNCTIONS = tomllib.loads((FOLDER / "functions.toml").read_text("utf-8"))
PACKAGES = ("pipeline.clinic", "pipeline.decisions", "pipeline.start_kit")


def _own(language, package):
    shared = load_messages(language).entries
    entries = load_messages(language, package).entries
    return {key: text for key, text in entries.items() if shared.get(key) != text}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_catalogue_overrides_the_shared_one(package):
    shared = load_messages("en").entries

    assert not _own("en", package).keys() & shared.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_sentence(language):
    clinic = load_messages(language, "pipeline.clinic").entries
    kit = load_messages(language, "pipeline.start_kit").entries
    decisions = load_messages(language, "pipeline.decisions").entries

    assert not {f"topic.{topic}" for topic in TOPICS} - clinic.keys()
    assert not {f"ask.{topic}" for topic in TOPICS} - clinic.keys()
    assert not {f"aspect_question.{aspect}" for aspect in ASPECTS} - kit.keys()
    assert not {f"decision.{word}" for word in WORDS} - decisions.keys()
    assert len({decisions[f"decision.{word}"] for word in WORDS}) == len(WORDS)


def test_the_spreadsheets_offer_every_decision():
    assert set(DECISION_WORDS) == set(WORDS)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_adds_to_what_every_mission_needs(function):
    for language in LANGUAGES:
        for section in SECTIONS:
            assert len(lines(section, function, language)) > len(lines(section, None, language))
