import subprocess
import sys

import pytest

from pipeline.nights.lock import LockError, run_lock

HOLD = "import sys\nfrom pathlib import Path\nfrom pipeline.nights.lock import run_lock\n"


def test_a_second_run_is_refused_and_told_who_holds_the_lock(tmp_path):
    code = f"{HOLD}with run_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockError, match=f"process {holder.pid} does now"), run_lock(tmp_path):
            pass
        holder.kill()
    with run_lock(tmp_path):
        pass


def test_the_lock_is_free_after_use(tmp_path):
    for _ in range(2):
        with run_lock(tmp_path):
            pass
