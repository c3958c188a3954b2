from datetime import date

import polars as pl
import pytest

from data.cv.frames import read_cvs
from data.schema.words import DIMENSIONS
from models.adaptability.ledger import LEDGER
from pipeline.stages.intake import Reading
from pipeline.stages.signals import levels, read_ledger

EVENT = ("C1", "learning", 0.5, 3, "learnt it in a month", None, None, None)


def test_everybody_with_an_event_has_a_level_in_every_dimension():
    table = levels(pl.DataFrame([EVENT], schema=LEDGER, orient="row"), date(2026, 11, 22))
    assert table.height == len(DIMENSIONS)
    shown = dict(table.select("dimension", "level").iter_rows())
    assert shown["learning"] > 0
    assert shown["stress"] == 0


def test_a_pool_without_an_event_has_no_levels():
    assert levels(pl.DataFrame(schema=LEDGER), date(2026, 11, 22)).is_empty()


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """A reading of two CVs, and the candidates whose CVs were read for events, call by call."""
    read: list[list[str]] = []

    def events(documents, passages, reader, embed, experiences):
        read.append(documents["candidate_id"].to_list())
        rows = [(c, *EVENT[1:]) for c in read[-1] if c != "C2"]
        return pl.DataFrame(rows, schema=LEDGER, orient="row")

    monkeypatch.setattr("pipeline.stages.signals.read_events", events)
    monkeypatch.setattr("pipeline.stages.signals.load_reader", lambda encoder: None)

    def make(**texts: str):
        frame = pl.DataFrame({"candidate_id": list(texts), "text": list(texts.values())})
        documents, passages, experiences = read_cvs(frame)
        nothing = pl.DataFrame()
        return Reading(
            documents=documents,
            passages=passages,
            experiences=experiences,
            unreadable=nothing,
            merged=nothing,
        )

    make.read = read
    return make


def test_an_unchanged_cv_is_not_read_for_events_again(reading, tiny_encoder, tmp_path):
    cvs = {"C1": "Led a plant through a crisis.", "C2": "Skills: SAP"}

    def ledger(**texts):
        return read_ledger(reading(**texts), tiny_encoder, lambda count: None, tmp_path)

    first = ledger(**cvs)
    assert first["candidate_id"].to_list() == ["C1"]
    assert ledger(**cvs).equals(first)
    assert ledger(**cvs, C3="Built a team.")["candidate_id"].to_list() == ["C1", "C3"]
    assert ledger(**cvs | {"C1": "Led two plants."}).equals(first)
    assert reading.read == [["C1", "C2"], ["C3"], ["C1"]]


def test_the_kept_ledger_is_the_one_that_was_read(reading, tiny_encoder, tmp_path):
    cvs = reading(C1="Led a plant through a crisis.", C2="Skills: SAP")
    plain = read_ledger(cvs, tiny_encoder, lambda count: None)
    assert read_ledger(cvs, tiny_encoder, lambda count: None, tmp_path).equals(plain)
