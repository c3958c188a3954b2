"""A name for a candidate that outlives them: the same every time, and nothing without the key."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from data.durable import flush

_SIZE = 32  # bytes of the key, and of what HMAC-SHA256 gives


def pseudonym(runs: Path, candidate_id: str) -> str:
    """The keyed hash (HMAC-SHA256, 24 hex digits) of an id, by the key of this runs folder.

    Stands for the candidate wherever a record must outlive an erasure: in the audit log, on
    receipts, in the list of those who may not come back.
    """
    return hmac.new(_key(runs), candidate_id.encode(), hashlib.sha256).hexdigest()[:24]


def _key(runs: Path) -> bytes:
    """The key of a runs folder, made by whoever needs it first."""
    path = runs / "privacy" / "key"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"key.{secrets.token_hex(4)}")
        part.touch(mode=0o600)
        part.write_bytes(secrets.token_bytes(_SIZE))
        flush(part)
        try:
            os.link(part, path)  # fails when another process was first: its key stands
        except FileExistsError:
            pass
        finally:
            part.unlink()
        flush(path.parent)
    return path.read_bytes()
