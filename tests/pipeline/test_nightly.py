"""One small night with the real encoder, as the operator runs it."""

import csv
import filecmp
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import polars as pl
import pytest

from data.schema import Adaptability, Longlist, Quarantine
from models.weights.registry import install, read_champion, restore
from pipeline.export.catalogue import load_messages
from pipeline.nights.manifest import file_hashes

AS_OF = "2026-11-22"
TOP = 5


def briefmatch(*words, timeout=600):
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=timeout,
    )


def run(world, *more):
    return briefmatch(
        "run", "--inbox", world / "inbox", "--runs", world / "runs", "--as-of", AS_OF, *more
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """An inbox of forty candidates and a published night on it."""
    folder = tmp_path_factory.mktemp("world")
    made = briefmatch("sample", folder / "inbox", "--candidates", 40, "--briefs", 4)
    assert made.returncode == 0, made.stderr
    first = run(folder, "--top", TOP)
    assert first.returncode == 0, first.stderr
    (folder / "first.log").write_text(first.stderr)
    return folder


@pytest.fixture(scope="module")
def night(world):
    return world / "runs" / "current"


@pytest.fixture(scope="module")
def longlist(night):
    return pl.read_parquet(night / "longlist.parquet")


def test_the_manifest_names_every_file_with_its_hash(night):
    manifest = json.loads((night / "manifest.json").read_text())
    found = file_hashes(night.resolve())
    del found["manifest.json"]
    assert manifest["files"] == found
    assert manifest["counts"]["candidates"] == 40


def test_the_score_is_the_sum_of_weights_times_components(longlist):
    names = [column[2:] for column in longlist.columns if column.startswith("x_")]
    assert {"technical", "adaptability"} <= set(names)
    total = sum(longlist[f"x_{name}"] * longlist[f"w_{name}"] for name in names)
    assert (longlist["score"] - total).abs().max() < 2e-4
    weights = sum(longlist[f"w_{name}"] for name in names)
    assert (weights - 1).abs().max() < 1e-5


def test_the_longlist_has_one_row_a_pair_and_ranks_by_score(longlist):
    columns = Longlist.column_names()
    assert Longlist.is_valid(longlist.select(columns))
    ordered = longlist.sort("brief_id", "rank")
    assert ordered.equals(
        longlist.sort("brief_id", "rank", "score", descending=[False, False, True])
    )
    falls = ordered.select(pl.col("score").diff().over("brief_id").max()).item()
    assert falls <= 0


def test_every_candidate_is_ranked_or_has_a_reason(night, longlist):
    out = pl.read_parquet(night / "ineligible.parquet")
    for brief_id in longlist["brief_id"].unique():
        ranked = set(longlist.filter(pl.col("brief_id") == brief_id)["candidate_id"])
        stopped = set(out.filter(pl.col("brief_id") == brief_id)["candidate_id"])
        assert len(ranked | stopped) == 40
        assert not ranked & stopped


def test_adaptability_events_are_quoted_facts(night):
    events = pl.read_parquet(night / "adaptability.parquet")
    assert Adaptability.is_valid(events)
    assert events.height > 20


def test_nothing_of_a_valid_inbox_is_quarantined(night):
    quarantine = pl.read_parquet(night / "quarantine.parquet")
    assert Quarantine.is_valid(quarantine)
    assert quarantine.is_empty()


def test_a_shortlist_opens_as_csv_with_who_and_why(night, longlist):
    file = next((night / "shortlists").glob("*.csv"))
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert 0 < len(rows) <= TOP
    best = longlist.filter((pl.col("brief_id") == file.stem) & (pl.col("rank") == 1))
    assert rows[0]["Candidate"] == best["candidate_id"].item()
    assert rows[0]["Name"]
    assert rows[0]["Quote 1"].startswith("“")


def test_pages_need_no_network(night):
    for page in night.resolve().rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "default-src 'none'" in text
        assert not re.search(r"<script[^>]|src=|https?://", text)


def test_a_second_night_embeds_nothing_and_exports_the_same_bytes(world, night, monkeypatch):
    before = night.resolve()
    assert run(world, "--top", TOP).returncode == 0
    after = night.resolve()
    assert after != before
    assert not list((world / "runs" / "staging").iterdir())
    exports = [str(p.relative_to(before)) for p in before.rglob("*") if p.is_file()]
    same, other, failed = filecmp.cmpfiles(before, after, exports, shallow=False)
    assert sorted(other + failed) == ["manifest.json", "report.html"]
    assert len(same) > 15


def test_explain_gives_a_shortlisted_pair_and_one_far_below(world, longlist):
    one = longlist.filter(pl.col("brief_id") == longlist["brief_id"][0]).sort("rank")
    for row in (one.row(0, named=True), one.row(-1, named=True)):
        told = briefmatch("explain", "--runs", world / "runs", row["brief_id"], row["candidate_id"])
        assert told.returncode == 0, told.stderr
        assert row["candidate_id"] in told.stdout
        assert "“" in told.stdout


def test_a_promotion_does_not_change_what_a_night_explains(world, longlist):
    runs, row = world / "runs", longlist.sort("rank").row(-1, named=True)
    champion = read_champion(runs)
    weights = {**champion.weights, "technical": 0.4, "adaptability": 0.35}
    install(runs, replace(champion, weights_id="next", weights=weights), {})
    told = briefmatch("explain", "--runs", runs, row["brief_id"], row["candidate_id"])
    restore(runs)
    assert told.returncode == 0, told.stderr
    assert load_messages("en").number(Decimal(str(row["score"])) * 100, 1) in told.stdout


def test_an_inbox_that_lost_a_table_publishes_nothing(world, night, tmp_path):
    before = night.resolve()
    shutil.copytree(world / "inbox", tmp_path / "inbox")
    (tmp_path / "inbox" / "candidates.csv").unlink()
    refused = briefmatch("run", "--inbox", tmp_path / "inbox", "--runs", world / "runs")
    assert refused.returncode == 65
    assert "candidates" in refused.stderr
    assert night.resolve() == before


def test_too_many_unreadable_candidates_publish_nothing(world, night, tmp_path):
    before = night.resolve()
    shutil.copytree(world / "inbox", tmp_path / "inbox")
    table = pl.read_csv(tmp_path / "inbox" / "candidates.csv", infer_schema=False)
    broken = pl.when(pl.int_range(pl.len()) < 5).then(pl.lit("../x")).otherwise("candidate_id")
    table.with_columns(candidate_id=broken).write_csv(tmp_path / "inbox" / "candidates.csv")
    refused = briefmatch(
        "run", "--inbox", tmp_path / "inbox", "--runs", world / "runs", "--as-of", AS_OF
    )
    assert refused.returncode == 65
    assert "At most 5%" in refused.stderr
    assert night.resolve() == before


def test_a_held_lock_is_told_by_its_exit_code(world):
    from pipeline.nights.lock import run_lock

    with run_lock(world / "runs"):
        assert run(world).returncode == 75


def test_a_wrong_option_is_a_usage_error(world):
    assert run(world, "--tip", "5").returncode == 2


def test_json_lines_for_machines(world):
    told = run(world, "--log-json", "--top", TOP)
    events = [json.loads(line) for line in told.stderr.splitlines()]
    stages = [event["stage"] for event in events if event["event"] == "end"]
    assert stages[:3] == ["intake", "check", "read"]
