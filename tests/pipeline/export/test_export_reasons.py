"""Reasons of the gates in the reader's words, as the models really write them."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from models.facts import read_facts
from models.gates import GATES
from pipeline.export.catalogue import LANGUAGES, load_messages
from pipeline.export.reasons import flag_detail, reason

CANDIDATES = {
    "languages": [[{"code": "nl", "level": "B2"}, {"code": "fr", "level": None}], None, []],
    "available_from": [date(2026, 4, 3), None, date(2026, 2, 1)],
    "day_rate_eur": [1150.0, None, 700.0],
    "work_modes": [["remote"], None, ["hybrid", "onsite"]],
    "max_distance_km": [30.0, 50.0, None],
}
BRIEF = {
    "languages": [
        {"code": "nl", "level": "C1", "required": True},
        {"code": "fr", "level": None, "required": True},
        {"code": "xx", "level": "A1", "required": True},
    ],
    "start_date": date(2026, 3, 1),
    "day_rate_max_eur": 1000.0,
    "work_mode": "hybrid",
    "place": "Ghent",
}


@pytest.fixture
def context():
    facts = read_facts(pl.DataFrame(CANDIDATES))
    away = np.array([45.0, np.nan, 12.0])
    return SimpleNamespace(size=3, brief=BRIEF, ground=SimpleNamespace(facts=facts), distances=away)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gate", ["language", "availability", "day_rate", "place"])
def test_every_reason_of_a_gate_is_worded(gate, language, context):
    messages = load_messages(language)
    answered = GATES[gate](context)
    for candidate in range(context.size):
        told = answered.reason(candidate)

        worded = reason(gate, told, messages)

        assert worded != told
        assert not any(sign in worded for sign in "≤≥<>≠?")


def test_reasons_read_as_a_person_says_them():
    english, dutch = load_messages("en"), load_messages("nl")

    assert reason("language", "nl B2 < C1, fr ? B1", english) == (
        "Dutch B2, asked: Dutch C1; French: level not known, asked: French B1"
    )
    assert reason("day_rate", "1150 > 1000 EUR", dutch) == "vraagt € 1.150, budget € 1.000"
    assert reason("place", "hybrid ≠ remote", dutch) == "aanvraag: hybride; aanvaardt: op afstand"
    assert (
        reason("licence", "bar ?, VCA ✓", english) == "admission to the bar: not found; VCA: found"
    )


def test_a_reason_of_another_shape_stays():
    assert reason("day_rate", "ask the client", load_messages("fr")) == "ask the client"
    assert reason("horoscope", "Leo", load_messages("fr")) == "Leo"


def test_notes_on_files_are_worded():
    told = flag_detail("hidden_text", "hidden text removed: 1234 characters", load_messages("nl"))
    assert told == "verborgen tekens: 1.234"
    assert flag_detail("pasted_brief", "45%", load_messages("en")) == "45% of the brief"
