"""What has been written reaches the disk before anything points at it."""

import os
from pathlib import Path


def flush(path: Path) -> None:
    """Force a file, or the entries of a folder, to the disk (fsync)."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
