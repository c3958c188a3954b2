"""Open a CV file of any accepted format and return the text that a reader would see."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.errors import InputError

LARGEST_FILE: Final = 20_000_000  # bytes
LARGEST_TEXT: Final = 400_000  # characters; a CV of a hundred pages
SUFFIXES: Final = (".pdf", ".docx", ".txt", ".json")


class Unreadable(InputError):  # noqa: N818 - it is a finding, passed on as a value
    """A CV file without usable text; the message is the reason, for the quarantine."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """Visible text of a file; `hidden` when unseen text was taken out, as `note` tells."""

    text: str
    hidden: bool = False
    note: str | None = None


def read_document(path: Path) -> Document:
    """Return the visible text of a PDF, DOCX, TXT or JSON Resume file.

    The first bytes decide on the format, not the name. Raises Unreadable with the reason. A file
    from outside belongs into `data.cv.workers.read_documents`, whose child process is limited.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"too large: a CV has at most {LARGEST_FILE // 1_000_000} MB")
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be opened: {error.strerror}") from error
    document = _reader(raw, path.suffix.lower())(raw)
    if len(document.text) > LARGEST_TEXT:
        raise Unreadable(f"too long: a CV has at most {LARGEST_TEXT} characters")
    if not any(c.isalpha() for c in document.text):
        raise Unreadable("empty: the file holds no visible text")
    return document


def _reader(raw: bytes, suffix: str) -> Callable[[bytes], Document]:
    # imported late: each brings its library, and most files need one of them
    if b"%PDF-" in raw[:1024]:
        from data.cv.pdf import read_pdf

        return read_pdf
    if raw.startswith(b"PK\x03\x04"):
        from data.cv.docx import read_docx

        return read_docx
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted, or an old Word file: save it as DOCX without a password")
    if not raw.strip():
        raise Unreadable("empty: the file holds no visible text")
    if suffix == ".json":
        from data.cv.json_resume import read_json_resume

        return read_json_resume
    if suffix in {".txt", ".text", ".md"}:
        from data.cv.plain import read_plain

        return read_plain
    if suffix in {".pdf", ".docx"}:
        raise Unreadable(f"damaged: no {suffix[1:].upper()} inside")
    raise Unreadable(f"format {suffix} is not read: send PDF, DOCX, TXT or JSON Resume")
