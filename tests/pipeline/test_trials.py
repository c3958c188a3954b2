"""A small part of the trials, so that they keep working; `make trust` runs all of them."""

import shutil
import subprocess
import sys

import pytest

from pipeline.trials.attackers import attacks_on_real_cvs
from pipeline.trials.count import Count
from pipeline.trials.tampering import tamperings


def test_tampering_with_the_audit_log_is_found(tmp_path):
    counts = tamperings(tmp_path, each=10, seed=3)
    assert [count.passes for count in counts] == [True] * 5
    assert sum(count.tried for count in counts) == 4 * 10 + 1


def test_a_killed_night_shows_one_whole_night():
    if not shutil.which("gcc"):
        pytest.skip("skipped: no gcc")
    command = [sys.executable, "-m", "pipeline.trials", "kills", "--share", "0.004"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.count("ok ") == 2


def test_a_count_that_did_not_hold_says_so():
    assert str(Count(what="kills", tried=3, held=2)).startswith("!!       2 of 3")


def test_without_real_cvs_their_attacks_are_skipped_and_told(tmp_path):
    counts = list(attacks_on_real_cvs(tmp_path, pool=10, each=1, seed=1, data=tmp_path / "none"))
    assert [str(count) for count in counts] == [
        "ok       0 of 0       attacks on real CVs: skipped: no ../shared"
    ]
