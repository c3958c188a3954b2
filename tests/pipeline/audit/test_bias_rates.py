"""Rates, impact ratios and attention of groups against figures worked out by hand."""

import math

import polars as pl
import pytest

from pipeline.audit.bias_exposure import exposure
from pipeline.audit.bias_rates import applications, detectable, needed, rates


def people(**sizes):
    """candidate_id, group: a group of each size."""
    rows = [(f"{group}{n:04d}", group) for group, size in sizes.items() for n in range(size)]
    return pl.DataFrame(rows, schema=["candidate_id", "group"], orient="row")


def cases(groups, **hits):
    """One brief; of each group so many are selected and so many score above the median."""
    selected, above = {}, {}
    for group, (chosen, high) in hits.items():
        for n, one in enumerate(groups.filter(group=group)["candidate_id"]):
            selected[one], above[one] = n < chosen, n < high
    return pl.DataFrame(
        {
            "brief_id": ["B1"] * len(selected),
            "candidate_id": list(selected),
            "rank": range(1, len(selected) + 1),
            "selected": selected.values(),
            "above": above.values(),
        }
    )


def worked(sizes, hits):
    groups = people(**sizes)
    return {group.name: group for group in rates(cases(groups, **hits), groups)}


# Sizes of the groups, (selected, above the median) in each, and each group's selection rate,
# selection impact ratio, scoring rate and scoring impact ratio; the ratio is to the highest rate.
FIXTURES = {
    "equal groups": (
        {"a": 20, "b": 20},
        {"a": (5, 10), "b": (5, 10)},
        {"a": (5 / 20, 1.0, 10 / 20, 1.0), "b": (5 / 20, 1.0, 10 / 20, 1.0)},
    ),
    "half as often selected": (
        {"a": 20, "b": 20},
        {"a": (8, 12), "b": (4, 8)},
        {"a": (8 / 20, 1.0, 12 / 20, 1.0), "b": (4 / 20, 4 / 8, 8 / 20, 8 / 12)},
    ),
    "groups of other sizes": (
        {"a": 40, "b": 10},
        {"a": (10, 20), "b": (2, 5)},
        {"a": (10 / 40, 1.0, 20 / 40, 1.0), "b": (2 / 10, (2 / 10) / (10 / 40), 5 / 10, 1.0)},
    ),
    "the smaller group is ahead": (
        {"a": 40, "b": 10},
        {"a": (10, 18), "b": (5, 7)},
        {
            "a": (10 / 40, (10 / 40) / (5 / 10), 18 / 40, (18 / 40) / (7 / 10)),
            "b": (5 / 10, 1.0, 7 / 10, 1.0),
        },
    ),
    "three groups": (
        {"a": 20, "b": 20, "c": 10},
        {"a": (10, 10), "b": (5, 10), "c": (4, 5)},
        {
            "a": (10 / 20, 1.0, 10 / 20, 1.0),
            "b": (5 / 20, 5 / 10, 10 / 20, 1.0),
            "c": (4 / 10, (4 / 10) / (10 / 20), 5 / 10, 1.0),
        },
    ),
    "nobody of a group is selected": (
        {"a": 20, "b": 20},
        {"a": (4, 15), "b": (0, 5)},
        {"a": (4 / 20, 1.0, 15 / 20, 1.0), "b": (0.0, 0.0, 5 / 20, 5 / 15)},
    ),
    "nobody at all is selected": (
        {"a": 20, "b": 20},
        {"a": (0, 10), "b": (0, 10)},
        {"a": (0.0, None, 10 / 20, 1.0), "b": (0.0, None, 10 / 20, 1.0)},
    ),
    "a single group has no ratio": (
        {"a": 20},
        {"a": (5, 10)},
        {"a": (5 / 20, None, 10 / 20, None)},
    ),
    "four fifths exactly": (
        {"a": 10, "b": 10},
        {"a": (5, 5), "b": (4, 4)},
        {"a": (5 / 10, 1.0, 5 / 10, 1.0), "b": (4 / 10, 4 / 5, 4 / 10, 4 / 5)},
    ),
    "a hidden group is no reference": (
        {"a": 20, "b": 20, "c": 9},
        {"a": (8, 10), "b": (4, 10), "c": (9, 9)},
        {"a": (8 / 20, 1.0, 10 / 20, 1.0), "b": (4 / 20, 4 / 8, 10 / 20, 1.0), "c": None},
    ),
    "ten people are shown": (
        {"a": 10, "b": 11},
        {"a": (1, 5), "b": (2, 5)},
        {
            "a": (1 / 10, (1 / 10) / (2 / 11), 5 / 10, 1.0),
            "b": (2 / 11, 1.0, 5 / 11, (5 / 11) / (5 / 10)),
        },
    ),
}


