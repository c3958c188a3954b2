"""One night at a time in a runs folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockError(Exception):
    """Another run works in this runs folder; the command line turns it into exit code 75."""


@contextmanager
def run_lock(runs: Path) -> Iterator[None]:
    """Hold the lock of a runs folder, which is made when missing.

    The lock is the kernel's (flock), so that of a dead process is free at once.

    Raises:
        LockError: another process holds it.
    """
    runs.mkdir(parents=True, exist_ok=True)
    with (runs / ".lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise LockError(
                f"Only one run may work in {runs} at a time; process {holder} does now. "
                "Wait for it, or choose another --runs folder."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
