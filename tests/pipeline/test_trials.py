"""A small part of the trials, so that they keep working; `make trust` runs all of them."""

import shutil
import subprocess
import sys

import pytest

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
