"""What has been written reaches the disk before anything points at it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def flush(path: Path) -> None:
    """Force a file, or the entries of a folder, to the disk (fsync)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A private file aside to write, which takes the name `path` when it is done.

    A reader, or a crash, meets the old file or the new one, never a part; the new one is on the
    disk when this ends. What failed half-way is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        yield part
        flush(part)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file as `whole` does."""
    with whole(path) as part:
        part.write_bytes(content)
