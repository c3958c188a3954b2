import json
import logging

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
