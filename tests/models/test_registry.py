import os
from dataclasses import replace
from datetime import date

import pytest

from data.durable import write_whole
from data.errors import InputError
from models.weights import registry
from models.weights.champion import CHAMPION, Fit, promote, read_weights, to_json

FIT = Fit(method="logistic", inbox="a" * 64, pairs="b" * 64, until=date(2026, 6, 30), briefs=200)


def challenger(name="next", technical=0.5):
    champion = read_weights()
    weights = {**champion.weights, "technical": technical}
    return replace(champion, weights_id=name, weights=weights, fitted=FIT)


def promoted(runs, name):
    new = challenger(name)
    following = promote(
        registry.read_champion(runs),
        weights_id=name,
        promoted="2026-12-01",
        weights=new.weights,
        evaluation={"gain": 0.01},
        fitted=new.fitted,
    )
    return registry.install(runs, following, {"gain": 0.01})


def test_without_a_registry_the_shipped_champion_rules(tmp_path):
    assert registry.champion_path(tmp_path) == CHAMPION
    assert registry.read_champion(tmp_path) == read_weights()
    assert registry.history(tmp_path) == []
    assert not list(tmp_path.iterdir())


def test_a_challenger_is_kept_with_what_it_was_fitted_on(tmp_path):
    path = registry.add_challenger(tmp_path, challenger())
    assert path == tmp_path / "registry" / "challengers" / "next.json"
    assert registry.challengers(tmp_path) == [read_weights(path)]
    assert registry.find(tmp_path, "next").fitted == FIT
    assert registry.history(tmp_path)[0]["sha256"] == registry.sha256(path)


def test_a_challenger_never_changes(tmp_path):
    registry.add_challenger(tmp_path, challenger())
    registry.add_challenger(tmp_path, challenger())
    assert len(registry.history(tmp_path)) == 1
    with pytest.raises(InputError, match="keeps its weights"):
        registry.add_challenger(tmp_path, challenger(technical=0.4))


@pytest.mark.parametrize("name", ["", "../champion", "a/b", ".hidden", "champion", "x" * 65])
def test_an_id_is_a_plain_file_name(tmp_path, name):
    with pytest.raises(InputError, match="An id of weights"):
        registry.add_challenger(tmp_path, challenger(name))


def test_a_promotion_is_named_in_the_history_and_keeps_the_old_file(tmp_path):
    change = promoted(tmp_path, "next")
    champion = registry.read_champion(tmp_path)
    assert champion.weights_id == "next"
    assert champion.fitted == FIT
    assert champion.history[0]["weights_id"] == read_weights().weights_id
    assert (change.before, change.after) == (
        registry.sha256(CHAMPION),
        registry.sha256(registry.champion_path(tmp_path)),
    )
    kept = tmp_path / "registry" / "past" / f"{change.before}.json"
    assert kept.read_bytes() == CHAMPION.read_bytes()
    assert registry.history(tmp_path)[-1]["after"] == change.after


def test_rollbacks_return_every_earlier_champion_byte_for_byte(tmp_path):
    promoted(tmp_path, "second")
    second = registry.champion_path(tmp_path).read_bytes()
    promoted(tmp_path, "third")
    assert registry.champion_path(tmp_path).read_bytes() != second
    registry.restore(tmp_path)
    assert registry.champion_path(tmp_path).read_bytes() == second
    registry.restore(tmp_path)
    assert registry.champion_path(tmp_path).read_bytes() == CHAMPION.read_bytes()
    with pytest.raises(InputError, match="needs an earlier champion"):
        registry.restore(tmp_path)
    events = [line["event"] for line in registry.history(tmp_path)]
    assert events == ["promoted", "promoted", "rolled back", "rolled back"]


def test_a_rollback_is_also_exact_for_a_file_that_nobody_here_wrote(tmp_path):
    own = tmp_path / "registry" / "champion.json"
    text = to_json(challenger("theirs")).replace("  ", "\t").encode()
    write_whole(own, text)
    promoted(tmp_path, "next")
    registry.restore(tmp_path)
    assert own.read_bytes() == text


def test_a_past_champion_that_somebody_changed_is_not_put_back(tmp_path):
    change = promoted(tmp_path, "next")
    before = registry.champion_path(tmp_path).read_bytes()
    kept = tmp_path / "registry" / "past" / f"{change.before}.json"
    kept.write_bytes(kept.read_bytes() + b" ")
    with pytest.raises(InputError, match="must be unchanged"):
        registry.restore(tmp_path)
    assert registry.champion_path(tmp_path).read_bytes() == before


def test_a_crash_before_the_swap_leaves_the_old_champion_whole(tmp_path, monkeypatch):
    promoted(tmp_path, "second")
    before = registry.champion_path(tmp_path).read_bytes()
    replace_file = os.replace

    def crash(source, target):
        if os.path.basename(target) == "champion.json":
            raise OSError("power cut")
        replace_file(source, target)

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(OSError, match="power cut"):
        promoted(tmp_path, "third")
    monkeypatch.undo()
    assert registry.champion_path(tmp_path).read_bytes() == before
    registry.restore(tmp_path)
    assert registry.champion_path(tmp_path).read_bytes() == CHAMPION.read_bytes()


def test_a_line_that_a_crash_cut_short_is_forgotten(tmp_path):
    promoted(tmp_path, "next")
    path = tmp_path / "registry" / "history.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at": "2026-12-0')
    assert len(registry.history(tmp_path)) == 1
    registry.restore(tmp_path)
    assert [line["event"] for line in registry.history(tmp_path)] == ["promoted", "rolled back"]


def test_unknown_weights_come_with_the_known_ones(tmp_path):
    promoted(tmp_path, "next")
    assert registry.find(tmp_path, read_weights().weights_id).weights == read_weights().weights
    with pytest.raises(InputError, match="next, champion"):
        registry.find(tmp_path, "absent")