@pytest.mark.parametrize("name", FIXTURES)
def test_rates_and_impact_ratios_are_those_worked_out_by_hand(name):
    sizes, hits, expected = FIXTURES[name]
    found = worked(sizes, hits)
    assert found.keys() == expected.keys()
    for group, figures in expected.items():
        if figures is None:
            assert found[group].hidden
            assert found[group].selection is found[group].scoring is None
            continue
        told = found[group]
        got = (told.selection.rate, told.selection.ratio, told.scoring.rate, told.scoring.ratio)
        assert got == pytest.approx(figures, abs=1e-12)
        assert told.people == sizes[group]


def test_unknown_people_count_nowhere():
    groups = people(a=20, b=20)
    all_cases = cases(groups, a=(8, 10), b=(4, 10))
    known = groups.with_columns(
        group=pl.when(pl.col("candidate_id") < "a0005").then(None).otherwise("group")
    )
    a = {group.name: group for group in rates(all_cases, known)}["a"]
    assert (a.people, a.selection.rate) == (15, 3 / 15)


def test_a_person_before_ten_briefs_is_one_person():
    groups = people(a=10, b=10)
    one = cases(groups, a=(2, 5), b=(1, 5))
    ten = pl.concat([one.with_columns(brief_id=pl.lit(f"B{n}")) for n in range(10)])
    a, b = rates(ten, groups)
    assert (a.people, a.selection.cases, a.selection.positive) == (10, 100, 20)
    assert b.selection.ratio == 10 / 20


def test_who_a_gate_stopped_was_considered_and_not_scored():
    longlist = pl.DataFrame(
        {
            "brief_id": ["B1"] * 4 + ["B2"],
            "candidate_id": ["C1", "C2", "C3", "C4", "C1"],
            "rank": [1, 2, 3, 4, 1],
            "score": [0.9, 0.5, 0.4, 0.1, 0.3],
        }
    )
    stopped = pl.DataFrame({"brief_id": ["B2", "B2", "B2"], "candidate_id": ["C2", "C2", "C3"]})
    found = applications(longlist, stopped, 2).sort("brief_id", "candidate_id")
    assert found["selected"].to_list() == [True, True, False, False, True, False, False]
    assert found["above"].to_list() == [True, True, False, False, False, None, None]


@pytest.mark.parametrize(
    ("rate", "least"),
    [(0.5, 162), (0.1, 1450), (0.2, math.ceil(1450 / 9 * 0.8 / 0.2))],
)
def test_the_sizes_from_which_a_ratio_means_something(rate, least):
    assert needed(rate) == least
    sizes = {"a": 170, "b": 170}
    scoring = worked(sizes, {"a": (17, 85), "b": (17, 85)})["a"].scoring
    assert scoring.sufficient(162)
    assert not scoring.sufficient(161)


def test_the_smallest_detectable_effect():
    # ln r = -(1.96 + 0.8416) sqrt((1 - p) / p (1 / n + 1 / m)): at p = .5 and 100 a group
    # -2.8016 x sqrt(2 / 100) = -0.3962, so r = 0.673.
    assert detectable(0.5, 100, 100) == pytest.approx(math.exp(-2.8016 * math.sqrt(0.02)), abs=1e-4)
    assert detectable(0.5, 100, 0) is None
    assert detectable(0.0, 100, 100) is None


def test_exposure_is_the_worth_of_places_for_the_mean():
    # Ranks 1 and 3 of a (worth 1 and 1 / 2), rank 7 of b (1 / 3), nobody else: two people a group.
    groups = people(a=2, b=2)
    shown = pl.DataFrame(
        {
            "candidate_id": groups["candidate_id"],
            "rank": [1, 3, 7, 9],
            "selected": [True, True, True, False],
        }
    )
    found = exposure(shown, groups, permutations=4000)
    mean = (1 + 1 / 2 + 1 / 3) / 4
    assert found["a"].relative == pytest.approx((1 + 1 / 2) / 2 / mean)
    assert found["b"].relative == pytest.approx(1 / 3 / 2 / mean)
    # Of the six ways to give two people the group a, only the best two and the worst two differ
    # from the mean as much.
    assert found["a"].p == pytest.approx(2 / 6, abs=0.03)
    assert found["a"].low < 1 < found["a"].high


def test_equal_attention_is_never_unusual():
    groups = people(a=10, b=10)
    shown = groups.with_columns(rank=1, selected=True)
    assert {one.p for one in exposure(shown, groups).values()} == {1.0}
