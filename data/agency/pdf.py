"""Writes a plain PDF with the built-in Helvetica: equal text is equal bytes, no dependency."""

import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

PAGE = (595, 842)  # A4 in points

# Widths of Helvetica for the characters 32 to 126, in thousandths (Adobe Font Metrics).
_WIDTHS = (
    [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278]
    + [556] * 10
    + [278, 278, 584, 584, 584, 556, 1015]
    + [667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833]
    + [722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611]
    + [278, 278, 278, 469, 556, 333]
    + [556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833]
    + [556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500]
    + [334, 260, 334, 584]
)
_BOLD = 1.08  # Helvetica-Bold is about this much wider in running text


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of text at a point measured from the lower left corner of its page."""

    page: int
    x: float
    y: float
    text: str
    size: float
    bold: bool = False


@lru_cache(maxsize=50_000)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a text in points."""
    plain = unicodedata.normalize("NFD", text)
    units = sum(
        _WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else 556
        for c in plain
        if not unicodedata.combining(c)
    )
    return units * size * (_BOLD if bold else 1.0) / 1000


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `room` points, broken at spaces."""
    lines: list[list[str]] = [[]]
    space, used = width(" ", size, bold=bold), 0.0
    for word in text.split():
        wide = width(word, size, bold=bold)
        if lines[-1] and used + space + wide > room:
            lines.append([])
            used = -space
        lines[-1].append(word)
        used += space + wide
    return [" ".join(line) for line in lines]


def write_pdf(lines: Sequence[Line]) -> bytes:
    """A PDF 1.4 file; characters outside Windows-1252 become a question mark."""
    pages = max((line.page for line in lines), default=0) + 1
    kids = " ".join(f"{5 + 2 * page} 0 R" for page in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        *(
            b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>" % font
            for font in (b"Helvetica", b"Helvetica-Bold")
        ),
    ]
    for page in range(pages):
        stream = zlib.compress(b"\n".join(_drawn(line) for line in lines if line.page == page))
        objects += [
            (
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] "
                f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {6 + 2 * page} 0 R >>"
            ).encode(),
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(stream), stream),
        ]
    return _assembled(objects)


def _drawn(line: Line) -> bytes:
    text = line.text.encode("cp1252", "replace")
    for special in (b"\\", b"(", b")"):
        text = text.replace(special, b"\\" + special)
    font = b"F2" if line.bold else b"F1"
    return b"BT /%b %.1f Tf %.1f %.1f Td (%b) Tj ET" % (font, line.size, line.x, line.y, text)


def _assembled(objects: Sequence[bytes]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return (
        body
        + head
        + (b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body)))
    )
