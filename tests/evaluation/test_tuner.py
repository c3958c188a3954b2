"""The app runs in a process of its own: transformers takes any other with marimo for a notebook."""

import json
import subprocess
import sys
from importlib.util import find_spec

import pytest

pytestmark = pytest.mark.skipif(find_spec("marimo") is None, reason="the tuning app is an extra")

START = """
import json, sys
from pathlib import Path
from evaluation.tuner import app
runs = Path(sys.argv[1])
"""


def told(runs, script):
    """What a script prints as JSON; it finds the `app` and the `runs` folder."""
    words = [sys.executable, "-c", START + script, str(runs)]
    answer = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_the_app_runs_from_top_to_bottom(runs):
    found = told(
        runs,
        """
_, found = app.run(defs={"runs": runs})
print(json.dumps({
    "weights": dict(found["weights"]),
    "champion": dict(found["world"].champion),
    "problems": found["problems"],
    "ranks": found["shortlist"]["rank"].to_list(),
    "moved": found["moved"].height,
    "outcomes": found["outcomes"].height,
}))
""",
    )
    assert found["weights"] == pytest.approx(found["champion"])
    assert found["problems"] == []
    assert found["ranks"] == list(range(1, 11))
    assert found["moved"] == 3
    assert found["outcomes"] == 9
    assert not (runs / "registry").exists()


def test_sliders_move_the_shortlists(runs):
    entering = told(
        runs,
        """
from evaluation.tuning import completed, read_world
weights = completed({**read_world(runs).champion, "adaptability": 0.4})
changed = {"weights": weights, "problems": ["too much"], "plain": {"selection": None}}
_, found = app.run(defs={"runs": runs, **changed})
print(json.dumps(int(found["moved"]["enters"].list.len().sum())))
""",
    )
    assert entering > 0


def test_without_a_night_the_app_says_what_to_do(tmp_path):
    outputs = told(
        tmp_path,
        """
outputs, _ = app.run(defs={"runs": runs})
print(json.dumps([output.text for output in outputs if output]))
""",
    )
    assert any("must hold a published night" in text for text in outputs)
