"""Read a text file whose encoding nobody wrote down."""

import codecs

from data.cv.document import Document, Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_plain(raw: bytes) -> Document:
    """Return the text of UTF-8, UTF-16 (with or without mark) or CP-1252 bytes."""
    return Document(text=decode(raw))


def decode(raw: bytes) -> str:
    """Decode by mark, as UTF-16 where every other byte is zero, as UTF-8, else CP-1252."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    sample = raw[:4000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if zeros and zeros.count(0) > 0.4 * len(zeros):
            return raw.decode(encoding, "replace")
    if raw.count(0) > 0:
        raise Unreadable("damaged: the bytes are not text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
