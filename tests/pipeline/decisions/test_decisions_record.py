"""Decisions are people's: taken down once, with who, when and why, and never lost or made up."""

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.errors import InputError
from data.inbox import Inbox
from data.known import known_at
from data.schema import INBOX_TABLES
from pipeline.decisions.presentations import with_decisions
from pipeline.decisions.record import take_down
from pipeline.decisions.shown import with_history
from pipeline.decisions.store import Decision, forget, read_decisions


def decision(word="presented", **more):
    fields = {"brief_id": "B1", "candidate_id": "C1", "on": date(2026, 11, 20), "by": "Ann"}
    return Decision(**{**fields, "decision": word, **more})


def inbox(presentations=()):
    frames = {name: schema.create_empty() for name, schema in INBOX_TABLES.items()}
    rows = {
        "briefs": [{"brief_id": "B1"}, {"brief_id": "=B2"}],
        "candidates": [{"candidate_id": f"C{n}"} for n in (1, 2, 3)],
        "presentations": presentations,
    }
    for name, told in rows.items():
        schema = frames[name].schema
        frames[name] = pl.DataFrame([dict.fromkeys(schema) | row for row in told], schema=schema)
    empty = pl.DataFrame()
    return Inbox(**frames, quarantine=empty, counts=empty, warnings=[])


def told(inbox):
    columns = ["candidate_id", "presented_at", "rank", "decision", "reason"]
    return inbox.presentations.sort("candidate_id").select(columns).rows()


def test_a_decision_keeps_where_the_candidate_stood(runs, today):
    (made,) = take_down(runs, [decision()], today)

    assert (made.rank, made.score, made.propensity, made.weights_id) == (1, 0.7, 0.9, "w1")
    assert read_decisions(runs) == (made,)


def test_a_candidate_whom_a_gate_kept_off_can_be_decided_on(runs, today):
    (made,) = take_down(runs, [decision(candidate_id="C3")], today)

    assert (made.rank, made.score) == (None, None)


def test_the_same_decision_is_taken_down_once(runs, today):
    take_down(runs, [decision()], today)

    assert take_down(runs, [decision()], today) == ()
    assert len(read_decisions(runs)) == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"candidate_id": "C9"}, "no night has brief 'B1' with candidate 'C9'"),
        ({"decision": "rejected"}, "the client's reason"),
        ({"on": date(2026, 11, 23)}, "must not lie ahead"),
        ({"decision": None}, "both are empty"),
        ({"decision": None, "place": 1}, "who changed it and why"),
        ({"decision": None, "place": 0, "reason": "x"}, "from 1"),
    ],
)
def test_what_is_incomplete_is_refused_and_nothing_is_recorded(runs, today, changed, says):
    with pytest.raises(InputError, match=says):
        take_down(runs, [decision(candidate_id="C2"), replace(decision(), **changed)], today)

    assert read_decisions(runs) == ()


def test_every_decision_is_in_the_audit_log_without_names(runs, today):
    take_down(runs, [decision("rejected", reason="Ms Ypsilon was nearer", by="Ann")], today)

    log = (runs / "audit" / "log.jsonl").read_text()
    entry = json.loads(log.splitlines()[-1])
    assert entry["event"] == "decision"
    assert entry["facts"]["decision"] == "rejected"
    assert "Ypsilon" not in log
    assert "Ann" not in log


def test_files_are_added_and_never_changed(runs, today):
    take_down(runs, [decision()], today)
    before = {file: file.read_bytes() for file in (runs / "decisions").glob("*.jsonl")}

    take_down(runs, [decision("interviewed")], today)

    assert len(before) == 1
    assert all(file.read_bytes() == content for file, content in before.items())
    assert [made.decision for made in read_decisions(runs)] == ["presented", "interviewed"]


def test_a_write_that_was_cut_short_counts_for_nothing(runs, today):
    take_down(runs, [decision()], today)
    (runs / "decisions" / "000002.part").write_text('{"brief_id": "B')

    take_down(runs, [decision("interviewed")], today)

    assert len(read_decisions(runs)) == 2


def test_erasing_a_candidate_leaves_the_others(runs, today):
    take_down(runs, [decision(), decision(candidate_id="C2")], today)

    assert forget(runs, {"C1"}) == 1
    assert "C1" not in (runs / "decisions" / "000001.jsonl").read_text()
    assert [made.candidate_id for made in read_decisions(runs)] == ["C2"]


def test_decisions_become_presentations(runs, today):
    take_down(runs, [decision(on=date(2026, 11, 2))], today)
    take_down(runs, [decision("chosen", on=date(2026, 11, 20), reason="nearest")], today)

    assert told(with_decisions(inbox(), runs)) == [
        ("C1", date(2026, 11, 2), 1, "selected", "nearest")
    ]


def test_a_day_knows_only_what_was_decided_by_then(runs, today):
    take_down(runs, [decision(on=date(2026, 11, 2)), decision("chosen")], today)

    assert told(with_decisions(inbox(), runs, date(2026, 11, 1))) == []
    assert told(with_decisions(inbox(), runs, date(2026, 11, 19)))[0][3] == "submitted"
    assert told(with_decisions(inbox(), runs, date(2026, 11, 20)))[0][3] == "selected"
    everything = with_decisions(inbox(), runs)
    assert told(known_at(everything, date(2026, 11, 19)))[0][3] is None
    assert told(known_at(everything, date(2026, 11, 20)))[0][3] == "selected"


def test_the_export_keeps_its_rows_and_how_they_ended(runs, today):
    take_down(runs, [decision(), decision("interviewed", candidate_id="C2")], today)
    exported = [
        {"candidate_id": "C1", "decision": "selected"},
        {"candidate_id": "C2", "decision": None},
        {"candidate_id": "C3", "decision": "withdrawn"},
    ]
    base = {"brief_id": "B1", "presented_at": date(2026, 11, 3), "rank": 7}
    before = inbox([base | row for row in exported])

    after = with_decisions(before, runs)

    assert [(row[0], row[1], row[2], row[3]) for row in told(after)] == [
        ("C1", date(2026, 11, 3), 7, "selected"),
        ("C2", date(2026, 11, 3), 7, "interviewed"),
        ("C3", date(2026, 11, 3), 7, "withdrawn"),
    ]


def test_an_own_order_sets_the_rank_but_presents_nobody(runs, today):
    moved = decision(None, candidate_id="C2", place=1, reason="knows the client")
    take_down(runs, [moved], today)
    assert told(with_decisions(inbox(), runs)) == []

    take_down(runs, [decision(candidate_id="C2")], today)
    assert told(with_decisions(inbox(), runs))[0][:4] == (
        "C2",
        date(2026, 11, 20),
        1,
        "submitted",
    )


def test_the_tool_rejects_nobody_by_itself(runs, today, shortlists):
    assert with_decisions(inbox(), runs).presentations.is_empty()
    assert with_history(shortlists, runs, today) == shortlists
    take_down(runs, [decision("chosen")], today)  # choosing one says nothing on the others

    after = with_decisions(inbox(), runs).presentations
    everything = " ".join(file.read_text() for file in (runs / "decisions").glob("*.jsonl"))

    assert after.height == 1
    assert "rejected" not in everything


def test_the_next_shortlist_shows_what_was_decided(runs, today, shortlists):
    take_down(runs, [decision(on=date(2026, 11, 2)), decision("interviewed")], today)

    first, other = with_history(shortlists, runs, today)

    assert [made.decision for made in first.explanations[0].decided] == ["interviewed", "presented"]
    assert first.explanations[1].decided == ()
    assert other.decided == ()
