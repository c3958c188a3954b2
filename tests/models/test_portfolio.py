import polars as pl

from models.portfolio import assign


def longlist(*rows):
    return pl.DataFrame(rows, schema=["brief_id", "candidate_id", "rank", "score"], orient="row")


def test_nobody_is_given_twice_and_the_total_is_highest():
    both_want_anna = longlist(
        ("B1", "anna", 1, 0.9),
        ("B1", "bert", 2, 0.8),
        ("B2", "anna", 1, 0.7),
        ("B2", "cleo", 2, 0.3),
    )
    # 0.8 + 0.7 beats 0.9 + 0.3
    assert assign(both_want_anna, top=2).rows() == [("B1", "bert", 2, 0.1), ("B2", "anna", 1, 0.0)]


def test_a_brief_whose_only_candidate_goes_elsewhere_stays_without():
    rows = longlist(("B1", "anna", 1, 0.9), ("B2", "anna", 1, 0.5))
    assert assign(rows, top=5)["brief_id"].to_list() == ["B1"]


def test_who_is_below_the_shortlist_is_not_assigned():
    rows = longlist(("B1", "anna", 1, 0.9), ("B2", "anna", 1, 0.5), ("B2", "bert", 2, 0.4))
    assert assign(rows, top=1)["candidate_id"].to_list() == ["anna"]


def test_no_pairs_no_assignment():
    empty = longlist(("B1", "anna", 1, 0.9)).clear()
    assert assign(empty, top=3).is_empty()
