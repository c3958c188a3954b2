"""The child process of `data.cv.workers`: one path a line in, one JSON answer a line out."""

import contextlib
import ctypes
import json
import resource
import socket
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

import data.cv.docx
import data.cv.json_resume
import data.cv.pdf  # noqa: F401 - loaded before the limits: nothing is imported on behalf of a file
from data.cv.document import Unreadable, read_document

MEMORY: Final = 512 * 2**20  # bytes of address space
_NEW_USER_AND_NETWORK: Final = 0x10000000 | 0x40000000


def main() -> None:
    """Limit this process, then answer until the parent closes the pipe."""
    seconds = float(sys.argv[1])
    limit()
    _say({})  # ready: the time of the first file starts now
    for line in sys.stdin:
        _allow_cpu(seconds)
        _say(_answer(Path(json.loads(line))))


def limit() -> None:
    """Forbid this process network and writing, for good, and cap its memory."""
    with contextlib.suppress(OSError, AttributeError):  # a system without namespaces
        ctypes.CDLL(None).unshare(_NEW_USER_AND_NETWORK)  # an empty network of its own
    socket.socket = _Forbidden  # type: ignore[assignment,misc]
    for kind, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        resource.setrlimit(kind, (value, value))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class _Forbidden:
    def __init__(self, *_: object, **__: object) -> NoReturn:
        raise OSError("the reader of CVs has no network")


def _allow_cpu(seconds: float) -> None:
    """Let the next file use `seconds` of processor time; the kernel ends this process beyond."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds) + 1, hard))


def _answer(path: Path) -> dict[str, Any]:
    try:
        document = read_document(path)
    except Unreadable as error:
        return {"reason": str(error)}
    except (MemoryError, RecursionError):
        return {"reason": "too large: reading it takes more memory than a CV may"}
    except Exception as error:  # any fault of a file stays with the file
        return {"reason": f"damaged: {type(error).__name__} while reading"}
    return {"text": document.text, "hidden": document.hidden, "note": document.note}


if __name__ == "__main__":
    main()
