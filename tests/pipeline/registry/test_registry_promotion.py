import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data.errors import InputError
from evaluation.promotion import pairs_hash
from models.weights import registry
from models.weights.champion import CHAMPION, read_weights
from pipeline.audit.log import entries, verify
from pipeline.journal import open_journal
from pipeline.nights.lock import LockError, run_lock
from pipeline.registry.changes import tonight
from pipeline.registry.promotion import conclude, examine, rollback, trial
from pipeline.registry.provenance import fit_of, inbox_hash
from pipeline.settings import Settings


def examined(runs, inbox, name):
    return examine(runs, name, inbox, Settings(), open_journal())


def events(runs):
    return [entry.event for entry in entries(runs)]


def test_what_outcomes_confirm_becomes_champion_with_its_evaluation(runs, inbox, pairs):
    found = examined(runs, inbox, "better")
    conclude(runs, found)
    champion = registry.read_champion(runs)
    assert champion.weights_id == "better"
    assert champion.weights == pytest.approx(found.challenger.weights)
    told = champion.evaluation
    assert told["after"] - told["before"] == pytest.approx(told["gain"]["mean"])
    assert told["held_out_from"] == "2025-01-21"
    assert told["challengers"] == 2
    assert told["pairs"] == pairs_hash(pairs)
    assert told["inbox"] == inbox_hash(inbox)
    assert events(runs) == ["promotion"]
    assert not verify(runs).problems


def test_what_outcomes_contradict_stays_a_challenger_and_is_logged(runs, inbox):
    conclude(runs, examined(runs, inbox, "worse"))
    assert registry.champion_path(runs) == CHAMPION
    line = registry.history(runs)[-1]
    assert line["event"] == "refused"
    assert "gain" in line["failed"]
    assert events(runs) == ["promotion_refused"]


def test_a_dry_run_changes_nothing_but_is_logged(runs, inbox):
    conclude(runs, examined(runs, inbox, "better"), dry_run=True)
    assert registry.champion_path(runs) == CHAMPION
    assert events(runs) == ["promotion_tested"]


def test_a_rollback_returns_the_bytes_and_is_logged(runs, inbox):
    conclude(runs, examined(runs, inbox, "better"))
    rollback(runs)
    assert registry.champion_path(runs).read_bytes() == CHAMPION.read_bytes()
    assert events(runs) == ["promotion", "rollback"]
    assert registry.history(runs)[-1]["weights_id"] == read_weights().weights_id


def test_only_briefs_that_came_after_the_fit_count(runs, pairs):
    better = registry.find(runs, "better")
    own = trial(pairs, read_weights(), better, Settings())
    assert own.before["received_at"].min() > better.fitted.until
    late = replace(better, fitted=replace(better.fitted, until=date(2027, 1, 1)))
    assert trial(pairs, read_weights(), late, Settings()).after.is_empty()


def test_without_a_record_of_the_fit_nothing_is_promoted(runs, inbox):
    by_hand = replace(registry.find(runs, "better"), weights_id="by-hand", fitted=None)
    registry.add_challenger(runs, by_hand)
    with pytest.raises(InputError, match="on which briefs it was fitted"):
        examined(runs, inbox, "by-hand")
    assert examined(runs, inbox, "better").verdict.family == 2


def test_a_challenger_that_was_thrown_away_still_counts(runs, inbox):
    before = examined(runs, inbox, "better").verdict
    (runs / "registry" / "challengers" / "worse.json").unlink()
    after = examined(runs, inbox, "better").verdict
    assert (before.family, after.family) == (2, 2)
    assert after.p_holm == pytest.approx(2 * after.gain.p)


def test_the_champion_itself_and_unknown_ids_cannot_be_promoted(runs, inbox):
    same = replace(registry.find(runs, "better"), weights_id="same", weights=read_weights().weights)
    registry.add_challenger(runs, same)
    for name in ("same", "absent"):
        with pytest.raises(InputError, match="needs a challenger with weights other than"):
            examined(runs, inbox, name)


def test_a_verdict_on_an_earlier_champion_does_not_count(runs, inbox):
    early = examined(runs, inbox, "better")
    conclude(runs, examined(runs, inbox, "better"))
    with pytest.raises(InputError, match="has changed since"):
        conclude(runs, early)


def test_the_champion_is_not_swapped_under_a_running_night(runs, inbox):
    found = examined(runs, inbox, "better")
    with run_lock(runs):
        with pytest.raises(LockError):
            conclude(runs, found)
        with pytest.raises(LockError):
            rollback(runs)
    assert registry.champion_path(runs) == CHAMPION


def test_tonight_tells_who_would_enter_and_who_would_leave(runs, night):
    champion, better = registry.read_champion(runs), registry.find(runs, "better")
    changes = tonight(runs, champion, better).changes
    enter, leave = (changes.filter(change=word) for word in ("enters", "leaves"))
    assert enter.height == leave.height > 0
    assert (enter["before"] > 10).all()
    assert (enter["after"] <= 10).all()
    assert tonight(runs, champion, champion).changes.is_empty()


def test_a_brief_with_weights_of_its_own_keeps_them(runs, night):
    night.briefs = night.briefs.with_columns(
        weights=pl.lit(json.dumps(dict(read_weights().weights)))
    )
    better = registry.find(runs, "better")
    fixed = tonight(runs, registry.read_champion(runs), better)
    assert fixed.changes.is_empty()


def test_a_fit_is_named_by_hashes_that_tell_changes(inbox, pairs):
    fit = fit_of("logistic", inbox, pairs.head(60), pairs, seed=3)
    assert (fit.briefs, fit.until, fit.seed) == (10, date(2025, 1, 10), 3)
    assert fit.pairs == pairs_hash(pairs.sample(fraction=1.0, shuffle=True, seed=1))
    before = inbox_hash(inbox)
    (inbox / "briefs.csv").write_text("brief_id\nB2\n")
    assert inbox_hash(inbox) != before
