"""A runs folder with two challengers, past pairs that confirm one of them, and a night."""

import json
from dataclasses import asdict, replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from models.components import COMPONENTS
from models.weights.champion import Fit, brief_weights, normalised, read_weights
from models.weights.registry import add_challenger
from pipeline.registry import changes, promotion
from pipeline.settings import Settings

TRUTH = {"technical": 0.42, "adaptability": 0.34, "logistics": 0.12, "sector": 0.12}
FIT = Fit(method="logistic", inbox="a" * 64, pairs="b" * 64, until=date(2025, 1, 20), briefs=20)


@pytest.fixture
def pairs(past_pairs):
    return past_pairs(TRUTH)


@pytest.fixture
def runs(tmp_path, monkeypatch, pairs):
    """Challenger `better` has the weights behind the outcomes, `worse` turns away from them."""
    folder = tmp_path / "runs"
    monkeypatch.setattr(promotion, "replay", lambda *_: pairs)
    worse = {"technical": 0.6, "seniority": 0.15, "title": 0.2, "adaptability": 0.05}
    for name, weights in (("better", TRUTH), ("worse", worse)):
        challenger = replace(read_weights(), weights_id=name, weights=normalised(weights))
        add_challenger(folder, replace(challenger, fitted=FIT))
    return folder


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "briefs.csv").write_text("brief_id\nB1\n")
    return folder


@pytest.fixture
def night(runs, monkeypatch):
    """A published night: one brief, thirty candidates."""
    folder = runs / "nights" / "n"
    folder.mkdir(parents=True)
    (runs / "current").symlink_to("nights/n")
    manifest = {"as_of": "2026-11-22", "settings": asdict(Settings())}
    (folder / "manifest.json").write_text(json.dumps(manifest, default=str))
    briefs = pl.DataFrame({"brief_id": ["B1"], "title": ["Payroll lead"], "weights": [None]})
    demand = pl.DataFrame({"brief_id": ["B1"], "dimension": ["stress"], "demand": [0.5]})
    random = np.random.default_rng(7)
    x = {f"x_{name}": random.random(30).round(4).astype(np.float32) for name in COMPONENTS}
    own = brief_weights(briefs, {"B1": 0.5}, read_weights())["B1"]
    longlist = pl.DataFrame(
        {"brief_id": "B1", "candidate_id": [f"C{n:02}" for n in range(30)], **x}
    )
    longlist = longlist.with_columns(**{f"w_{name}": pl.lit(own[name]) for name in COMPONENTS})
    longlist = longlist.with_columns(score=pl.lit(0.0), rank=pl.lit(0))
    kept = SimpleNamespace(briefs=briefs, demand=demand, longlist=longlist)
    monkeypatch.setattr(changes, "load_inputs", lambda _: kept)
    return kept
