"""From an inbox to the report of a backtest."""

import json
import re
from datetime import date

import polars as pl
import pytest

from data.errors import InputError
from models.weights.champion import read_weights
from pipeline.backtest import evaluate as module
from pipeline.backtest import origins
from pipeline.backtest.evaluate import evaluate
from pipeline.backtest.replay import Replayed, past_briefs
from pipeline.backtest.reweigh import reweigh
from pipeline.journal import Journal, Silence
from pipeline.nightly import rank_read
from pipeline.settings import Settings


@pytest.fixture
def evaluated(past, replayed, tmp_path, monkeypatch):
    """Evaluates the small past; its replay comes through the encoder in memory."""

    def run(name="one"):
        stopped = pl.DataFrame(
            [("B1", "C5", "language")], schema=["brief_id", "candidate_id", "gate"], orient="row"
        )
        past_again = Replayed(pairs=replayed(past, name), stopped=stopped)
        monkeypatch.setattr(module, "replay_past", lambda *parts, **span: past_again)
        folder = tmp_path / name
        return evaluate(folder / "inbox", folder / "runs", Settings(), Journal(Silence()))

    return run


def test_a_small_past_gives_a_partial_report_that_says_so(evaluated):
    folder = evaluated()
    told = json.loads((folder / "evaluation.json").read_text())
    counts = told["findings"]["counts"]
    assert (counts["briefs"], counts["presented"], counts["placed"]) == (2, 3, 1)
    assert counts["stopped"] == {"language": [1, 0]}
    assert told["findings"]["measures"]["briefmatch"]["mrr"]["n"] == 1
    page = (folder / "evaluation.html").read_text()
    assert "Too few past briefs to say how good the ranking is" in page
    assert "P1" in page  # the disappointment about adaptability
    assert not re.search(r"\bC[1-6]\b", page + json.dumps(told))  # and nobody by their number


def test_presentations_without_placements_give_a_report_too(past, evaluated):
    del past["placements"], past["feedback"]
    page = (evaluated() / "evaluation.html").read_text()
    assert "0 placements have ended with a known outcome" in page
    assert "No feedback on placed candidates has come in." in page


def test_the_page_needs_no_network_and_runs_nothing(evaluated):
    page = (evaluated() / "evaluation.html").read_text()
    assert "default-src 'none'" in page
    assert not re.search(r"<script|src=|https?://|style=\"", page)


def test_the_same_past_gives_the_same_bytes(evaluated):
    one, other = evaluated("one"), evaluated("other")
    assert one.name.split("_")[-1] == other.name.split("_")[-1]
    for name in ("evaluation.json", "evaluation.html"):
        assert (one / name).read_bytes() == (other / name).read_bytes()


def test_an_evaluation_is_on_record(evaluated):
    folder = evaluated()
    log = (folder.parents[1] / "audit" / "log.jsonl").read_text()
    assert '"evaluation"' in log
    assert folder.name in log


def test_an_inbox_that_tells_of_no_outcome_is_refused(past, replayed, tmp_path):
    for name in ("presentations", "placements", "feedback"):
        del past[name]
    replayed(past, "empty")
    folder = tmp_path / "empty"
    with pytest.raises(InputError, match="what came of past briefs"):
        evaluate(folder / "inbox", folder / "runs", Settings(), Journal(Silence()))


def test_a_span_without_briefs_is_refused(past, replayed):
    with pytest.raises(InputError, match="Check --from and --to"):
        replayed(past, "span", since=date(2030, 1, 1))


def test_an_origin_lasts_at_least_a_day():
    with pytest.raises(InputError, match="at least 1, got 0"):
        past_briefs(None, 0, None, None)


def test_a_mistyped_date_that_lets_everybody_expire_is_refused(past, replayed):
    past["presentations"][0]["presented_at"] = "2062-06-08"
    with pytest.raises(InputError, match="Look for a mistyped date"):
        replayed(past, "typo")


def test_the_champion_weighs_anew_what_it_weighed_before(past, replayed):
    pairs = replayed(past, "again")
    assert reweigh(pairs, read_weights()).equals(pairs)


def test_settings_that_fix_a_weight_win_over_the_rule(past, replayed):
    pairs = reweigh(replayed(past, "fixed"), read_weights(), {"adaptability": 0.5})
    assert pairs["w_adaptability"].to_list() == pytest.approx([0.5] * pairs.height)


def test_a_replayed_score_is_the_score_of_a_night(past, replayed, monkeypatch):
    nights = []

    def kept(*parts, **more):
        nights.append(rank_read(*parts, **more).longlist)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(origins, "rank_read", kept)
        with pytest.raises(KeyboardInterrupt):  # and after it the replay goes on
            replayed(past, "night")
    pairs = replayed(past, "night").join(nights[0], on=["brief_id", "candidate_id"], suffix="_then")
    assert pairs.height == 6
    assert pairs["score"].equals(pairs["score_then"], check_names=False)
    assert pairs["rank"].equals(pairs["rank_then"], check_names=False)
