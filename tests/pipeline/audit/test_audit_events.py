"""A night that a gate refused says so where people look: in the report and in the log."""

from datetime import timedelta

import pytest

from data.errors import InputError
from pipeline.audit.events import refusal_told
from pipeline.audit.log import entries
from pipeline.nights.guard import GATES
from pipeline.trials.world import AS_OF, SETTINGS, publish_night, write_inbox


def told(runs):
    """The report of the refused night, and the gates that the log names last."""
    return (runs / "refused" / "report.html").read_text(), list(entries(runs))[-1].facts["gates"]


def test_a_refused_night_names_its_gate_in_the_report_and_the_log(tmp_path):
    inbox, runs = tmp_path / "inbox", tmp_path / "runs"
    write_inbox(inbox)
    with pytest.raises(InputError, match=r"^Gate `stale`: "):
        publish_night(inbox, runs, AS_OF + timedelta(days=60))
    report, gates = told(runs)
    assert "Nothing was published. Gate `stale`: The newest record is of " in report
    assert "run again with --accept stale." in report
    assert gates == ["stale"]
    assert not (runs / "current").exists()


def test_every_gate_that_refused_is_named(tmp_path):
    text = " ".join(f"Gate `{gate}`: too much." for gate in GATES)
    with pytest.raises(InputError), refusal_told(tmp_path, SETTINGS, AS_OF):
        raise InputError(text)
    report, gates = told(tmp_path)
    assert text in report
    assert gates == list(GATES)
