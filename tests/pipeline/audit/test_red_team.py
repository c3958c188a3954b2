"""The red team in a night: told in report and manifest, and without a trace elsewhere."""

from dataclasses import replace

import polars as pl
import pytest

from pipeline.audit import world as audit_world
from pipeline.audit.attacks import ATTACKS
from pipeline.audit.red_team import ALL, LEAST, attack_night, gain_alarms, gain_tables, gains
from pipeline.journal import Journal, Silence
from pipeline.nightly import rank, run_night
from pipeline.nights.folders import read_manifest
from pipeline.nights.manifest import file_hashes
from pipeline.settings import RedTeamSettings
from pipeline.trials.world import AS_OF, SETTINGS, without_model, write_inbox

OFF = replace(SETTINGS, red_team=RedTeamSettings(briefs=0))
ON = replace(SETTINGS, red_team=RedTeamSettings(briefs=1, cvs=1, pool=LEAST))
TELLS = {"report.html", "manifest.json"}


@pytest.fixture(scope="module")
def inbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("red_team") / "inbox"
    write_inbox(folder, candidates=LEAST + 4, briefs=2, seed=2)
    briefs = pl.read_csv(folder / "briefs.csv", infer_schema=False)
    asked = briefs.select("brief_id", "language", "title", "must_have", "description")
    asked.write_csv(folder / "briefs.csv")  # no conditions: nobody is kept off by a gate
    return folder


@pytest.fixture(scope="module")
def nights(inbox, tmp_path_factory):
    """One night with the red team and one without, each in runs of its own."""
    made = {}
    for name, settings in (("on", ON), ("off", OFF)):
        runs = tmp_path_factory.mktemp(name)
        with without_model():
            made[name] = run_night(inbox, runs, settings, AS_OF, Journal(Silence())).folder
    return made


@pytest.fixture(scope="module")
def ranking(inbox, tmp_path_factory):
    with without_model():
        return rank(inbox, tmp_path_factory.mktemp("runs"), OFF, AS_OF, Journal(Silence()))


def exports(night):
    return {name: hash for name, hash in file_hashes(night).items() if name not in TELLS}


def kept_vectors(night):
    vectors = night.resolve().parents[1] / "cache" / "vectors"
    return sum(pl.read_parquet(file).height for file in vectors.rglob("keys.parquet"))


def test_the_night_publishes_the_same_bytes_with_and_without_attacks(nights):
    on, off = exports(nights["on"]), exports(nights["off"])
    assert on == off
    assert len(on) > 10


def test_no_vector_of_an_attack_is_kept(nights):
    assert kept_vectors(nights["on"]) == kept_vectors(nights["off"]) > 0


def test_report_and_manifest_tell_of_every_attack(nights):
    told = read_manifest(nights["on"])
    assert set(told["attacks"]) == {*ATTACKS, ALL}
    assert told["attacks"][ALL]["pairs"] == len(ATTACKS)  # one CV of one brief
    page = (nights["on"] / "report.html").read_text("utf-8")
    assert all(name in page for name in ATTACKS)


def test_nobody_is_attacked_where_the_setting_says_so(nights):
    assert read_manifest(nights["off"])["attacks"] == {}
    assert "brief pasted" not in (nights["off"] / "report.html").read_text("utf-8")


def test_the_same_date_attacks_alike_and_rings_no_alarm(ranking, nights):
    found = attack_night(ranking, ON.red_team, AS_OF)
    assert {one.attack: one.figures for one in found} == read_manifest(nights["on"])["attacks"]
    assert gain_alarms(found) == []


def test_an_alarm_rings_when_flags_are_switched_off(ranking, monkeypatch):
    columns = dict.fromkeys(("candidate_id", "flag", "brief_id", "detail"), pl.String)
    monkeypatch.setattr(audit_world, "pair_flags", lambda matches: pl.DataFrame(schema=columns))
    blind = attack_night(ranking, ON.red_team, AS_OF)
    assert max(one.flagged for one in blind) == 0
    told = [alarm.text for alarm in gain_alarms(blind) if alarm.level == "alarm"]
    assert any("not flagged" in text for text in told)


def attempts(*rows):
    names = ["attack", "before", "after", "pool", "flagged"]
    table = pl.DataFrame(rows, schema=names, orient="row")
    return table.with_columns(brief_id=pl.lit("B"), candidate_id=pl.lit("C"))


def test_gains_count_what_reaches_the_first_places_unflagged():
    one, two = list(ATTACKS)[:2]
    unseen, seen, held = (one, 80, 5, 100, False), (one, 60, 60, 100, True), (two, 4, 5, 50, True)
    found = gains(attempts(unseen, seen, held))
    by_name = {gain.attack: gain for gain in found}
    assert [gain.attack for gain in found] == [one, two, ALL]
    assert by_name[one].places == (75 + 0) / 2
    assert (by_name[one].top_before, by_name[one].top_after, by_name[one].unseen) == (0, 0.5, 0.5)
    assert not by_name[one].passes
    assert (by_name[two].places, by_name[two].top_after, by_name[two].passes) == (-2, 1, True)
    assert len(gain_tables(found)[0].rows) == 3
    assert "50% of 2 tries" in gain_alarms(gains(attempts(unseen, seen)))[0].text


@pytest.mark.parametrize(("through", "rings"), [(1, False), (3, True)])
def test_one_try_of_many_that_gets_through_is_chance(through, rings):
    name = next(iter(ATTACKS))
    tries = [(name, 80, 5 if number < through else 80, 100, False) for number in range(27)]
    told = " ".join(alarm.text for alarm in gain_alarms(gains(attempts(*tries))))
    assert ("reach the first" in told) is rings
