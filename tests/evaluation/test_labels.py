from datetime import date, timedelta

import polars as pl

from data.known import DECISION_DAYS
from evaluation.labels import outcome_labels

PRESENTED = {
    "brief_id": pl.String,
    "candidate_id": pl.String,
    "presented_at": pl.Date,
    "rank": pl.Int32,
    "propensity": pl.Float64,
    "decision": pl.String,
    "decided_at": pl.Date,
}
PLACED = {
    "brief_id": pl.String,
    "candidate_id": pl.String,
    "start_date": pl.Date,
    "planned_end": pl.Date,
    "actual_end": pl.Date,
    "outcome": pl.String,
    "cause": pl.String,
}
SHOWN = date(2025, 1, 1)


def presented(*decisions, brief="B1", on=None):
    rows = [(brief, f"C{n}", SHOWN, n, 0.5, word, on) for n, word in enumerate(decisions, start=1)]
    return pl.DataFrame(rows, schema=PRESENTED, orient="row")


def placed(end, outcome, cause=None, *, candidate="C1"):
    row = ("B1", candidate, date(2025, 2, 1), date(2025, 8, 1), end, outcome, cause)
    return pl.DataFrame([row], schema=PLACED, orient="row")


NOBODY = pl.DataFrame(schema=PLACED)


def one(labels, candidate="C1"):
    return labels.row(by_predicate=pl.col("candidate_id") == candidate, named=True)


def test_decisions_are_the_three_lowest_levels():
    labels = outcome_labels(presented("rejected", "interviewed", "selected", "withdrawn"), NOBODY)
    assert labels["grade"].to_list() == [0, 1, 2, 0]
    assert labels["success"].to_list() == [None] * 4
    assert one(labels)["decided_on"] == date(2025, 1, 31)


def test_an_open_decision_is_unknown_until_somebody_else_is_taken():
    waiting = outcome_labels(presented(None, "submitted", "interviewed"), NOBODY)
    assert waiting["grade"].to_list() == [None, None, 1]
    filled = outcome_labels(presented(None, "submitted", "selected"), NOBODY)
    assert filled["grade"].to_list() == [0, 0, 2]


def test_a_completed_and_an_extended_mission_are_the_two_highest():
    for outcome, grade in (("completed", 3), ("extended", 4), ("rehired", 4)):
        row = one(outcome_labels(presented("selected"), placed(date(2025, 8, 1), outcome)))
        assert (row["grade"], row["success"], row["ended_on"]) == (grade, True, date(2025, 8, 1))


def test_an_early_end_counts_against_the_manager_unless_the_client_caused_it():
    early = date(2025, 4, 1)
    own = one(outcome_labels(presented("selected"), placed(early, "selected", "candidate")))
    assert (own["grade"], own["success"], own["client_caused"]) == (2, False, False)
    theirs = one(outcome_labels(presented("selected"), placed(early, "selected", "client")))
    assert (theirs["grade"], theirs["success"], theirs["client_caused"]) == (2, None, True)


def test_a_running_mission_has_no_outcome():
    row = one(outcome_labels(presented("selected"), placed(None, "selected")))
    assert (row["grade"], row["success"], row["ended_on"]) == (2, None, None)


def test_a_placement_without_a_presentation_counts_as_presented():
    row = one(outcome_labels(presented("rejected"), placed(None, None, candidate="C7")), "C7")
    assert (row["presented"], row["decision"], row["grade"]) == (True, "selected", 2)


def test_a_decision_is_known_on_its_day_or_a_month_after_the_presentation():
    told = one(outcome_labels(presented("rejected", on=date(2025, 1, 9)), NOBODY))
    assert told["decided_on"] == date(2025, 1, 9)
    guessed = one(outcome_labels(presented("rejected"), NOBODY))
    assert guessed["decided_on"] == SHOWN + timedelta(days=DECISION_DAYS)
