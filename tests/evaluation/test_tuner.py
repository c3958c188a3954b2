import pytest

pytest.importorskip("marimo", reason="the tuning app is an extra")


@pytest.fixture
def app():
    from evaluation.tuner import app

    return app


def test_the_app_runs_from_top_to_bottom(app, runs):
    _, found = app.run(defs={"runs": runs})
    assert found["weights"] == pytest.approx(found["world"].champion)
    assert found["problems"] == []
    assert found["shortlist"]["rank"].to_list() == list(range(1, 11))
    assert found["moved"].height == 3
    assert found["outcomes"].height == 9
    assert not (runs / "registry").exists()


def test_sliders_move_the_shortlists(app, runs):
    from evaluation.tuning import completed, read_world

    weights = completed({**read_world(runs).champion, "adaptability": 0.4})
    problems, plain = ["too much"], {"selection": None}
    _, found = app.run(
        defs={"runs": runs, "weights": weights, "problems": problems, "plain": plain}
    )
    assert found["moved"]["enters"].list.len().sum() > 0


def test_without_a_night_the_app_says_what_to_do(app, tmp_path):
    outputs, _ = app.run(defs={"runs": tmp_path})
    assert any("must hold a published night" in output.text for output in outputs if output)
