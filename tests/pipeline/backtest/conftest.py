"""A small past written by hand, and an encoder in memory that the saved reader accepts."""

import json
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from models.adaptability.saved import FOLDER
from models.cache import VectorCache
from pipeline.backtest.replay import replay
from pipeline.journal import Journal, Silence
from pipeline.settings import Settings
from pipeline.stages.vectors import CachedEncoder

CV = """Summary
{summary}

Experience
{title} | January 2018 - December 2022
Acme, Ghent
- {done}

Skills
{skills}
"""
PEOPLE = (
    ("Finance director", "Led the refinancing of a plant in crisis.", "IFRS, SAP, treasury"),
    ("Plant manager", "Turned the plant around and cut costs by 20%.", "lean, safety, SAP"),
    ("HR director", "Negotiated a social plan with three unions.", "labour law, payroll"),
    ("IT manager", "Migrated the company to SAP S/4HANA in ten months.", "SAP, Oracle, cloud"),
    ("Finance manager", "Built the monthly closing and the cash forecast.", "IFRS, cash, Excel"),
    ("Supply chain manager", "Opened a warehouse in a new country.", "SAP, logistics, lean"),
)
BRIEF = {
    "brief_id": "B1",
    "version": 1,
    "language": "en",
    "title": "Interim finance director",
    "function": "finance",
    "reason": "crisis",
    "must_have": "IFRS; treasury",
    "should_have": "SAP",
    "description": "A plant in crisis must be refinanced.",
    "sector": "banking",
    "day_rate_max_eur": 900,
    "start_date": "2024-07-01",
    "received_at": "2024-06-06",
}


@pytest.fixture
def past(tmp_path):
    """Tables (lists of rows) of six candidates, two briefs and what came of them."""
    candidates = [
        {
            "candidate_id": f"C{n}",
            "cv_text": CV.format(title=title, done=done, skills=skills, summary=f"{title}. {done}"),
            "languages": "en:C2",
            "country": "BE",
            "available_from": "2024-05-01",
            "updated_at": "2024-05-01",
        }
        for n, (title, done, skills) in enumerate(PEOPLE, start=1)
    ]
    candidates[5]["updated_at"] = "2025-03-01"  # told of themselves since
    later = {**BRIEF, "brief_id": "B2", "title": "Interim plant manager", "must_have": "lean"}
    later |= {"received_at": "2025-01-09", "start_date": "2025-02-01"}
    shown = {"presented_at": "2024-06-08", "decision": "rejected"}
    return {
        "candidates": candidates,
        "experiences": [
            {
                "candidate_id": "C5",
                "title": "Finance director",
                "organisation": "Meridian",
                "start": "2023-02-01",
                "end": None,
                "description": "Secured a loan from the bank.",
            }
        ],
        "briefs": [BRIEF, later],
        "presentations": [
            {"brief_id": "B1", "candidate_id": "C1", **shown, "rank": 1, "decision": "selected"},
            {"brief_id": "B1", "candidate_id": "C5", **shown, "rank": 2},
            {"brief_id": "B2", "candidate_id": "C2", **shown, "presented_at": "2025-01-10"},
        ],
        "placements": [
            {
                "placement_id": "P1",
                "brief_id": "B1",
                "candidate_id": "C1",
                "start_date": "2024-07-01",
                "planned_end": "2024-12-31",
                "actual_end": "2024-12-31",
                "outcome": "completed",
            }
        ],
        "feedback": [
            {"placement_id": "P1", "date": "2024-08-12", "aspect": "adaptability", "rating": 2}
        ],
    }


@pytest.fixture
def replayed(tmp_path, monkeypatch, tiny_encoder):
    """Replays tables in a runs folder of its own, or in the one that is named."""
    encoder = wide(type(tiny_encoder))

    def opened(runs, settings, engine):
        return CachedEncoder(encoder, VectorCache(runs / "vectors", encoder.id, encoder.dimension))

    monkeypatch.setattr("pipeline.backtest.replay.open_encoder", opened)

    def run(tables, name, **span):
        inbox = write_inbox(tables, tmp_path / name / "inbox")
        journal = Journal(Silence())
        return replay(inbox, tmp_path / name / "runs", Settings(), journal, **span)

    return run


@cache
def wide(kind):
    """The encoder in memory with the width and the id that the saved reader was fitted on."""

    class Wide(kind):
        id = json.loads((FOLDER / "reader.json").read_text(encoding="utf-8"))["encoder_id"]
        dimension = 384

        @cache  # noqa: B019 lives as long as the tests
        def _direction(self, word):
            return super()._direction(word)

    return Wide()


def write_inbox(tables, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        pl.DataFrame(rows, infer_schema_length=None).write_csv(folder / f"{name}.csv")
    return folder
