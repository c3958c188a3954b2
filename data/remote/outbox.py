"""Sends a published night to where its readers are: a database or an object store."""

from pathlib import Path

import polars as pl

from data.remote.objects import send_night
from data.remote.postgres import is_database, send_shortlists

_COLUMNS = ["brief_id", "candidate_id", "rank", "score", "band"]


def send(night: Path, shortlists: pl.DataFrame, address: str) -> None:
    """Send the shortlists to `postgresql://…`, or the whole night to a store such as `s3://…`.

    Raises:
        InputError: the address does not answer, or an optional package is missing.
    """
    if is_database(address):
        send_shortlists(address, night.name, shortlists.select(_COLUMNS))
    else:
        send_night(night, address)
