import polars as pl
import pytest

from evaluation.runs import correlation, evaluate, ranked, summary

JUDGEMENTS = pl.DataFrame(
    {
        "brief_id": ["B1", "B1", "B1", "B2"],
        "candidate_id": ["a", "b", "c", "a"],
        "grade": [2, 0, 1, 3],
    }
)


def run_of(*rows):
    return pl.DataFrame(rows, schema=["brief_id", "candidate_id", "score"], orient="row")


def test_condensed_lists_drop_the_unjudged_and_put_the_missing_last():
    run = run_of(("B1", "x", 9.0), ("B1", "b", 5.0), ("B1", "c", 7.0))
    order = ranked(run, JUDGEMENTS).filter(pl.col("brief_id") == "B1")["candidate_id"].to_list()
    assert order == ["c", "b", "a"]


def test_full_lists_keep_the_unjudged_with_grade_zero():
    run = run_of(("B1", "x", 9.0), ("B1", "a", 5.0))
    full = ranked(run, JUDGEMENTS, condensed=False).filter(pl.col("brief_id") == "B1")
    assert full["candidate_id"].to_list()[:2] == ["x", "a"]
    assert full["grade"].to_list()[:2] == [0, 2]


def test_ties_are_broken_by_candidate_whatever_the_order_of_the_input():
    rows = [("B1", "c", 1.0), ("B1", "a", 1.0), ("B1", "b", 1.0)]
    one, other = ranked(run_of(*rows), JUDGEMENTS), ranked(run_of(*rows[::-1]), JUDGEMENTS)
    assert one.equals(other)


def test_a_brief_that_the_run_leaves_out_scores_zero():
    run = run_of(("B1", "a", 3.0), ("B1", "c", 2.0), ("B1", "b", 1.0))
    table = evaluate(run, JUDGEMENTS, ["ndcg@10", "mrr"])
    assert table.filter(pl.col("brief_id") == "B1").row(0) == ("B1", 1.0, 1.0)
    assert table.filter(pl.col("brief_id") == "B2").row(0) == ("B2", 0.0, 0.0)


def test_summary_has_the_mean_over_briefs():
    run = run_of(("B1", "a", 3.0), ("B1", "c", 2.0), ("B1", "b", 1.0))
    line = summary(evaluate(run, JUDGEMENTS, ["ndcg@10"])).row(0, named=True)
    assert line["measure"] == "ndcg@10"
    assert line["briefs"] == 2
    assert line["mean"] == pytest.approx((1.0 + 0.0) / 2)


def test_correlation_is_spearmans_inside_each_brief():
    graded = pl.DataFrame(
        {
            "brief_id": ["B1"] * 4 + ["B2"] * 2,
            "candidate_id": ["a", "b", "c", "d", "a", "b"],
            "technical": [3, 2, 1, 0, 1, 1],
        }
    )
    run = pl.DataFrame(
        {
            "brief_id": ["B1"] * 3 + ["B2"] * 2,
            "candidate_id": ["a", "b", "c", "a", "b"],
            "x_technical": [0.9, 0.5, 0.7, 0.1, 0.2],
        }
    )
    # Ranks 4 2 3 1 (d, which the run lacks, last) against 4 3 2 1: 1 - 6·(0+1+1+0) / (4·15)
    found = dict(correlation(run, graded, "x_technical", "technical").iter_rows())
    assert found["B1"] == pytest.approx(1 - 6 * 2 / (4 * (4**2 - 1)))
    assert found["B2"] is None
