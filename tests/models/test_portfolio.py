from datetime import date

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linear_sum_assignment

from models.portfolio import assign

SPRING, AUTUMN = date(2027, 3, 1), date(2027, 10, 1)


def longlist(*rows):
    return pl.DataFrame(rows, schema=["brief_id", "candidate_id", "rank", "score"], orient="row")


def missions(*rows):
    schema = {"brief_id": pl.String, "start_date": pl.Date, "duration_months": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


UNKNOWN = missions(("B1", None, None), ("B2", None, None))


def test_nobody_is_given_twice_and_the_total_is_highest():
    both_want_anna = longlist(
        ("B1", "anna", 1, 0.9),
        ("B1", "bert", 2, 0.8),
        ("B2", "anna", 1, 0.7),
        ("B2", "cleo", 2, 0.3),
    )
    # 0.8 + 0.7 beats 0.9 + 0.3
    expected = [("B1", "bert", 2, 0.1), ("B2", "anna", 1, 0.0)]
    assert assign(both_want_anna, UNKNOWN, top=2).rows() == expected


def test_a_brief_whose_only_candidate_goes_elsewhere_stays_without():
    rows = longlist(("B1", "anna", 1, 0.9), ("B2", "anna", 1, 0.5))
    assert assign(rows, UNKNOWN, top=5)["brief_id"].to_list() == ["B1"]


@pytest.mark.parametrize(("months", "served"), [(6.0, ["B1", "B2"]), (9.0, ["B1"]), (None, ["B1"])])
def test_missions_one_after_the_other_may_share_a_candidate(months, served):
    rows = longlist(("B1", "anna", 1, 0.9), ("B2", "anna", 1, 0.5))
    briefs = missions(("B1", SPRING, months), ("B2", AUTUMN, 6.0))
    assert assign(rows, briefs, top=5)["brief_id"].to_list() == served


def test_who_is_below_the_shortlist_is_not_assigned():
    rows = longlist(("B1", "anna", 1, 0.9), ("B2", "anna", 1, 0.5), ("B2", "bert", 2, 0.4))
    assert assign(rows, UNKNOWN, top=1)["candidate_id"].to_list() == ["anna"]


def test_no_pairs_no_assignment():
    empty = longlist(("B1", "anna", 1, 0.9)).clear()
    assert assign(empty, UNKNOWN, top=3).is_empty()


def test_without_dates_it_is_the_assignment_problem():
    rng = np.random.default_rng(7)
    scores = rng.random((12, 9)).round(4)
    pairs = [
        (f"B{b:02}", f"C{c}", int(rank) + 1, float(scores[b, c]))
        for b in range(12)
        for rank, c in enumerate(np.argsort(-scores[b]))
    ]
    briefs = missions(*((f"B{b:02}", None, None) for b in range(12)))

    found = assign(longlist(*pairs), briefs, top=9)

    chosen = found.join(longlist(*pairs), on=["brief_id", "candidate_id"])
    assert found["candidate_id"].is_unique().all()
    best = scores[linear_sum_assignment(scores, maximize=True)].sum()
    assert chosen["score"].sum() == pytest.approx(best)


def test_a_mission_of_unknown_start_clashes_with_any():
    rows = longlist(("B1", "anna", 1, 0.9), ("B2", "anna", 1, 0.5))
    briefs = missions(("B1", None, 6.0), ("B2", AUTUMN, 6.0))
    assert assign(rows, briefs, top=5)["brief_id"].to_list() == ["B1"]
