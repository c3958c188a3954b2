"""Read a Word file as zip and XML: headers, text boxes and tables too, hidden text apart."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from data.cv.document import Document, Unreadable

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_PART: Final = 20_000_000  # bytes, unpacked
_LARGEST_RATIO: Final = 200
_TINY: Final = 3  # half-points: 1.5 pt
_WHITE: Final = 245  # each channel above: not seen on paper
_BREAKS: Final = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


@dataclass(frozen=True, kw_only=True)
class _Look:
    """Run properties that decide whether text is seen; None is not stated."""

    vanish: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None

    def over(self, base: "_Look") -> "_Look":
        return _Look(
            vanish=base.vanish if self.vanish is None else self.vanish,
            white=base.white if self.white is None else self.white,
            tiny=base.tiny if self.tiny is None else self.tiny,
            shaded=base.shaded if self.shaded is None else self.shaded,
        )

    @property
    def hidden(self) -> bool:
        return bool(self.vanish or self.tiny or (self.white and not self.shaded))


@dataclass(kw_only=True)
class _Part:
    """Text of one XML part while it is read."""

    styles: Mapping[str, _Look]
    pieces: list[str] = field(default_factory=list)
    hidden: int = 0


def read_docx(raw: bytes) -> Document:
    """Return headers, body, notes, footers in this order; raises Unreadable for bombs, damage.

    Hidden are runs that vanish, are white without shading behind, or smaller than 1.5 pt, also by
    style.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        names = set(archive.namelist())
        if "word/document.xml" not in names:
            raise Unreadable("damaged: a zip file without a Word document")
        styles = _read_styles(archive) if "word/styles.xml" in names else {}
        texts, hidden = [], 0
        for name in _ordered(names):
            part = _Part(styles=styles)
            _walk(_parse(archive, name), _Look(), part)
            texts.append("".join(part.pieces))
            hidden += part.hidden
    except (zipfile.BadZipFile, ParseError, EOFError, OSError, NotImplementedError) as error:
        raise Unreadable("damaged: the DOCX cannot be unpacked") from error
    except (RuntimeError, DefusedXmlException) as error:
        raise Unreadable("encrypted, or with forbidden XML entities") from error
    text = "\n".join(t.strip("\n") for t in texts if t.strip())
    note = f"hidden text removed: {hidden} characters" if hidden else None
    return Document(text=text, hidden=hidden > 0, note=note)


def _ordered(names: set[str]) -> Iterator[str]:
    for prefix in ("header", "document", "footnotes", "footer"):
        yield from sorted(n for n in names if n.startswith(f"word/{prefix}") and n.endswith(".xml"))


def _parse(archive: zipfile.ZipFile, name: str) -> Element:
    info = archive.getinfo(name)
    if info.file_size > _LARGEST_PART or info.file_size > _LARGEST_RATIO * max(
        info.compress_size, 1024
    ):
        raise Unreadable(f"unpacks to {info.file_size} bytes: a CV does not")
    with archive.open(info) as part:
        raw = part.read(_LARGEST_PART + 1)
    root: Element = fromstring(raw)
    return root


def _read_styles(archive: zipfile.ZipFile) -> dict[str, _Look]:
    looks: dict[str, _Look] = {}
    bases: dict[str, str] = {}
    for style in _parse(archive, "word/styles.xml").iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        looks[name] = _look(style.find(f"{_W}rPr"))
        base = style.find(f"{_W}basedOn")
        if base is not None:
            bases[name] = base.get(f"{_W}val", "")
    return {name: _inherit(name, looks, bases) for name in looks}


def _inherit(name: str, looks: Mapping[str, _Look], bases: Mapping[str, str]) -> _Look:
    look, seen = looks[name], {name}
    while (name := bases.get(name, "")) in looks and name not in seen:
        look = look.over(looks[name])
        seen.add(name)
    return look


def _look(properties: Element | None) -> _Look:
    if properties is None:
        return _Look()
    vanish, colour, size = (properties.find(f"{_W}{tag}") for tag in ("vanish", "color", "sz"))
    return _Look(
        vanish=None if vanish is None else vanish.get(f"{_W}val", "1") not in {"0", "false", "off"},
        white=None if colour is None else _is_white(colour.get(f"{_W}val", "")),
        tiny=None if size is None else float(size.get(f"{_W}val") or 99) < _TINY,
        shaded=_shaded(properties),
    )


def _shaded(properties: Element) -> bool | None:
    if properties.find(f"{_W}highlight") is not None:
        return True
    shade = properties.find(f"{_W}shd")
    if shade is None:
        return None
    fill = shade.get(f"{_W}fill", "auto")
    return fill != "auto" and not _is_white(fill)


def _is_white(colour: str) -> bool:
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= _WHITE
    except ValueError:
        return False


def _walk(element: Element, look: _Look, part: _Part) -> None:
    """Add the text of an element in reading order; text boxes stand where they are anchored."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            _add(child.text or "", look, part)
        elif tag in _BREAKS:
            _add(_BREAKS[tag], look, part)
        elif tag in {f"{_W}p", f"{_W}r", f"{_W}tc", f"{_W}tbl"}:
            _walk(child, _styled(child, look, part), part)
            if tag == f"{_W}p":
                part.pieces.append("\n")
        elif tag == f"{_W}txbxContent":
            part.pieces.append("\n")
            _walk(child, _Look(shaded=True), part)  # the box brings its own colour behind
        elif tag not in {_FALLBACK, f"{_W}del", f"{_W}moveFrom"}:
            _walk(child, look, part)


def _styled(element: Element, look: _Look, part: _Part) -> _Look:
    properties = element.find(f"{element.tag}Pr")
    if properties is None:
        return look
    style = next((s for s in properties if s.tag in {f"{_W}pStyle", f"{_W}rStyle"}), None)
    base = part.styles.get(style.get(f"{_W}val", ""), _Look()) if style is not None else _Look()
    own = _look(properties) if element.tag == f"{_W}r" else _Look(shaded=_shaded(properties))
    return own.over(base).over(look)


def _add(text: str, look: _Look, part: _Part) -> None:
    if look.hidden:
        part.hidden += len(text.strip())
    else:
        part.pieces.append(text)
