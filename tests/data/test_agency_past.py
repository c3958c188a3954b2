"""A past played without documents is the past of the inbox with the same arguments."""

import csv
from pathlib import Path

from data.agency import write_agency
from data.agency.past import play_past


def test_a_past_without_documents_is_that_of_the_inbox(tmp_path: Path) -> None:
    write_agency(tmp_path, candidates=25, briefs=1, history_years=4, seed=5)
    history = play_past(candidates=25, history_years=4, seed=5).history
    with (tmp_path / "presentations.csv").open(encoding="utf-8", newline="") as file:
        written = [(row["brief_id"], row["candidate_id"]) for row in csv.DictReader(file)]
    assert written == [(row["brief_id"], row["candidate_id"]) for row in history.presentations]


def test_whoever_is_presented_was_considered() -> None:
    history = play_past(candidates=60, history_years=6, seed=2).history
    for brief_id, rows in history.presented.items():
        considered = history.considered[brief_id]
        assert set(rows) <= set(considered.rows)
        assert len(considered.rows) == len(considered.propensity) == len(considered.perceived)
