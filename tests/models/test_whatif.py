"""A changed fact is told with the place that a whole ranking of the changed pool gives."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from models.blend import blend, id_hashes
from models.gates.answers import FAIL, UNKNOWN
from models.matching import Asked, match
from models.pool import Pool
from models.profiles import title_of
from models.requirements import read_requirements
from models.weights.champion import brief_weights, read_weights
from models.whatif import Ranked, changes, near_misses

BRIEF = {
    "brief_id": "close",
    "language": "en",
    "title": "Financial controller",
    "must_have": ["month-end close", "SAP", "registered nurse or certified accountant CPA"],
    "should_have": ["statutory audit"],
    "languages": [{"code": "nl", "level": "C1", "required": True}],
    "work_mode": "hybrid",
    "place": "Ghent",
    "start_date": date(2026, 3, 1),
    "day_rate_max_eur": 800.0,
}
TOLD = [
    "Month-end close in SAP",
    "Controller of a plant",
    "Statutory audit of a bank",
    "Chef of a kitchen",
    "Close in SAP, CPA",
    "Head nurse of a ward",
]
LEVELS = ["A2", "C1", None, "B1", "C2"]
WEIGHTS = {"close": brief_weights(pl.DataFrame([BRIEF]), {}, read_weights())["close"]}


def facts(number: int) -> dict[str, object]:
    """A row of the candidate table that differs from its neighbours in every fact."""
    level = LEVELS[number % 5]
    return {
        "candidate_id": f"C{number:02}",
        "languages": [{"code": "nl", "level": level}] if number % 3 else None,
        "available_from": date(2026, 1 + number % 5, 15) if number % 4 else None,
        "day_rate_eur": 700.0 + 60 * (number % 4) if number % 5 else None,
        "work_modes": ["onsite"] if number % 7 == 0 else ["hybrid", "remote"],
        "max_distance_km": 20.0 + 10 * (number % 3),
        "licences": [] if number % 2 else None,
    }


def made_pool(encoder, rows: list[dict[str, object]]) -> Pool:
    texts = {row["candidate_id"]: TOLD[n % 6] + "." for n, row in enumerate(rows)}
    passages = pl.DataFrame(
        [
            {"candidate_id": c, "passage": 0, "section": "experience", "text": text}
            for c, text in texts.items()
        ],
        schema_overrides={"passage": pl.Int32},
    )
    return Pool(
        as_of=date(2026, 1, 1),
        candidates=pl.DataFrame(
            rows, schema_overrides={"licences": pl.List(pl.String)}, infer_schema_length=None
        ),
        documents=pl.DataFrame(
            {"candidate_id": list(texts), "language": "en", "text": list(texts.values())}
        ),
        passages=passages,
        vectors=encoder.encode(passages["text"].to_list(), kind="passage"),
        levels=pl.DataFrame({"candidate_id": list(texts), "dimension": "learning", "level": 0.5}),
    )


def made_asked(encoder) -> Asked:
    briefs = pl.DataFrame([BRIEF])
    requirements = read_requirements(briefs)
    return Asked(
        briefs=briefs,
        requirements=requirements,
        vectors=encoder.encode(requirements["text"].to_list(), kind="query"),
        title_vectors=encoder.encode([title_of(BRIEF)], kind="query"),
        demand=pl.DataFrame(
            schema={"brief_id": pl.String, "dimension": pl.String, "demand": pl.Float64}
        ),
        link=lambda queries, corpus: (
            encoder.encode(queries, kind="query") @ encoder.encode(corpus, kind="query").T
        ),
        distances=lambda brief, people: np.arange(people.height) * 3.0,
    )


@pytest.fixture(scope="module")
def rows():
    return [facts(number) for number in range(24)]


@pytest.fixture(scope="module")
def matches(tiny_encoder, rows):
    return match(made_pool(tiny_encoder, rows), made_asked(tiny_encoder))


def opened(matches) -> Ranked:
    hashes = id_hashes(matches.ground.ids)
    return Ranked(matches.by_brief["close"], WEIGHTS["close"], hashes)


FACTS = {
    "language": {"languages": [{"code": "nl", "level": "C1"}]},
    "availability": {"available_from": date(2026, 3, 1)},
    "day_rate": {"day_rate_eur": 800.0},
}


@pytest.mark.parametrize("kind", FACTS)
def test_a_changed_fact_ranks_as_the_changed_pool_does(kind, matches, rows, tiny_encoder):
    ranked = opened(matches)
    open_ = np.flatnonzero(matches.by_brief["close"].gates[kind].answers <= UNKNOWN)
    told = 0
    for place in open_[:5]:
        changed = [row | FACTS[kind] if n == place else row for n, row in enumerate(rows)]
        again = blend(match(made_pool(tiny_encoder, changed), made_asked(tiny_encoder)), WEIGHTS)
        there = again.filter(candidate_id=matches.ground.ids[place])

        change = ranked.with_fact(int(place), kind)

        if change.rank is None:
            assert there.is_empty()
        else:
            told += 1
            assert there.select("rank", "score").row(0) == (change.rank, change.score)
    assert told


def test_the_place_gate_opens_by_the_way_of_working_or_the_distance(matches, rows):
    ranked = opened(matches)
    gate = matches.by_brief["close"].gates["place"]
    stopped = np.flatnonzero(gate.answers == FAIL).tolist()

    subjects = {int(p): change.subject for p in stopped if (change := ranked.with_fact(p, "place"))}

    assert subjects[23] == "69 km"  # 23 · 3 km away, reaches 40 km
    assert 0 in stopped  # works on site only, and lives there
    assert subjects[0] == "hybrid"


def test_a_licence_is_confirmed_by_the_words_of_the_brief(matches):
    ranked = opened(matches)

    change = ranked.with_fact(5, "licence")

    assert change.subject == BRIEF["must_have"][2]


def test_a_confirmed_requirement_never_lowers_a_candidate(matches):
    one = matches.by_brief["close"]
    ranked = opened(matches)
    for place in np.flatnonzero(ranked.eligible):
        near = np.flatnonzero(one.context.coverage[place] > 0.01)
        for column in near:
            now = float(one.context.coverage[place, column])

            same = ranked.with_requirement(int(place), int(column), now)
            more = ranked.with_requirement(int(place), int(column), max(now, 0.5))

            assert same.score == ranked.scores[place]
            assert more.score >= same.score


def test_one_change_a_pair_and_open_conditions_first(matches):
    every = pl.DataFrame({"brief_id": "close", "candidate_id": list(matches.ground.ids)})

    found = changes(matches, every, WEIGHTS, covered=0.5)

    assert found["candidate_id"].is_unique().all()
    gates = matches.by_brief["close"].gates
    for row in found.iter_rows(named=True):
        if row["kind"] == "requirement":
            place = matches.ground.places[row["candidate_id"]]
            assert all(gate.answers[place] > FAIL for gate in gates.values())


def test_near_misses_fail_the_fewest_conditions(matches):
    one = matches.by_brief["close"]
    failed = np.sum([gate.answers == FAIL for gate in one.gates.values()], axis=0)
    nearest = near_misses(matches, WEIGHTS, 3)

    missed = [failed[matches.ground.places[c]] for c in nearest["candidate_id"]]

    assert missed == [1, 1, 1]
