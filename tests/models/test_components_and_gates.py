from functools import partial
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from models.components import languages as spoken
from models.components import logistics, track_record
from models.components.seniority import years_asked
from models.facts import read_facts
from models.gates import GATES, availability, day_rate, language, licence, place
from models.gates.answers import FAIL, PASS, UNKNOWN
from models.levels import EXECUTIVE, JUNIOR, MANAGER, STAFF, responsibility
from models.pool import telling
from models.scaling import standardise, to_unit


def context(brief, candidates, **more):
    frame = pl.DataFrame(candidates)
    ids = [f"c{i}" for i in range(frame.height)]
    ground = SimpleNamespace(
        facts=read_facts(frame),
        places={name: i for i, name in enumerate(ids)},
        pool=SimpleNamespace(placements=more.pop("placements", None)),
        telling=partial(telling, pl.Series(more.pop("texts", [""] * len(ids)))),
    )
    distances = np.array(more.pop("distances", [np.nan] * len(ids)))
    return SimpleNamespace(brief=brief, ground=ground, size=len(ids), distances=distances, **more)


def day(text):
    return pl.Series([text]).str.to_date()[0]


def test_language_gate_has_three_answers() -> None:
    held = [
        [{"code": "nl", "level": "C1"}],
        [{"code": "nl", "level": "B1"}],
        [{"code": "nl", "level": "A2"}],
        [{"code": "nl", "level": None}],
        [{"code": "fr", "level": "C2"}],
        None,
    ]
    brief = {"languages": [{"code": "nl", "level": "B2", "required": True}]}
    gate = language.answer(context(brief, {"languages": held}))
    assert gate.answers.tolist() == [PASS, UNKNOWN, FAIL, UNKNOWN, FAIL, UNKNOWN]
    assert gate.reason(2) == "nl A2 < B2"


def test_a_wished_language_is_no_gate() -> None:
    brief = {"languages": [{"code": "nl", "level": "B2", "required": False}]}
    gate = language.answer(context(brief, {"languages": [[{"code": "fr", "level": "C2"}]]}))
    assert gate.answers.tolist() == [PASS]


def test_availability_gate_gives_a_week_and_asks_for_a_month() -> None:
    free = [day(x) for x in ("2027-01-01", "2027-01-08", "2027-01-20", "2027-03-01")] + [None]
    gate = availability.answer(context({"start_date": day("2027-01-01")}, {"available_from": free}))
    assert gate.answers.tolist() == [PASS, PASS, UNKNOWN, FAIL, UNKNOWN]


def test_rate_gate_leaves_room_to_negotiate() -> None:
    rates = [700.0, 800.0, 880.0, 881.0, None]
    gate = day_rate.answer(context({"day_rate_max_eur": 800.0}, {"day_rate_eur": rates}))
    assert gate.answers.tolist() == [PASS, PASS, UNKNOWN, FAIL, UNKNOWN]
    assert gate.reason(3) == "881 > 800 EUR"


def test_place_gate_knows_distance_and_way_of_working() -> None:
    facts = {
        "max_distance_km": [50.0, 50.0, None, 500.0],
        "work_modes": [None, None, None, ["remote"]],
    }
    brief = {"work_mode": "onsite", "place": "Gent"}
    gate = place.answer(context(brief, facts, distances=[20.0, 80.0, 80.0, 10.0]))
    assert gate.answers.tolist() == [PASS, FAIL, UNKNOWN, FAIL]
    remote = place.answer(context({"work_mode": "remote"}, facts))
    assert set(remote.answers) == {PASS}


def test_licence_gate_reads_the_cv_before_it_asks() -> None:
    requirements = pl.DataFrame({"tier": ["must"], "text": ["VCA safety certificate"]})
    facts = {"licences": [["VCA"], None, None, ["PMP"]]}
    texts = ["", "Holds the VCA certificate.", "", ""]
    gate = licence.answer(context({}, facts, requirements=requirements, texts=texts))
    assert gate.answers.tolist() == [PASS, PASS, UNKNOWN, FAIL]


def test_an_equivalent_licence_will_do() -> None:
    requirements = pl.DataFrame({"tier": ["must"], "text": ["VCA or equivalent"]})
    gate = licence.answer(context({}, {"licences": [["SCC"], ["x"]]}, requirements=requirements))
    assert gate.answers.tolist() == [PASS, UNKNOWN]


def test_a_brief_without_conditions_passes_everybody() -> None:
    empty = context(
        {}, {"day_rate_eur": [1.0]}, requirements=pl.DataFrame({"tier": [], "text": []})
    )
    assert all(gate(empty).answers.tolist() == [PASS] for gate in GATES.values())


def test_a_better_level_never_lowers_the_language_score() -> None:
    held = [[{"code": "nl", "level": level}] for level in ("A1", "B1", "B2", "C2")]
    brief = {"languages": [{"code": "nl", "level": "B2", "required": True}]}
    scores = spoken.score(context(brief, {"languages": held}))
    assert (np.diff(scores) >= 0).all()
    assert scores[2] == scores[3] == 1


def test_a_lower_rate_never_lowers_logistics() -> None:
    brief = {"day_rate_max_eur": 800.0}
    scores = logistics.score(context(brief, {"day_rate_eur": [900.0, 800.0, 700.0, None]}))
    assert scores[0] < scores[1] < scores[2]


def test_track_record_shrinks_towards_everybody() -> None:
    placements = pl.DataFrame(
        {
            "candidate_id": ["c0", "c0", "c1"],
            "outcome": ["completed", "extended", "selected"],
            "cause": [None, None, "client"],
        }
    )
    facts = {"headline": ["", "", ""]}
    scores = track_record.score(context({}, facts, placements=placements))
    assert scores[0] == pytest.approx((2 + 3 * 1) / (2 + 3))
    assert scores[1] == scores[2]  # the client caused it


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Assistant accountant", JUNIOR),
        ("Accountant", STAFF),
        ("Responsable comptable", MANAGER),
        ("Projectleider", MANAGER),
        ("Chief Financial Officer", EXECUTIVE),
        ("Geschäftsführer", EXECUTIVE),
    ],
)
def test_responsibility_is_read_in_four_languages(title: str, level: int) -> None:
    assert responsibility(title) == level


def test_years_are_read_in_four_languages() -> None:
    for text in ("At least 5 years", "Minimum 5 ans", "Minstens 5 jaar", "Mindestens 5 Jahre"):
        assert years_asked([text]) == 5
    assert years_asked(["Month-end by day 5"]) is None


def test_scaling_makes_languages_alike() -> None:
    groups = np.repeat([0, 1], 500)
    values = np.random.default_rng(0).normal(size=(1000, 1)).astype(np.float32)
    shifted = values + groups[:, None] * 3
    scaled = standardise(shifted.astype(np.float32), groups)
    assert abs(scaled[groups == 0].mean() - scaled[groups == 1].mean()) < 0.25


def test_a_lone_cv_is_not_average_by_definition() -> None:
    values = np.array([[0.0]] * 50 + [[1.0]] * 50 + [[5.0]], np.float32)
    scaled = standardise(values, np.array([0] * 100 + [1]))
    assert scaled[-1, 0] > 2


def test_the_unit_scale_keeps_the_order() -> None:
    units = to_unit(np.array([-9.0, -1.0, 0.0, 3.0, 7.0, 9.0], np.float32))
    assert units.tolist() == sorted(units.tolist())
    assert units[0] == 0
    assert units[-1] == 1
