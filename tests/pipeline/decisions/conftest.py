"""A runs folder with one night that knows two briefs and three candidates, and its shortlists."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from pipeline.export.shortlist import BriefFacts, Explanation, Person, Shortlist

TODAY = date(2026, 11, 22)
BRIEFS = ("B1", "=B2")
CANDIDATES = ("C1", "C2", "C3")


@pytest.fixture
def runs(tmp_path):
    night = tmp_path / "runs" / "nights" / "2026-11-22T02-00-00Z_ab"
    (night / "explain").mkdir(parents=True)
    (night / "manifest.json").write_text(json.dumps({"weights": {"weights_id": "w1"}}))
    pl.DataFrame({"brief_id": BRIEFS}).write_parquet(night / "explain" / "briefs.parquet")
    pl.DataFrame({"candidate_id": CANDIDATES}).write_parquet(
        night / "explain" / "candidates.parquet"
    )
    pl.DataFrame(
        {
            "brief_id": ["B1", "B1", "=B2"],
            "candidate_id": ["C1", "C2", "C1"],
            "rank": [1, 2, 1],
            "score": [0.7, 0.6, 0.5],
        },
        schema_overrides={"rank": pl.Int32},
    ).write_parquet(night / "longlist.parquet")
    pl.DataFrame(
        {"brief_id": ["B1"], "candidate_id": ["C1"], "place": [1], "propensity": [0.9]}
    ).write_parquet(night / "shown.parquet")
    return tmp_path / "runs"


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def shortlists():
    return tuple(
        Shortlist(
            brief=BriefFacts(brief_id=brief, title="Interim CFO; Gent"),
            explanations=tuple(
                explanation(brief, name, rank) for rank, name in enumerate(CANDIDATES, start=1)
            ),
            pool=3,
            eligible=3,
            stopped_by=(),
            nobody_fits=None,
            near_misses=(),
        )
        for brief in BRIEFS
    )


def explanation(brief_id, candidate_id, rank):
    return Explanation(
        brief_id=brief_id,
        person=Person(candidate_id=candidate_id, name="Zoë Müller"),
        rank=rank,
        band=rank,
        tied=(rank, rank),
        score=Decimal("50.0"),
        score_word="fair",
        label="solid",
        confidence="high",
        firm=1,
        claimed=0,
        unknown=0,
        contributions=(),
        requirements=(),
        adaptability=(),
        gates=(),
        gaps=(),
        questions=(),
        verify=(),
        flags=(),
        best=(),
        other_shortlists=0,
    )
