"""A folder kept in an object store as well: whole files under their hash, named by one index.

Nothing that lies there is ever written over, and the index is swapped last, so whoever fetches gets
the folder as somebody sent it; a file whose bytes are not those of its name is not taken.
"""

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from data.durable import whole
from data.errors import InputError
from data.remote.objects import inside, open_store

INDEX: Final = "index.json"
FILES: Final = "files"
_log = logging.getLogger(__name__)


def read_index(address: str) -> dict[str, str]:
    """SHA-256 of every file of the folder, by its name in it; empty where none was sent yet.

    Raises:
        InputError: the store cannot be reached, or what lies there is no index.
    """
    store, root = open_store(address)
    try:
        index = json.loads(store.cat_file(f"{root}/{INDEX}"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"{address}/{INDEX} must be readable, but it is not: {error}.") from error
    return {str(name): str(digest) for name, digest in index.items()}


def fetch_copy(
    address: str, folder: Path, index: Mapping[str, str], have: Mapping[str, str]
) -> None:
    """Make `folder` what `index` names, where it holds the files `have` (names and SHA-256).

    What is new is fetched, JSON files last, since they name the others; what is not named goes.

    Raises:
        InputError: a name leads out of the folder, or the store cannot be reached.
    """
    new = [name for name, digest in index.items() if have.get(name) != digest]
    for name in sorted(new, key=lambda name: (name.endswith(".json"), name)):
        _fetch(address, inside(folder, name), index[name])
    for name in have.keys() - index.keys():
        file = inside(folder, name)
        file.unlink(missing_ok=True)
        if file.parent != folder and not any(file.parent.iterdir()):
            file.parent.rmdir()


def send_copy(address: str, folder: Path, files: Mapping[str, str]) -> None:
    """Send the `files` (names and SHA-256) of `folder`; what no longer belongs to them is deleted.

    Raises:
        InputError: the store cannot be reached.
    """
    store, root = open_store(address)
    try:
        store.makedirs(f"{root}/{FILES}", exist_ok=True)
        store.invalidate_cache()
        there = {Path(path).name for path in store.find(f"{root}/{FILES}")}
        for name, digest in files.items():
            if digest not in there:
                store.put_file(str(folder / name), f"{root}/{FILES}/{digest}")
        store.pipe_file(f"{root}/{INDEX}", json.dumps(dict(files), indent=1).encode())
        for digest in there - set(files.values()):
            store.rm_file(f"{root}/{FILES}/{digest}")
    except OSError as error:
        raise InputError(f"{address} must be writable, but it is not: {error}.") from error


def _fetch(address: str, file: Path, digest: str) -> None:
    """Fetch one file; a damaged one goes from the store too, so that it can be sent again."""
    store, root = open_store(address)
    there = f"{root}/{FILES}/{digest}"
    try:
        with whole(file) as part:
            store.get_file(there, str(part))
            with part.open("rb") as content:
                sound = hashlib.file_digest(content, "sha256").hexdigest() == digest
            if not sound:
                store.rm_file(there)
                raise FileNotFoundError
    except FileNotFoundError:
        _log.warning("%s of %s is damaged or gone; it is made anew.", file.name, address)
    except OSError as error:
        raise InputError(f"{address} must be readable, but it is not: {error}.") from error
