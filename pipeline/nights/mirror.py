"""The caches of a runs folder in an object store as well, for disks that do not last.

One machine at a time: what it last fetched or sent is remembered here, so that it sees when another
has sent since. Then the store rules, which is what keeps an old disk from bringing back the erased.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from data.durable import write_whole
from data.remote.mirror import fetch_copy, read_index, send_copy
from pipeline.nights.seal import seal_cache, sealed_files

_STATE = "mirror.json"


def mirror_of(runs: Path) -> str | None:
    """The address that the caches of `runs` were last fetched from or sent to."""
    state = runs / _STATE
    return json.loads(state.read_text("utf-8"))["address"] if state.is_file() else None


def fetch_cache(runs: Path, address: str) -> None:
    """Make `runs/cache` what lies at `address`, unless that is what was last fetched or sent.

    Raises:
        InputError: the store cannot be reached.
    """
    index = read_index(address)
    if index and not _is_known(runs, address, index):
        fetch_copy(address, runs / "cache", index, sealed_files(runs))
        seal_cache(runs)
        _remember(runs, address, index)


def send_cache(runs: Path, address: str) -> bool:
    """Send what is new in `runs/cache` and delete there what is gone here.

    Gives False, and sends nothing, where another machine has sent since the last fetch: what it
    erased would return.

    Raises:
        InputError: the store cannot be reached.
    """
    index = read_index(address)
    if index and not _is_known(runs, address, index):
        return False
    files = sealed_files(runs)
    send_copy(address, runs / "cache", files)
    _remember(runs, address, files)
    return True


def _is_known(runs: Path, address: str, index: Mapping[str, str]) -> bool:
    """Whether this is what was last fetched or sent, and it was not lost since."""
    state = runs / _STATE
    if not state.is_file() or not any((runs / "cache").glob("*")):
        return False
    return bool(json.loads(state.read_text("utf-8")) == _facts(address, index))


def _remember(runs: Path, address: str, index: Mapping[str, str]) -> None:
    write_whole(runs / _STATE, json.dumps(_facts(address, index)).encode())


def _facts(address: str, index: Mapping[str, str]) -> dict[str, str]:
    told = json.dumps(index, sort_keys=True).encode()
    return {"address": address, "index": hashlib.sha256(told).hexdigest()}
