"""No night knows the future."""

import json
from datetime import date

import pytest

from data.inbox import InboxSettings, read_inbox
from data.known import DECISION_DAYS, known_at, open_briefs

PLAIN = InboxSettings()
TODAY = date(2026, 6, 1)
PAIR = {"brief_id": "B1", "candidate_id": "C1"}


@pytest.fixture
def inbox_of(tmp_path):
    def build(**tables):
        defaults = {
            "candidates": [{"candidate_id": "C1", "cv_text": "CV"}],
            "briefs": [{"brief_id": "B1", "title": "CFO", "received_at": "2026-05-01"}],
        }
        for name, rows in (defaults | tables).items():
            lines = "\n".join(json.dumps(row) for row in rows)
            (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        return read_inbox(tmp_path, PLAIN)

    return build


def test_the_latest_version_known_on_the_day(inbox_of):
    days = ["2026-05-01", "2026-05-20", "2026-06-02"]
    briefs = [
        {"brief_id": "B1", "version": number, "title": f"version {number}", "received_at": day}
        for number, day in enumerate(days, start=1)
    ]
    inbox = inbox_of(briefs=briefs)
    assert known_at(inbox, TODAY).briefs.get_column("title").to_list() == ["version 2"]
    assert known_at(inbox, date(2026, 4, 1)).briefs.is_empty()


def test_an_outcome_is_known_once_the_mission_has_ended(inbox_of):
    mission = PAIR | {
        "placement_id": "P1",
        "start_date": "2026-01-01",
        "planned_end": "2026-05-01",
        "actual_end": "2026-05-15",
        "outcome": "extended",
        "client_rating": 5,
        "days_to_productive": 30,
    }
    inbox = inbox_of(placements=[mission])
    before = known_at(inbox, date(2026, 5, 14)).placements
    unknown = ["actual_end", "outcome", "client_rating"]
    assert before.select(unknown).row(0) == (None, None, None)
    assert before.item(0, "planned_end") == date(2026, 5, 1)
    assert before.item(0, "days_to_productive") == 30
    assert known_at(inbox, date(2026, 1, 30)).placements.item(0, "days_to_productive") is None
    assert known_at(inbox, date(2026, 5, 15)).placements.item(0, "outcome") == "extended"
    assert known_at(inbox, date(2025, 12, 31)).placements.is_empty()


def test_feedback_follows_its_day_and_its_mission(inbox_of):
    mission = PAIR | {"placement_id": "P1", "start_date": "2026-05-01"}
    remarks = [
        {"placement_id": "P1", "date": day, "aspect": "scope"}
        for day in ("2026-05-20", "2026-06-20")
    ]
    inbox = inbox_of(placements=[mission], feedback=remarks)
    assert known_at(inbox, TODAY).feedback.height == 1


def test_a_replay_does_not_know_young_decisions_and_a_live_night_does(inbox_of):
    presented = PAIR | {"presented_at": "2026-05-20", "decision": "selected"}
    live = inbox_of(presentations=[presented])
    assert known_at(live, TODAY).presentations.item(0, "decision") == "selected"
    assert known_at(live, TODAY).warnings == []
    later = {"brief_id": "B2", "title": "CEO", "received_at": "2026-08-01"}
    replay = inbox_of(
        presentations=[presented],
        briefs=[{"brief_id": "B1", "title": "CFO", "received_at": "2026-05-01"}, later],
    )
    assert known_at(replay, TODAY).presentations.item(0, "decision") is None
    assert "this is a replay" in known_at(replay, TODAY).warnings[0]
    assert (date(2026, 7, 1) - date(2026, 5, 20)).days > DECISION_DAYS
    assert known_at(replay, date(2026, 7, 1)).presentations.item(0, "decision") == "selected"


def test_a_candidate_updated_later_is_kept_without_availability_and_counted(inbox_of):
    candidate = {
        "candidate_id": "C1",
        "cv_text": "CV",
        "available_from": "2026-09-01",
        "last_contact": "2026-07-01",
        "updated_at": "2026-07-01",
    }
    inbox = inbox_of(candidates=[candidate])
    known = known_at(inbox, TODAY)
    assert known.candidates.select("available_from", "last_contact").row(0) == (None, None)
    assert any("1 rows were updated after 2026-06-01" in warning for warning in known.warnings)
    assert known_at(inbox, date(2026, 7, 1)).candidates.item(0, "available_from") is not None


def test_an_experience_of_later_is_gone_and_one_that_ends_later_goes_on(inbox_of):
    experiences = [
        {"candidate_id": "C1", "start": "2026-01-01", "end": "2026-09-01"},
        {"candidate_id": "C1", "start": "2026-07-01"},
    ]
    known = known_at(inbox_of(experiences=experiences), TODAY).experiences
    assert known.select("start", "end").rows() == [(date(2026, 1, 1), None)]


def test_a_dated_decision_is_known_from_its_day_in_any_night_and_replay(inbox_of):
    decided = {"presented_at": "2026-05-20", "decision": "selected", "decided_at": "2026-05-25"}
    inbox = inbox_of(presentations=[PAIR | decided])

    def decision(day):
        return known_at(inbox, day).presentations.item(0, "decision")

    assert decision(date(2026, 5, 24)) is None
    assert decision(date(2026, 5, 25)) == "selected"


def test_knowing_twice_changes_nothing(inbox_of):
    presented = PAIR | {"presented_at": "2026-05-20", "decision": "selected"}
    once = known_at(inbox_of(presentations=[presented]), TODAY)
    twice = known_at(once, TODAY)
    assert twice.presentations.equals(once.presentations)
    assert twice.briefs.equals(once.briefs)


def test_open_briefs_are_recent_and_wait_for_somebody(inbox_of):
    received = {"B1": "2026-05-01", "B2": "2026-05-02", "B3": "2025-01-01", "B4": None}
    briefs = [
        {"brief_id": name, "title": "CFO", "received_at": day} for name, day in received.items()
    ]
    inbox = inbox_of(
        briefs=briefs,
        presentations=[PAIR | {"presented_at": "2026-05-03", "decision": "selected"}],
    )
    assert open_briefs(inbox, TODAY, PLAIN).get_column("brief_id").to_list() == ["B2", "B4"]
    wide = InboxSettings(open_days=1000)
    assert open_briefs(inbox, TODAY, wide).get_column("brief_id").to_list() == ["B2", "B3", "B4"]


def test_a_mission_that_started_fills_its_brief(inbox_of):
    mission = PAIR | {"placement_id": "P1", "start_date": "2026-05-20"}
    inbox = inbox_of(placements=[mission])
    assert open_briefs(inbox, TODAY, PLAIN).is_empty()
    assert open_briefs(inbox, date(2026, 5, 19), PLAIN).height == 1
