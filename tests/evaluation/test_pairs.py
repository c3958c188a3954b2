from datetime import date

import polars as pl
import pytest

from evaluation.pairs import components, rescore, without


def table(*rows):
    columns = ["candidate_id", "x_a", "x_b"]
    kinds = {"x_a": pl.Float32, "x_b": pl.Float32}
    frame = pl.DataFrame(rows, schema=columns, orient="row", schema_overrides=kinds)
    return frame.with_columns(
        brief_id=pl.lit("B1"), received_at=date(2025, 1, 1), w_a=pl.lit(0.75), w_b=pl.lit(0.25)
    )


def test_the_score_is_the_rounded_sum_and_the_rank_its_order():
    scored = rescore(table(("C1", 0.2, 0.4), ("C2", 0.9, 0.1)))
    assert components(scored) == ["a", "b"]
    assert scored["candidate_id"].to_list() == ["C2", "C1"]
    assert scored["score"].to_list() == pytest.approx([0.75 * 0.9 + 0.25 * 0.1, 0.25])
    assert scored["rank"].to_list() == [1, 2]


def test_ties_fall_the_same_way_whatever_the_order_of_the_rows():
    rows = [(f"C{n}", 0.5, 0.5) for n in range(6)]
    one, other = rescore(table(*rows)), rescore(table(*rows[::-1]))
    assert one["candidate_id"].to_list() == other["candidate_id"].to_list()
    assert one["candidate_id"].to_list() != sorted(one["candidate_id"])  # by a hash, not by name


def test_without_a_component_the_others_share_its_weight():
    scored = without(table(("C1", 0.2, 0.4), ("C2", 0.9, 0.1)), "a")
    assert scored["candidate_id"].to_list() == ["C1", "C2"]
    assert scored["score"].to_list() == pytest.approx([0.4, 0.1])
    assert scored.select("w_a", "w_b").unique().rows() == [(0.0, 1.0)]
