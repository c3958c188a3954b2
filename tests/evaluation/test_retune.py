"""Learning weights: the known ones are found, inside the bounds, from what was known in time."""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from data.errors import InputError
from evaluation.retune.learn import RetuneSettings, retune, rounded, set_apart, units
from evaluation.retune.preferences import pooled, preferences
from evaluation.retune.ranker import PairwiseRanker, shares, unbound, within
from evaluation.retune.selection import selection_weights
from evaluation.retune.validation import forward, right, score, split

TRUE = {"technical": 0.6, "adaptability": 0.3, "sector": 0.1}
EQUAL = dict.fromkeys(TRUE, 1 / 3)
ANY = dict.fromkeys(TRUE, (0.0, 1.0))
START = date(2024, 1, 1)
HOW = RetuneSettings(objective="placement", draws=20, folds=1, seed=3)


def world(briefs=150, shown=4, seed=0, steep=12.0):
    """Clients take one of the shown by true weights and Gumbel noise; missions go by them too."""
    rng = np.random.default_rng(seed)
    rows = []
    for brief in range(briefs):
        demand = rng.random()
        x = rng.random((2 * shown, 3))
        worth = x @ [0.6, 0.3 * (0.5 + demand), 0.1]
        taken = np.argmax(steep * worth[:shown] + rng.gumbel(size=shown))
        came = START + timedelta(days=3 * brief)
        for i in range(2 * shown):
            ok = (
                bool(rng.random() < 1 / (1 + np.exp(-steep * (worth[i] - 0.5))))
                if i == taken
                else None
            )
            rows.append(
                {
                    "brief_id": f"B{brief:04d}",
                    "candidate_id": f"C{i}",
                    "received_at": came,
                    "function": "finance",
                    "demand": demand,
                    **dict(zip([f"x_{name}" for name in TRUE], x[i], strict=True)),
                    "presented": i < shown,
                    "propensity": 0.5 if i < shown else None,
                    "decision": None if i >= shown else "selected" if i == taken else "rejected",
                    "grade": None if i >= shown else (3 if ok else 2) if i == taken else 0,
                    "client_caused": False,
                    "success": ok,
                    "decided_on": came + timedelta(days=30) if i < shown else None,
                    "ended_on": came + timedelta(days=200) if i == taken else None,
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


@pytest.fixture(scope="module")
def pairs():
    return world()


def test_decisions_prefer_whom_the_client_took(pairs):
    told = preferences(pairs, "placement")
    assert len(told) == 150 * 3  # the taken one of four before each of the others
    assert told.size == 150
    assert (told.briefs[:, 0] == told.briefs[:, 1]).all()
    assert told.weight.sum() == pytest.approx(1.0)


def test_who_withdrew_says_nothing(pairs):
    gone = pairs.with_columns(
        decision=pl.when(pl.col("decision") == "rejected")
        .then(pl.lit("withdrawn"))
        .otherwise("decision")
    )
    assert len(preferences(gone, "placement")) == 0


def test_missions_prefer_what_went_well_and_leave_out_what_the_client_caused(pairs):
    told = preferences(pairs, "outcome")
    known = pairs.filter(pl.col("success").is_not_null())
    assert told.size <= known.height
    spoilt = known["brief_id"][0]
    without = pairs.with_columns(
        success=pl.when(pl.col("brief_id") == spoilt).then(None).otherwise("success")
    )
    names = pairs["brief_id"].unique().sort().to_list()
    assert names.index(spoilt) not in preferences(without, "outcome").briefs


def test_both_kinds_have_the_same_say(pairs):
    parts = [preferences(pairs, name) for name in ("placement", "outcome")]
    both = pooled(parts)
    assert both.weight[: len(parts[0])].sum() == pytest.approx(0.5)


def test_an_unknown_objective_is_named(pairs):
    with pytest.raises(ValueError, match="placement, outcome, blend"):
        preferences(pairs, "turnover")


def test_the_ranker_finds_the_weights():
    told = preferences(world(briefs=1500, steep=30.0), "placement")
    ranker = PairwiseRanker(EQUAL, ANY).fit(told.gain, told.weight)
    assert ranker.weights_ == pytest.approx(TRUE, abs=0.03)
    assert shares(unbound(told.gain, told.weight), told.names) == pytest.approx(
        list(TRUE.values()), abs=0.03
    )


def test_weights_stay_inside_the_bounds_and_near_the_champion(pairs):
    told = preferences(pairs, "placement")
    bounds = {"technical": (0.2, 0.4), "adaptability": (0.1, 0.5), "sector": (0.25, 0.6)}
    inside = PairwiseRanker(EQUAL, bounds).fit(told.gain, told.weight).weights_
    assert all(bounds[name][0] <= inside[name] <= bounds[name][1] for name in TRUE)
    assert sum(inside.values()) == pytest.approx(1.0)
    pulled = PairwiseRanker(EQUAL, ANY, strength=1e3).fit(told.gain, told.weight).weights_
    assert pulled == pytest.approx(EQUAL, abs=0.01)


def test_a_projection_moves_all_alike_and_needs_room():
    low, high = np.zeros(3), np.array([0.5, 1.0, 1.0])
    assert within(np.array([0.9, 0.2, 0.1]), low, high) == pytest.approx([0.5, 0.3, 0.2])
    with pytest.raises(ValueError, match="Widen the envelope"):
        within(np.ones(3) / 3, low, np.full(3, 0.2))


def test_selection_weights_lift_whom_only_chance_brought(pairs):
    rare = pairs.with_columns(
        propensity=pl.when(pl.col("candidate_id") == "C0").then(0.1).otherwise("propensity")
    )
    weight = rare.with_columns(w=selection_weights(rare, clip=3.0)).filter("presented")
    mean = dict(weight.group_by("candidate_id").agg(pl.col("w").mean()).iter_rows())
    assert mean["C0"] == pytest.approx(3.0)  # 0.5 / 0.1, cut
    assert mean["C1"] == pytest.approx(1.0, abs=0.1)
    assert selection_weights(rare, clip=0.0).unique().to_list() == [1.0]
    unlogged = pairs.with_columns(propensity=pl.lit(None, dtype=pl.Float64))
    assert selection_weights(unlogged, clip=3.0).unique().to_list() == [1.0]


def test_a_fold_learns_from_what_was_known_before_it_began(pairs):
    day = (START + timedelta(days=300) - date(1970, 1, 1)).days  # the 100th brief came
    fold = split(pairs, day, day + 30, "placement", clip=1.0, seed=0)
    assert fold.train.size == (300 - 30) // 3  # decisions take 30 days to be known
    assert fold.train.known.max() < day
    assert fold.test.size == 10
    missions = split(pairs, day, day + 30, "outcome", clip=1.0, seed=0)
    assert missions.train.known.max() < day
    assert missions.train.size <= 34  # came in the first 100 days, so that they ended in time


def test_folds_go_forward(pairs):
    folds = forward(pairs, "placement", folds=3, clip=1.0, seed=0)
    assert [fold.test.size for fold in folds] == [30, 30, 30]
    assert [fold.train.size for fold in folds] == [50, 80, 110]  # less the last 30 days


def test_a_score_counts_ties_half_and_draws_whole_briefs(pairs):
    told = preferences(pairs, "placement")
    assert right(np.array([0.2, 0.0, -1.0])).tolist() == [1.0, 0.5, 0.0]
    same = score([told], [np.ones(len(told))], seed=0)
    assert (same.mean, same.low, same.high) == pytest.approx((1.0, 1.0, 1.0))
    half = score([told], [(told.briefs[:, 0] % 2).astype(float)], seed=0)
    assert half.low < half.mean < half.high


@pytest.fixture(scope="module")
def learnt(pairs):
    steps = []
    return retune(pairs, EQUAL, ANY, HOW, steps.append), sum(steps)


def test_retuning_finds_the_order_and_tells_its_progress(learnt):
    found = {name: one.challenger for name, one in learnt[0].weights.items()}
    assert found["technical"] > found["adaptability"] > found["sector"]
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-12)
    assert learnt[0].held_out.gain.mean > 0
    assert learnt[1] == units(HOW)


def test_the_hold_out_is_never_learnt_from_and_equal_input_gives_equal_weights(pairs, learnt):
    seen, _ = set_apart(pairs, HOW)
    held = ~pl.col("brief_id").is_in(seen["brief_id"].unique().implode())
    turned = pairs.with_columns(  # the held-out briefs prefer the worst
        pl.when(held).then(1 - pl.col(f"x_{name}")).otherwise(f"x_{name}").alias(f"x_{name}")
        for name in TRUE
    )
    other = retune(turned, EQUAL, ANY, HOW)
    assert other.weights == learnt[0].weights
    assert other.cross_validated == learnt[0].cross_validated
    assert learnt[0].held_out.challenger.mean > 0.5 > other.held_out.challenger.mean


def test_too_little_past_is_refused_with_a_way_out(pairs):
    few = pairs.filter(pl.col("brief_id") < "B0010")
    with pytest.raises(InputError, match="--objective placement"):
        retune(few, EQUAL, ANY, RetuneSettings())


def test_rounding_keeps_the_sum_and_the_bounds():
    thirds = dict.fromkeys("abc", 1 / 3)
    bounds = {"a": (0.0, 0.3333), "b": (0.0, 0.3333), "c": (0.0, 1.0)}
    assert rounded(thirds, bounds) == {"a": 0.3333, "b": 0.3333, "c": 0.3334}
