"""Files of an object store (S3, Google, Azure, anything that fsspec knows) copied down and up."""

import json
import os
from pathlib import Path
from typing import Any, Final

from data.durable import flush
from data.errors import InputError

CURRENT: Final = "current"
"""Object that holds the name of the night in force; written after all its files."""
_STATE: Final = ("ETag", "etag", "md5", "size", "LastModified", "mtime", "updated", "created")


def fetch_files(address: str, folder: Path, index: Path) -> Path:
    """Make `folder` the copy of what lies at `address`; gives the folder.

    `index` remembers in which state every object was fetched, so that an unchanged one is not
    fetched again.

    Raises:
        InputError: nothing lies there, an object's name leaves the folder, or it cannot be reached.
    """
    store, root = open_store(address)
    try:
        there: dict[str, dict[str, Any]] = store.find(root, detail=True)
    except OSError as error:
        raise InputError(f"{address} must be readable, but it is not: {error}.") from error
    if not there:
        raise InputError(f"{address} must hold an inbox, but nothing lies there.")
    known = json.loads(index.read_text("utf-8")) if index.is_file() else {}
    fetched = {}
    for path, info in there.items():
        name = path.removeprefix(root).lstrip("/")
        file = inside(folder, name)
        state = repr([str(info[key]) for key in _STATE if key in info])
        if known.get(name) != state or not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            part = file.with_name(f".{file.name}.part")
            store.get_file(path, str(part))
            os.replace(part, file)
        fetched[name] = state
    for gone in known.keys() - fetched.keys():
        inside(folder, gone).unlink(missing_ok=True)
    index.write_text(json.dumps(fetched, indent=1), encoding="utf-8")
    flush(index)
    return folder


def send_night(night: Path, address: str) -> None:
    """Copy a finished night to `address`/nights, then name it in `address`/current.

    Whoever follows `current` sees whole nights only: it is one small object, written last.

    Raises:
        InputError: the store cannot be reached.
    """
    store, root = open_store(address)
    try:
        for file in sorted(night.rglob("*")):
            if file.is_file():
                to = f"{root}/nights/{night.name}/{file.relative_to(night).as_posix()}"
                store.makedirs(to.rpartition("/")[0], exist_ok=True)
                store.put_file(str(file), to)
        store.pipe_file(f"{root}/{CURRENT}", night.name.encode())
    except OSError as error:
        raise InputError(f"{address} must be writable, but it is not: {error}.") from error


def open_store(address: str) -> tuple[Any, str]:
    """The store at `address` and the path in it, without a slash at its end.

    Raises:
        InputError: no such store is known, or its package is not installed.
    """
    import fsspec

    try:
        store, root = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise InputError(
            f"{address} needs a package that is not installed ({error}): "
            "`pip install 'briefmatch[s3]'` for s3://, for others the package that is named."
        ) from error
    except ValueError as error:
        raise InputError(f"{address} must name an object store: {error}.") from error
    return store, str(root).rstrip("/")


def inside(folder: Path, name: str) -> Path:
    """The file of that name in `folder`.

    Raises:
        InputError: the name leads out of the folder.
    """
    file = Path(os.path.abspath(folder / name))
    if not file.is_relative_to(folder.absolute()):
        raise InputError(f"An object must lie in its folder, but {name!r} leads out: rename it.")
    return file
