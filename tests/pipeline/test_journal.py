import json
import logging
from itertools import count

import pytest

from pipeline.journal import Journal, JsonLines, Lines, open_journal


def test_seconds_and_warnings_are_kept_for_the_manifest(capsys):
    journal = Journal(Lines())
    with journal.stage("read", total=3) as done:
        done(3)
    journal.warn("two rows had no date")
    assert list(journal.seconds) == ["read"]
    assert journal.warnings == ["two rows had no date"]
    assert "warning: two rows had no date" in capsys.readouterr().err


def test_machines_get_one_json_object_a_line(capsys):
    journal = Journal(JsonLines())
    with journal.stage("match"):
        journal.info("half-way")
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [event["event"] for event in events] == ["begin", "info", "end"]
    assert events[0] == {"event": "begin", "stage": "match", "total": None}


def test_warnings_of_libraries_are_heard_through_the_journal(capsys):
    journal = open_journal()
    logging.getLogger("models.cache").warning("a segment is damaged")
    assert journal.warnings == ["a segment is damaged"]
    logging.getLogger().handlers.clear()


@pytest.fixture
def half_minutes(monkeypatch):
    """Every look at the clock is half a minute after the one before."""
    clock = count(0, 30)
    monkeypatch.setattr("pipeline.journal.time.monotonic", lambda: next(clock))


def test_a_long_stage_tells_how_far_it_is_and_how_long_it_takes(half_minutes, capsys):
    with Journal(JsonLines()).stage("embed", total=1_000) as done:
        done(400)  # known from earlier nights: they say nothing of the speed
        for _ in range(4):
            done(100)
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    told = [(one["done"], one["seconds_left"]) for one in events if one["event"] == "progress"]
    assert told == [(500, 500 * 30 / 100), (700, 300 * 30 / 100)]


def test_a_line_names_the_time_at_which_a_stage_may_end(half_minutes, capsys):
    with Journal(Lines()).stage("embed", total=30) as done:
        for _ in range(3):
            done(10)
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if line.startswith("embed: 20 of 30, until about 20")]
