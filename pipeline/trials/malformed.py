"""Files and rows as they come when something went wrong, or when somebody means harm."""

import io
import json
import random
import string
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from data.agency.docx import write_docx
from data.agency.pdf import Line, write_pdf
from data.agency.style import Block

Random: TypeAlias = random.Random
File: TypeAlias = tuple[str, bytes]  # suffix, content
_WORDS = ("interim", "manager", "finance", "director", "payroll", "migration", "team", "2019")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BOMB = 300_000_000  # bytes that a bomb unpacks to


def _text(draw: Random, words: int = 80) -> str:
    return "Experience\n01/2019 - 03/2021 Interim manager\n" + " ".join(
        draw.choices(_WORDS, k=words)
    )


def _sprinkled(draw: Random, signs: str) -> bytes:
    return "".join(
        c + (draw.choice(signs) if draw.random() < 0.2 else "") for c in _text(draw)
    ).encode()


def _pdf(draw: Random) -> bytes:
    words = _text(draw).split("\n")[1:]
    return write_pdf(
        [Line(page=0, x=60, y=780 - 14 * n, text=text, size=10) for n, text in enumerate(words)]
    )


def _docx(draw: Random) -> bytes:
    return write_docx([Block(kind="text", text=_text(draw))], layout="plain")


def _cut(draw: Random, whole: bytes) -> bytes:
    return whole[: draw.randrange(1, len(whole))]


def _flipped(draw: Random, whole: bytes) -> bytes:
    bits = bytearray(whole)
    for _ in range(draw.randrange(1, 40)):
        bits[draw.randrange(len(bits))] ^= 1 << draw.randrange(8)
    return bytes(bits)


def _zip(parts: Mapping[str, bytes], *, encrypted: bool = False) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    packed = bytearray(target.getvalue())
    if encrypted:  # bit 0 of the flags of every member, in both of its headers
        for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = packed.find(sign)
            while at >= 0:
                packed[at + offset] |= 1
                at = packed.find(sign, at + 4)
    return bytes(packed)


def _document(body: str, before: str = "") -> bytes:
    xml = f'<?xml version="1.0"?>{before}<w:document {_W}><w:body><w:p><w:r><w:t>{body}</w:t>'
    return _zip({"word/document.xml": f"{xml}</w:r></w:p></w:body></w:document>".encode()})


def _bomb_docx(draw: Random) -> bytes:
    spaces = b" " * (BOMB + draw.randrange(1000))
    return _zip({"word/document.xml": f"<w:document {_W}>".encode() + spaces})


def _laughs(draw: Random) -> bytes:
    depth = draw.randrange(8, 12)
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    doctype = f'<!DOCTYPE d [<!ENTITY l0 "ha">{lines}]>'
    return _document(f"&l{depth - 1};", doctype)


def _raw_pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    body, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(objects) + 1, trailer)
    return bytes(body + size + b"startxref\n%d\n%%%%EOF" % start)


_CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"


def _pages(count: int, stream: bytes, extra: bytes = b"") -> list[bytes]:
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R %b>>" % extra
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (
        len(stream),
        stream,
    )
    return [_CATALOG, b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count), content] + [
        page
    ] * count


def _encrypted_pdf(draw: Random) -> bytes:
    secret = b"%032x" % draw.getrandbits(128) * 2
    guard = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%b> /U <%b> /P -4 >> /ID [<%b> <%b>]"
    return _raw_pdf(_pages(1, zlib.compress(b"BT ET")), guard % (secret, secret, secret, secret))


def _scanned_pdf(draw: Random) -> bytes:
    stream = zlib.compress(b"q 595 0 0 842 0 0 cm /I Do Q")
    picture = zlib.compress(bytes(draw.randrange(256) for _ in range(64 * 64)))
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
    ) % (len(picture), picture)
    page = _pages(1, stream, b"/Resources << /XObject << /I 5 0 R >> >> ")
    return _raw_pdf([*page, image])


