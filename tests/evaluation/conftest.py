"""A runs folder as a night and a backtest leave it, as far as tuning reads it."""

import json

import numpy as np
import polars as pl
import pytest

from evaluation.pairs import W
from models.components import COMPONENTS
from models.weights.champion import brief_weights, read_weights

DEMAND = {"B1": 0.2, "B2": 0.5, "B3": 0.9}


@pytest.fixture
def runs(tmp_path, past_pairs):
    """Three briefs, the third with weights of its own; forty candidates; 120 past briefs."""
    champion = read_weights()
    own = json.dumps(dict(champion.weights))
    briefs = pl.DataFrame(
        {"brief_id": list(DEMAND), "title": ["Payroll", "Tax", "IT"], "weights": [None, None, own]}
    )
    random = np.random.default_rng(4)
    rows = 40 * len(DEMAND)
    x = {f"x_{name}": random.random(rows).round(4).astype(np.float32) for name in COMPONENTS}
    ids = {"brief_id": sorted([*DEMAND] * 40), "candidate_id": [f"C{n:02}" for n in range(40)] * 3}
    weights = brief_weights(briefs, DEMAND, champion)
    of_brief = pl.DataFrame(
        {"brief_id": list(DEMAND)}
        | {W + name: [weights[brief_id][name] for brief_id in DEMAND] for name in COMPONENTS}
    )
    longlist = pl.DataFrame({**ids, **x}).join(of_brief, on="brief_id")
    score = sum(pl.col(W + name) * pl.col(f"x_{name}").cast(pl.Float64) for name in COMPONENTS)
    longlist = longlist.with_columns(score=score.round(4)).with_columns(
        rank=pl.col("score").rank("ordinal", descending=True).over("brief_id").cast(pl.Int32)
    )
    night = tmp_path / "current"
    (night / "explain").mkdir(parents=True)
    longlist.write_parquet(night / "longlist.parquet")
    briefs.write_parquet(night / "explain" / "briefs.parquet")
    told = {"weights_id": champion.weights_id, "weights": dict(champion.weights)}
    manifest = {
        "as_of": "2026-11-22",
        "inputs": {"briefs.csv": "ab" * 32},
        "weights": {**told, "bounds": dict(champion.bounds)},
        "settings": {"shortlist": {"top": 10}},
    }
    (night / "manifest.json").write_text(json.dumps(manifest, sort_keys=True))
    backtest = tmp_path / "backtest" / "key"
    backtest.mkdir(parents=True)
    past_pairs({"technical": 0.5, "adaptability": 0.5}).write_parquet(backtest / "pairs.parquet")
    return tmp_path
