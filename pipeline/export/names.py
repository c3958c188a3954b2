"""Names of published files: an id that is safe as it stands, or a legible one that is."""

import hashlib
import re

_SAFE = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,100}(?<!\.)")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_name(identifier: str) -> str:
    """A file name without its ending; two ids never share one.

    An id that some file system or link could read otherwise keeps its legible signs and gets eight
    hex digits of its SHA-256.
    """
    if _SAFE.fullmatch(identifier) and not _RESERVED.fullmatch(identifier):
        return identifier
    legible = re.sub(r"[^A-Za-z0-9_-]+", "-", identifier).strip("-")[:80] or "brief"
    return f"{legible}~{hashlib.sha256(identifier.encode()).hexdigest()[:8]}"