def _png(draw: Random) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checked

    rows = b"".join(b"\0" + draw.randbytes(8) for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


FILES: Final[Mapping[str, Callable[[Random], File]]] = {
    "UTF-16 with a mark": lambda draw: (".txt", _text(draw).encode("utf-16")),
    "UTF-16 without a mark": lambda draw: (".txt", _text(draw).encode("utf-16-le")),
    "Latin-1": lambda draw: (".txt", (_text(draw) + " Zoë Müller").encode("latin-1")),
    "Windows quotes": lambda draw: (".txt", (_text(draw) + " “a” €").encode("cp1252")),
    "broken UTF-8": lambda draw: (".txt", _flipped(draw, (_text(draw) + "é" * 50).encode())),
    "NUL bytes": lambda draw: (".txt", _sprinkled(draw, "\0")),
    "bidi controls": lambda draw: (".txt", _sprinkled(draw, "\u202e\u2066\u200f\u061c")),
    "zero-width signs": lambda draw: (".txt", _sprinkled(draw, "\u200b\u200d\ufeff\u2060")),
    "tag signs": lambda draw: (".txt", _sprinkled(draw, "\U000e0041\U000e0062")),
    "control signs": lambda draw: (".txt", _sprinkled(draw, "\x07\x08\x0b\x1b\x7f\x85")),
    "combining signs": lambda draw: (".txt", (_text(draw) + "a" + "\u0301" * 5000).encode()),
    "empty": lambda draw: (draw.choice((".txt", ".pdf", ".docx", ".json")), b""),
    "blank": lambda draw: (".txt", b" \n\t" * draw.randrange(1, 5000)),
    "random bytes": lambda draw: (draw.choice((".txt", ".pdf", ".docx")), draw.randbytes(4000)),
    "one line of 2 MB": lambda draw: (".txt", draw.choice(_WORDS).encode() * 300_000),
    "12 MB": lambda draw: (".txt", b"word " * 2_500_000),
    "PDF called DOCX": lambda draw: (".docx", _pdf(draw)),
    "DOCX called PDF": lambda draw: (".pdf", _docx(draw)),
    "picture called PDF": lambda draw: (".pdf", _png(draw)),
    "unknown suffix": lambda draw: (draw.choice((".exe", ".doc", ".zip", "")), _pdf(draw)),
    "PDF cut short": lambda draw: (".pdf", _cut(draw, _pdf(draw))),
    "PDF with flipped bits": lambda draw: (".pdf", _flipped(draw, _pdf(draw))),
    "PDF encrypted": lambda draw: (".pdf", _encrypted_pdf(draw)),
    "PDF without pages": lambda draw: (".pdf", _raw_pdf(_pages(0, b"x"))),
    "PDF bomb": lambda draw: (".pdf", _raw_pdf(_pages(1, zlib.compress(b"q " * (BOMB // 6), 9)))),
    "PDF of 5,000 pages": lambda draw: (".pdf", _raw_pdf(_pages(5000, zlib.compress(b"BT ET")))),
    "PDF of a scan": lambda draw: (".pdf", _scanned_pdf(draw)),
    "DOCX cut short": lambda draw: (".docx", _cut(draw, _docx(draw))),
    "DOCX with flipped bits": lambda draw: (".docx", _flipped(draw, _docx(draw))),
    "DOCX encrypted": lambda draw: (".docx", _zip({"word/document.xml": b"x"}, encrypted=True)),
    "DOCX without a document": lambda draw: (".docx", _zip({"a.xml": draw.randbytes(99)})),
    "DOCX bomb": lambda draw: (".docx", _bomb_docx(draw)),
    "DOCX with a foreign entity": lambda draw: (
        ".docx",
        _document("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    "DOCX with a billion laughs": lambda draw: (".docx", _laughs(draw)),
    "DOCX with paths that climb": lambda draw: (
        ".docx",
        _zip({"../../tmp/evil": b"x", "/etc/evil": b"x", "word/document.xml": b"<a/>"}),
    ),
    "JSON broken": lambda draw: (".json", _cut(draw, json.dumps({"basics": _text(draw)}).encode())),
    "JSON nested deep": lambda draw: (".json", b"[" * draw.randrange(10_000, 200_000)),
    "JSON of another shape": lambda draw: (".json", json.dumps([draw.random()] * 9).encode()),
}
"""Files of CVs, by what is wrong with them."""


def _row(draw: Random, **cells: str) -> dict[str, str]:
    row = {"candidate_id": f"X{draw.randrange(10**6):06d}", "cv_text": _text(draw)}
    return {**row, **cells}


ROWS: Final[Mapping[str, Callable[[Random], dict[str, str]]]] = {
    "an id that is a path": lambda draw: _row(
        draw, candidate_id=draw.choice(("../x", "/etc/passwd", "a/b", "..\\x", "con/../y"))
    ),
    "an id with control signs": lambda draw: _row(
        draw, candidate_id="C1" + draw.choice(("\x07", "\u202e", "\u200b")) + "x"
    ),
    "no id": lambda draw: _row(draw, candidate_id=draw.choice(("", " ", "\t"))),
    "an id of 10,000 letters": lambda draw: _row(
        draw, candidate_id="".join(draw.choices(string.ascii_letters, k=10_000))
    ),
    "broken dates": lambda draw: _row(
        draw,
        available_from=draw.choice(("31/02/2026", "soon", "0000-00-00", "2026-13-01", "9" * 40)),
    ),
    "broken numbers": lambda draw: _row(
        draw, day_rate_eur=draw.choice(("12,,5", "1e999", "-5", "NaN", "eight hundred", "∞"))
    ),
}
"""Rows of candidates, by what is wrong with them."""
