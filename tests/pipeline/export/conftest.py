"""A small made-up agency with known right answers: three briefs, five candidates."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from models import portfolio, whatif
from pipeline.stages.explain import ExplainInputs, ExplainSettings, Shortlist, build_shortlists

AS_OF = date(2026, 3, 2)
HOSTILE = "<script>alert(1)</script>"

BRIEFS = [
    {
        "brief_id": "B1",
        "version": 2,
        "title": "Interim finance director, post-merger integration",
        "reason": "crisis",
        "function": "finance",
        "country": "BE",
        "place": "Ghent",
        "languages": [{"code": "nl", "level": "C1", "required": True}],
        "start_date": date(2026, 4, 1),
        "duration_months": 9.0,
        "days_per_week": 4.0,
        "day_rate_max_eur": 1250.0,
        "received_at": datetime(2026, 3, 1, 6, 0),
    },
    {"brief_id": "B2", "version": 1, "title": "Notary, holographic wills", "received_at": None},
    {
        "brief_id": "B3",
        "version": 1,
        "title": "Head of deep-sea logistics",
        "received_at": datetime(2026, 2, 20),
    },
]

REQUIREMENTS = [
    ("B1", 0, "nice", "Experience in food"),
    ("B1", 1, "must", "Consolidation under IFRS"),
    ("B1", 2, "must", "Treasury of a group."),
    ("B1", 3, "should", "ERP roll-out"),
    ("B2", 0, "must", "Notarial licence"),
    ("B3", 0, "must", "Submarine logistics"),
]

CANDIDATES = [
    {
        "candidate_id": "C1",
        "headline": "Finance director in integrations",
        "country": "BE",
        "place": "Bruges",
        "available_from": date(2026, 4, 1),
        "day_rate_eur": 1150.0,
        "languages": [{"code": "nl", "level": "C2"}, {"code": "fr", "level": None}],
        "work_modes": ["hybrid"],
    },
    {"candidate_id": "C2", "headline": HOSTILE},
    {"candidate_id": "C3", "headline": "Supply chain manager"},
    {"candidate_id": "C4", "headline": "Controller", "day_rate_eur": 987.5},
    {"candidate_id": "C5", "headline": "Notary"},
]

CONTACTS = [
    ("C1", "Ann Peeters", "ann@example.org", "+32 470 12 34 56"),
    ("C2", '=HYPERLINK("http://example.org")', "two@example.org", None),
    ("C3", "יעל כהן", None, None),
]

# brief, candidate, rank, score, band, coverage, x_technical, x_adaptability; weights 0.7 and 0.3
LONGLIST = [
    ("B1", "C1", 1, 0.7 * 0.8 + 0.3 * 0.6, 0, [0.1, 0.9, 0.7, 0.4], 0.8, 0.6),
    ("B1", "C2", 2, 0.7 * 0.5 + 0.3 * 0.9, 1, [0.0, 0.65, 0.2, 0.0], 0.5, 0.9),
    ("B1", "C3", 3, 0.7 * 0.5 + 0.3 * 0.8, 1, [0.0, 0.1, 0.1, 0.0], 0.5, 0.8),
    ("B3", "C3", 1, 0.7 * 0.2 + 0.3 * 0.1, 0, [0.2], 0.2, 0.1),
    ("B3", "C1", 2, 0.7 * 0.1 + 0.3 * 0.1, 1, [0.1], 0.1, 0.1),
]

GATES = [
    ("B1", "C1", "language", "pass", "Dutch C2 of C1"),
    ("B1", "C1", "availability", "pass", "free from 2026-04-01"),
    ("B1", "C2", "language", "unknown", "no level of Dutch given"),
    ("B1", "C2", "availability", "pass", "free now"),
    ("B1", "C4", "day_rate", "fail", "1,600 of at most 1,250 EUR"),
    ("B1", "C4", "language", "fail", "no Dutch"),
    ("B1", "C5", "language", "fail", "no Dutch"),
    *[("B2", f"C{n}", "licence", "fail", "no notarial licence") for n in (1, 2, 3, 4)],
    ("B2", "C1", "language", "fail", "no Latin"),
    ("B2", "C5", "day_rate", "fail", "2,000 of at most 900 EUR"),
]

START, END = date(2021, 3, 1), date(2023, 6, 30)
EVIDENCE = [
    (
        "B1",
        "C1",
        1,
        "Consolidated 14 entities under IFRS in ten weeks",
        "experience",
        START,
        END,
        3,
        0.9,
    ),
    ("B1", "C1", 1, "IFRS", "skills", None, None, 1, 0.4),
    ("B1", "C1", 2, "ran the treasury of the group", "experience", START, None, 2, 0.7),
    ("B1", "C1", 3, "ERP", "skills", None, None, 1, 0.5),
    ("B1", "C2", 1, f"IFRS consolidation {HOSTILE}", "skills", None, None, 1, 0.65),
]

EVENTS = [
    (
        "C1",
        "emergency",
        0.8,
        3,
        "took over within two days and stopped the loss of cash",
        START,
        END,
    ),
    ("C1", "cultural", 0.9, 2, "led teams in Lille and Eindhoven", START, END),
    ("C2", "emergency", 0.5, 1, "stress-resistant", None, None),
    ("C2", "learning", 0.7, 2, "learned SAP in the first month", START, END),
    ("C3", "emergency", 0.6, 2, "kept the plant supplied when the port closed", START, END),
    ("C3", "learning", 0.6, 2, "moved from retail to aviation", START, END),
]

DEMAND = [
    ("B1", "emergency", 0.9, "reason: crisis"),
    ("B1", "learning", 0.5, "integration"),
    ("B1", "cultural", 0.1, None),
]

FLAGS = [("C2", None, "hidden_text", None), ("C1", "B3", "over_qualified", None)]


# brief, candidate, kind, subject, score, rank
CHANGES = [
    ("B1", "C1", "requirement", "ERP roll-out", 0.76, 1),
    ("B1", "C2", "language", "nl C1", 0.75, 1),
    ("B2", "C5", "day_rate", "900", 0.41, 1),
    ("B2", "C1", "licence", "Notarial licence", 0.3, None),
]
LIKENESS = [
    ("B1", "C1", 0.45),
    ("B1", "C2", 0.3),
    ("B1", "C3", 0.2),
    ("B3", "C3", 0.2),
    ("B3", "C1", 0.1),
]
NEAR_MISSES = [("B1", "C5"), ("B2", "C2"), ("B2", "C3"), ("B2", "C4")]


def make_inputs() -> ExplainInputs:
    """The tables of the agency, as a night hands them over."""
    span = ["quote", "section", "start", "end", "evidence_level", "coverage"]
    blend = ["rank", "score", "band", "requirement_coverage", "x_technical", "x_adaptability"]
    event = ["dimension", "level", "evidence_level", "quote", "start", "end"]
    pair = ["brief_id", "candidate_id"]
    return ExplainInputs(
        briefs=pl.DataFrame(
            [BRIEFS[0] | {"version": 1, "title": "An earlier version"}, *BRIEFS],
            infer_schema_length=None,
        ),
        requirements=_frame(REQUIREMENTS, ["brief_id", "requirement", "tier", "text"]),
        candidates=pl.DataFrame(CANDIDATES, infer_schema_length=None),
        contacts=_frame(CONTACTS, ["candidate_id", "name", "email", "phone"]),
        longlist=_frame(LONGLIST, pair + blend).with_columns(
            w_technical=pl.lit(0.7), w_adaptability=pl.lit(0.3)
        ),
        gates=_frame(GATES, [*pair, "gate", "answer", "reason"]),
        evidence=_frame(EVIDENCE, [*pair, "requirement", *span]),
        adaptability=_frame(EVENTS, ["candidate_id", *event]),
        demand=_frame(DEMAND, ["brief_id", "dimension", "demand", "why"]),
        changes=pl.DataFrame(CHANGES, schema=whatif.SCHEMA, orient="row"),
        likeness=_frame(LIKENESS, [*pair, "likeness"]),
        near_misses=_frame(NEAR_MISSES, pair),
        assignment=_frame([("B1", "C1", 1, 0.0), ("B3", "C3", 1, 0.0)], [*portfolio.SCHEMA]),
        flags=_frame(FLAGS, ["candidate_id", "brief_id", "flag", "detail"]),
    )


def _frame(rows: list[tuple[Any, ...]], columns: list[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)


@pytest.fixture
def inputs() -> ExplainInputs:
    return make_inputs()


@pytest.fixture
def shortlists(inputs: ExplainInputs) -> tuple[Shortlist, ...]:
    return build_shortlists(inputs, AS_OF, ExplainSettings(top=3))


@pytest.fixture
def as_of() -> date:
    return AS_OF
