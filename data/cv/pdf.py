"""Read the visible text of a PDF from its single characters: place, size, colour, render mode."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw_api  # type: ignore[import-untyped]

from data.cv.clipping import Windows
from data.cv.document import Document, Unreadable
from data.cv.layout import SOFT_HYPHEN, Segment, arrange

_MOST_PAGES: Final = 100
_MOST_CHARACTERS: Final = 200_000
_TINY: Final = 1.5  # points
_CONTRAST: Final = 16  # of 255, in the most different channel
_BLANK: Final = 0.14  # of the height: a gap between words
_COLUMN_GAP: Final = 1.6
_HYPHENS: Final = frozenset({0x02, 0xFFFE})  # PDFium's mark for a hyphen at a line end
Colour = tuple[int, int, int]
_INK = dict.fromkeys((1, 5), raw_api.FPDFText_GetStrokeColor)  # outlines have no fill


@dataclass(frozen=True, kw_only=True)
class _Box:
    """A filled shape or picture; `colour` None where it is a picture.

    `order` is its place among the objects of the page; what lies below one that covers is unseen.
    """

    order: int
    covers: bool
    left: float
    bottom: float
    right: float
    top: float
    colour: Colour | None


class _Character(NamedTuple):  # thousands a page: a dataclass takes three times as long
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def read_pdf(raw: bytes) -> Document:
    """Return the visible text in reading order; raises Unreadable: encrypted, damaged, scanned.

    Hidden is what has the colour of its background, lies under a filled box, has no opacity, render
    mode 3 (invisible) or 7 (clip), less than 1.5 points, or a place off the page or outside of its
    clipping paths.
    """
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        reason = (
            "encrypted" if "password" in str(error).lower() else "damaged: the PDF cannot be opened"
        )
        raise Unreadable(reason) from error
    try:
        if len(document) > _MOST_PAGES:
            raise Unreadable(f"too long: {len(document)} pages, a CV has at most {_MOST_PAGES}")
        pages, hidden = [], 0
        for number in range(len(document)):
            segments, invisible = _read_page(document, number)
            pages.append(segments)
            hidden += invisible
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged: a page of the PDF cannot be opened") from error
    finally:
        document.close()
    text = arrange(pages)
    if sum(c.isalnum() for c in text) < 20:
        raise Unreadable("scanned: no text")
    note = f"hidden text removed: {hidden} characters" if hidden else None
    return Document(text=text, hidden=hidden > 0, note=note)


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[list[Segment], int]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        if text_page.count_chars() > _MOST_CHARACTERS:
            raise Unreadable("too long: a page of a CV does not hold that many characters")
        hidden = [0]
        characters = list(_visible(page, text_page, hidden))
        return list(_segments(characters)), hidden[0]
    finally:
        text_page.close()
        page.close()


def _visible(
    page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, hidden: list[int]
) -> Iterator[_Character]:
    """Yield the characters that a reader sees, in the order of the file; count the others."""
    handle = text_page.raw
    boxes, orders, windows = list(_boxes(page)), _orders(page), Windows(page)
    box = raw_api.FS_RECTF()
    channels = [ctypes.c_uint() for _ in range(4)]
    red, green, blue, alpha = channels
    references = [ctypes.byref(c) for c in channels]
    last_object, seen, window = None, True, windows.page
    for i in range(text_page.count_chars()):
        code = raw_api.FPDFText_GetUnicode(handle, i)
        if code in (0, 10, 13) or (code == 32 and raw_api.FPDFText_IsGenerated(handle, i) == 1):
            continue
        raw_api.FPDFText_GetLooseCharBox(handle, i, box)
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        text_object = raw_api.FPDFText_GetTextObject(handle, i)
        address = ctypes.cast(text_object, ctypes.c_void_p).value
        if address != last_object:
            last_object, window = address, windows.of(text_object)
            mode = raw_api.FPDFTextObj_GetTextRenderMode(text_object)
            seen = mode not in (3, 7) and not _covered(orders.get(address), x, y, boxes)
            ink = _INK.get(mode, raw_api.FPDFText_GetFillColor)
            if seen and ink(handle, i, *references):
                colour = red.value, green.value, blue.value
                seen = alpha.value > _CONTRAST and _contrasts(colour, x, y, boxes)
        drawn = seen and box.top - box.bottom >= _TINY
        if drawn and window.shows(box):
            text = SOFT_HYPHEN if code in _HYPHENS else chr(code)
            yield _Character(text, box.left, box.bottom, box.right, box.top)
        elif code != 32 and not (drawn and window.cuts(box)):
            hidden[0] += 1


def _orders(page: pdfium.PdfPage) -> dict[int | None, int]:
    """The place of each object of the page by its address; what is inside forms has none."""
    objects = (
        raw_api.FPDFPage_GetObject(page.raw, i)
        for i in range(raw_api.FPDFPage_CountObjects(page.raw))
    )
    return {ctypes.cast(item, ctypes.c_void_p).value: i for i, item in enumerate(objects)}


def _covered(order: int | None, x: float, y: float, boxes: list[_Box]) -> bool:
    return order is not None and any(
        box.covers
        and box.order > order
        and box.left <= x <= box.right
        and box.bottom <= y <= box.top
        for box in boxes
    )


def _contrasts(colour: Colour, x: float, y: float, boxes: list[_Box]) -> bool:
    background: Colour | None = (255, 255, 255)
    for box in boxes:
        if box.left <= x <= box.right and box.bottom <= y <= box.top:
            background = box.colour
    if background is None:
        return True
    (red, green, blue), (r, g, b) = colour, background
    return abs(red - r) > _CONTRAST or abs(green - g) > _CONTRAST or abs(blue - b) > _CONTRAST


def _boxes(page: pdfium.PdfPage) -> Iterator[_Box]:
    """Yield filled shapes and pictures, lowest first."""
    edges = [ctypes.c_float() for _ in range(4)]
    channels = [ctypes.c_uint() for _ in range(4)]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for i in range(raw_api.FPDFPage_CountObjects(page.raw)):
        item = raw_api.FPDFPage_GetObject(page.raw, i)
        kind = raw_api.FPDFPageObj_GetType(item)
        colour: Colour | None = None
        covers = False
        if kind == raw_api.FPDF_PAGEOBJ_PATH:
            raw_api.FPDFPath_GetDrawMode(item, fill, stroke)
            if not fill.value or not raw_api.FPDFPageObj_GetFillColor(item, *channels):
                continue
            if channels[3].value < 128:
                continue
            # Not a rounder shape, whose bounds are larger than itself, nor a highlighter's stroke.
            covers = channels[3].value == 255 and raw_api.FPDFPath_CountSegments(item) <= 5
            covers = covers and not raw_api.FPDFPageObj_HasTransparency(item)
            colour = (channels[0].value, channels[1].value, channels[2].value)
        elif kind not in (raw_api.FPDF_PAGEOBJ_IMAGE, raw_api.FPDF_PAGEOBJ_SHADING):
            continue
        if raw_api.FPDFPageObj_GetBounds(item, *edges):
            yield _Box(
                order=i,
                covers=covers,
                left=edges[0].value,
                bottom=edges[1].value,
                right=edges[2].value,
                top=edges[3].value,
                colour=colour,
            )


def _segments(characters: list[_Character]) -> Iterator[Segment]:
    """Join neighbouring characters; a gap of a blank's width is one, a wide gap starts anew."""
    widths = _widths(characters)
    run: list[str] = []
    first: _Character | None = None
    last: _Character | None = None
    for c in characters:
        if first is not None and last is not None:
            gap = c.left - last.left - widths[last.text, round(last.height)]
            if not _follows(last, c):
                yield from _segment(run, first, last)
                run, first = [], None
            elif gap > _BLANK * max(last.height, 1.0):
                run.append(" ")
        run.append(c.text)
        first, last = first or c, c
    if first is not None and last is not None:
        yield from _segment(run, first, last)


def _widths(characters: list[_Character]) -> dict[tuple[str, int], float]:
    """Width of each character at each height, from the steps to its neighbours.

    The box alone misleads: that of an "f" reaches over the blank after it. The lower fifth of the
    steps forgives a glyph that was once set too close.
    """
    steps: dict[tuple[str, int], list[float]] = {}
    for c, following in pairwise([*characters, *characters[-1:]]):
        width, step = c.right - c.left, following.left - c.left
        near = 0.15 * c.height < step < width and _follows(c, following)
        steps.setdefault((c.text, round(c.height)), []).append(step if near else width)
    return {key: sorted(seen)[len(seen) // 5] for key, seen in steps.items()}


def _follows(last: _Character, c: _Character) -> bool:
    height = max(last.height, 1.0)
    return (
        abs(c.bottom - last.bottom) < 0.5 * height
        and -height < c.left - last.right < _COLUMN_GAP * height
    )


def _segment(run: list[str], first: _Character, last: _Character) -> Iterator[Segment]:
    text = " ".join("".join(run).split())
    if text:
        yield Segment(
            text=text, x0=first.left, x1=last.right, y=first.bottom, height=first.top - first.bottom
        )
