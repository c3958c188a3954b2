"""Read many CV files in child processes that a hostile file can crash, but not leave."""

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Final

from data.cv.document import LARGEST_TEXT, Document, Unreadable

SECONDS: Final = 8.0  # for one file: ten with the start of the next child
_START_SECONDS: Final = 60.0  # for a child to load its libraries
_LONGEST_ANSWER: Final = 8 * LARGEST_TEXT  # bytes; JSON escapes a character as six


def read_documents(
    paths: Iterable[Path], *, workers: int = 2, seconds: float = SECONDS
) -> Iterator[tuple[Path, Document | Unreadable]]:
    """Yield each path with its Document, or the reason why there is none, in the order given.

    Each worker is one child process that lives on from file to file: 512 MB of memory, no network,
    no writing of files, `seconds` of time a file. A child that crashes or hangs costs its file
    only; the next one starts afresh. Answers come back as JSON: nothing that a child sends is ever
    run.
    """
    if workers < 1:
        raise ValueError(f"`workers` must be at least 1, got {workers}.")
    local = threading.local()
    children: list[_Child] = []

    def read(path: Path) -> tuple[Path, Document | Unreadable]:
        if not hasattr(local, "child"):
            local.child = _Child(seconds)
            children.append(local.child)
        return path, local.child.read(path)

    try:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(read, paths)
    finally:
        for child in children:
            child.stop()


class _Child:
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> Document | Unreadable:
        try:
            process = self._started()
            stdin, stdout = _pipes(process)
            stdin.write(json.dumps(str(path.absolute())).encode() + b"\n")
            stdin.flush()
            answer = _read_line(stdout, self._seconds)
        except (BrokenPipeError, EOFError):
            self.stop()
            return Unreadable("crashed the reader: the file is damaged or too large to read")
        except TimeoutError:
            self.stop()
            return Unreadable(f"took longer than {self._seconds:g} s to read")
        fields = json.loads(answer)
        return Unreadable(fields["reason"]) if "reason" in fields else Document(**fields)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            for pipe in _pipes(self._process):
                pipe.close()
            self._process.wait()
            self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", "data.cv.child", str(self._seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(sys.path)},
            )
            _read_line(_pipes(self._process)[1], _START_SECONDS)
        return self._process


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("The child must be started with pipes.")
    return process.stdin, process.stdout


def _read_line(pipe: IO[bytes], seconds: float) -> bytes:
    """Return the next line of the pipe; raises TimeoutError, or EOFError when the child is gone."""
    parts: list[bytes] = []
    deadline = time.monotonic() + seconds
    while not (parts and parts[-1].endswith(b"\n")):
        ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(pipe.fileno(), 65536)
        if not part or sum(map(len, parts)) > _LONGEST_ANSWER:
            raise EOFError
        parts.append(part)
    return b"".join(parts)
