import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.cv.document import Document, Unreadable
from data.cv.workers import read_documents


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_files_come_back_in_order_with_text_or_reason(tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{i}.txt", f"Candidate {i}") for i in range(5)]
    paths.insert(2, written(tmp_path / "bad.json", "{"))

    found = list(read_documents(paths))

    assert [path for path, _ in found] == paths
    texts = [d.text if isinstance(d, Document) else str(d) for _, d in found]
    assert texts[:2] == ["Candidate 0", "Candidate 1"]
    assert "does not parse" in texts[2]
    assert texts[3:] == ["Candidate 2", "Candidate 3", "Candidate 4"]


def test_a_file_that_hangs_costs_only_itself(tmp_path: Path) -> None:
    pipe = tmp_path / "hangs.txt"
    os.mkfifo(pipe)  # reading it waits for a writer that never comes
    good = written(tmp_path / "good.txt", "Controller")

    found = dict(read_documents([pipe, good], workers=1, seconds=1))

    assert isinstance(found[pipe], Unreadable)
    assert "longer than 1 s" in str(found[pipe])
    assert found[good] == Document(text="Controller")


def limited(statement: str) -> str:
    """Run a statement in a process with the limits of the reading child; return its last words."""
    script = f"from data.cv.child import limit\nlimit()\n{statement}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    return (done.stdout + done.stderr).strip().split("\n")[-1]


def test_the_reading_process_has_no_network_no_files_to_write_and_little_memory(
    tmp_path: Path,
) -> None:
    assert "no network" in limited("import socket; socket.create_connection(('127.0.0.1', 9))")
    assert "File too large" in limited(
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"open({str(tmp_path / 'out')!r}, 'w').write('x' * 9999)"
    )
    assert limited("bytes(2_000_000_000)") == "MemoryError"


def test_workers_must_be_positive() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        list(read_documents([], workers=0))
