import datetime as dt

import numpy as np
import polars as pl
import pytest

from data.schema.words import DIMENSIONS
from models.adaptability.events import STRENGTH
from models.adaptability.ledger import LEDGER
from models.adaptability.reader import EVENT
from models.adaptability.score import (
    adaptability_score,
    demand_matrix,
    dimension_levels,
)

TODAY = dt.date(2026, 11, 1)


def ledger(*rows: tuple[str, str, float, int] | tuple[str, str, float, int, dt.date]):
    return pl.DataFrame(
        [
            {
                "candidate_id": row[0],
                "dimension": row[1],
                "level": row[2],
                "evidence_level": row[3],
                "quote": "…",
                "start": None,
                "end": row[4] if len(row) > 4 else None,
                "date": None,
            }
            for row in rows
        ],
        schema=LEDGER,
    )


DEMAND = pl.DataFrame(
    {"brief_id": ["b", "b"], "dimension": ["emergency", "learning"], "demand": [0.9, 0.3]}
)


def test_score_is_demand_times_level() -> None:
    events = ledger(("a", "emergency", 1.0, 3), ("a", "learning", 0.5, 2))
    score = adaptability_score(events, DEMAND, ["b"], ["a", "nobody"], TODAY)
    expected = 0.75 * (1 - np.exp(-1.0 / 2)) + 0.25 * (1 - np.exp(-0.5 / 2))

    assert score.shape == (1, 2)
    assert score[0] == pytest.approx([expected, 0.0], abs=1e-6)


def test_events_of_one_dimension_saturate() -> None:
    one, two, nine = (
        dimension_levels(ledger(*[("a", "stress", 0.5, 2)] * count), ["a"], TODAY).sum()
        for count in (1, 2, 9)
    )

    assert one < two < nine < 1
    assert two - one < one


def test_self_praise_in_every_dimension_stays_below_the_weakest_told_event() -> None:
    praise = [("talker", dimension, STRENGTH[1], 1) for dimension in DIMENSIONS] * 50
    events = ledger(*praise, ("doer", "stress", STRENGTH[2] * EVENT, 2))
    talker, doer = dimension_levels(events, ["talker", "doer"], TODAY).sum(axis=1)

    assert 0 < talker < doer


def test_praise_adds_next_to_nothing_to_what_is_told() -> None:
    told = ("a", "stress", 1.0, 3)
    praise = [("a", "stress", STRENGTH[1], 1)] * 50
    alone, praised = (
        dimension_levels(ledger(*rows), ["a"], TODAY).sum() for rows in ([told], [told, *praise])
    )

    assert alone <= praised < alone + 0.005


def test_an_old_event_counts_less_but_still_counts() -> None:
    long_ago = dt.date(1996, 11, 1)
    events = ledger(("old", "creative", 1.0, 3, long_ago), ("new", "creative", 1.0, 3, TODAY))
    old, new = dimension_levels(events, ["old", "new"], TODAY).sum(axis=1)

    assert 0.85 * new < old < new


def test_demand_sums_to_one_and_an_unknown_brief_asks_for_all_alike() -> None:
    matrix = demand_matrix(DEMAND, ["b", "unknown"])

    assert matrix.sum(axis=1) == pytest.approx([1, 1])
    assert matrix[1] == pytest.approx([1 / 7] * 7)
    assert matrix[0, 0] == pytest.approx(0.9 / 1.2)
