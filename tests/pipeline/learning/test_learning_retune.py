"""From a past to a challenger in the registry, the same bytes every time."""

import polars as pl
import pytest
from typer.testing import CliRunner

from evaluation.proofs.agencies import simulate
from evaluation.retune.preferences import GROWS, features
from models.components import COMPONENTS
from models.weights.champion import brief_weights, read_weights
from models.weights.registry import find
from pipeline.commands.retune import app
from pipeline.learning import retune as learning


@pytest.fixture(scope="module")
def pairs():
    past = simulate(seed=3, placements=90, years=4, candidates=250).pairs.drop("chance")
    return past.with_columns(own_weights=pl.lit(None, dtype=pl.String))


@pytest.fixture
def told(pairs, tmp_path, monkeypatch):
    """Runs the command on a past that needs no replay."""
    monkeypatch.setattr(learning, "replay", lambda *_: pairs)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "briefs.csv").write_text("brief_id\n")

    def command(runs, *more):
        words = ["--inbox", tmp_path / "inbox", "--runs", tmp_path / runs, "--draws", 20, *more]
        return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)

    return command


def test_a_challenger_is_kept_with_what_it_was_learnt_from(told, tmp_path, pairs):
    done = told("runs", "--objective", "placement")
    assert done.exit_code == 0
    file = next((tmp_path / "runs" / "registry" / "challengers").iterdir())
    challenger = find(tmp_path / "runs", file.stem)
    champion = read_weights()
    for name, (low, high) in champion.bounds.items():
        assert low <= challenger.weights[name] <= high
    assert sum(challenger.weights.values()) == pytest.approx(1.0)
    assert challenger.fitted.until < pairs["received_at"].max()
    assert challenger.evaluation["held_out"]["gain"]["briefs"] > 0
    assert set(challenger.evaluation["weights"]) == set(COMPONENTS)
    for words in ("champion", "cross-validated", "held out", "off-policy", file.stem, "new names"):
        assert words in done.stdout


def test_equal_input_gives_equal_bytes(told, tmp_path):
    for runs in ("one", "two"):
        assert told(runs, "--objective", "placement", "--hold-out", 0).exit_code == 0
    files = [
        sorted((tmp_path / runs / "registry" / "challengers").iterdir()) for runs in ("one", "two")
    ]
    assert [file.name for file in files[0]] == [file.name for file in files[1]]
    assert files[0][0].read_bytes() == files[1][0].read_bytes()


def test_adaptability_grows_with_demand_as_in_a_night():
    champion = read_weights()
    briefs = pl.DataFrame({"brief_id": ["B1", "B2"], "weights": [None, None]})
    found = brief_weights(briefs, {"B1": 0.2, "B2": 0.9}, champion)
    grown = found["B2"]["adaptability"] / found["B1"]["adaptability"]
    table = pl.DataFrame({"x_adaptability": [1.0, 1.0], "demand": [0.2, 0.9]})
    seen = features(table, ["adaptability"])[:, 0]
    assert GROWS == "adaptability"
    assert grown == pytest.approx(seen[1] / seen[0]) == pytest.approx((0.5 + 0.9) / (0.5 + 0.2))
