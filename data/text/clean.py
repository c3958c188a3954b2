# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Make text from any file comparable and free of characters that nobody sees.

Document text is NFC, not NFKC: a quote must show what the CV says ("m²" stays "m²"). Only
presentation forms that change nothing for a reader (ligatures, full-width letters) are unfolded;
look-ups use `fold`.
"""

import html
import re
import unicodedata

# UTF-8 that was read as CP-1252: a lead byte and its continuation bytes, seen as characters.
# Only leads that real CVs show; "É»" ends many a French quotation and must stay.
_CONTINUATION = bytes(range(0x80, 0xC0)).decode("cp1252", "replace").replace("�", "") + "".join(
    map(chr, range(0x80, 0xA0))
)
_TAIL = f"[{re.escape(_CONTINUATION)}]"
_MOJIBAKE = re.compile(f"[ÂÃ]{_TAIL}|[âï]{_TAIL}{{2}}|ð{_TAIL}{{3}}")
# Where a program dropped the bytes that CP-1252 lacks, or made them U+200B, only a table can help.
_BROKEN = {
    "ï¼\u200b": "-",
    "â€\u200b": "”",
    "â—\u200b": "•",
    "Ã\u200b": "í",
    "Â\u200b": " ",
    "ï‚·": "•",
    "ï‚§": "•",
}
_BROKEN_PATTERN = re.compile("|".join(map(re.escape, _BROKEN)))
_LONE_NBSP = re.compile(r"Â(?: |(?=\s|$))")  # C2 A0 after a program turned A0 into a blank

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,5});")
_GAP = re.compile(r"[ \t]{2,}|\t")
_LINE_EDGE = re.compile(r"(?<! ) *\n *")
_BLANK_LINES = re.compile(r"\n{3,}")
_BULLET = "•"


def clean(text: str) -> str:
    """Return the text as every later stage sees it; cleaning twice changes nothing.

    Repairs HTML entities and mojibake, applies NFC, removes controls, surrogates and format
    characters (Unicode `Cf`: zero-width, bidi, tags); a gap of several blanks becomes two, blank
    lines at most one in a row.
    """
    for _ in range(2):  # left over from a web page, sometimes twice
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _strip(_mend(text)))
    text = _LINE_EDGE.sub("\n", _GAP.sub("  ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def fold(text: str) -> str:
    """Return the text for look-ups: compatibility-decomposed, caseless, without accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def _mend(text: str) -> str:
    if text.isascii():
        return text
    text = _BROKEN_PATTERN.sub(lambda m: _BROKEN[m[0]], text)
    for _ in range(2):  # some texts went wrong twice
        text = _MOJIBAKE.sub(lambda m: _redecode(m[0]), text)
    return _LONE_NBSP.sub(" ", text)


def _redecode(sequence: str) -> str:
    raw = b"".join(
        bytes([ord(c)]) if 0x80 <= ord(c) < 0xA0 else c.encode("cp1252") for c in sequence
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return sequence


def _strip(text: str) -> str:
    table = {ord(c): _replacement(c) for c in set(text) if not " " <= c <= "~"}
    return text.translate({code: new for code, new in table.items() if chr(code) != new})


def _replacement(character: str) -> str:
    if character in "\n\t":
        return character
    code, category = ord(character), unicodedata.category(character)
    if category == "Zl" or category == "Zp" or character in "\f\v\x85":
        return "\n"
    if category == "Zs" or character == "�":
        return " "
    if category == "Co":  # bullets of symbol fonts
        return _BULLET
    if category in {"Cf", "Cc", "Cs", "Cn"}:
        return ""
    if 0xFB00 <= code <= 0xFB06 or 0xFF01 <= code <= 0xFF5E:
        return unicodedata.normalize("NFKC", character)
    return character
