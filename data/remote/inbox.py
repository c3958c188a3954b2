"""Brings an inbox that lies elsewhere to a folder, so that a night reads files and nothing else."""

from pathlib import Path

from data.remote.objects import fetch_files
from data.remote.postgres import fetch_tables, is_database


def fetch_inbox(inbox: Path | str, copy: Path) -> Path:
    """The folder of an inbox: as it stands, or the copy of what lies elsewhere.

    Args:
        inbox: a folder, `postgresql://…`, or an object store such as `s3://bucket/folder`.
        copy: a folder for the copy; of files that did not change nothing is fetched again.

    Raises:
        InputError: what is elsewhere cannot be reached, or an optional package is missing.
    """
    if isinstance(inbox, Path) or "://" not in inbox:
        return Path(inbox)
    if is_database(inbox):
        return fetch_tables(inbox, copy / "files")
    return fetch_files(inbox, copy / "files", copy / "index.json")
