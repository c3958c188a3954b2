"""What the clipping paths of a PDF page let through: text outside of them is drawn, but unseen."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw_api  # type: ignore[import-untyped]

Point: TypeAlias = tuple[float, float]
Outline: TypeAlias = list[Point]  # closed: the last point is the first
_SAMPLES: Final = (1 / 6, 1 / 2, 5 / 6)  # places across a character, and up it
_ENOUGH: Final = 2  # of three places above one another: more than a sliver along a line of text
_STEPS: Final = 6  # straight pieces of one Bézier curve
_MOST_PIECES: Final = 250  # of a path: following a longer one takes too long for what it hides
_DEEPEST: Final = 8  # forms within forms


@dataclass(frozen=True, kw_only=True)
class Window:
    """The part of a page that is seen: a rectangle, and within it what every shape lets through."""

    left: float
    bottom: float
    right: float
    top: float
    shapes: tuple[list[Outline], ...] = ()

    def shows(self, box: raw_api.FS_RECTF) -> bool:
        """Whether a reader sees the character of this box, or enough of it to tell it."""
        if not self.shapes and (
            self.left <= box.left
            and box.right <= self.right
            and self.bottom <= box.bottom
            and box.top <= self.top
        ):
            return True
        wide, high = box.right - box.left, box.top - box.bottom
        return any(
            sum(self._holds(box.left + x * wide, box.bottom + y * high) for y in _SAMPLES)
            >= _ENOUGH
            for x in _SAMPLES
        )

    def cuts(self, box: raw_api.FS_RECTF) -> bool:
        """Whether the box lies at the edge of a window that has room for it.

        That accuses nobody: programs draw a line that a page break parts on both pages, and let
        the clipping path of each page cut it off.
        """
        high = box.top - box.bottom
        return not self.shapes and (
            min(self.right - self.left, self.top - self.bottom) >= high
            and self.left - high < box.right
            and box.left < self.right + high
            and self.bottom - high < box.top
            and box.bottom < self.top + high
        )

    def _holds(self, x: float, y: float) -> bool:
        inside = self.left <= x <= self.right and self.bottom <= y <= self.top
        return inside and all(_winds(shape, x, y) for shape in self.shapes)

    def behind(self, path: list[Outline]) -> "Window":
        """What is left of this window behind one more clipping path."""
        if len(path) != 1 or not _is_upright(path[0]):
            return replace(self, shapes=(*self.shapes, path))
        xs, ys = zip(*path[0], strict=True)
        return replace(
            self,
            left=max(self.left, min(xs)),
            bottom=max(self.bottom, min(ys)),
            right=min(self.right, max(xs)),
            top=min(self.top, max(ys)),
        )


class Windows:
    """The window of every text object of a page, also of those inside forms."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.page = Window(left=left, bottom=bottom, right=right, top=top)
        self._inside: dict[int | None, Window] = {}
        for i in range(raw_api.FPDFPage_CountObjects(page.raw)):
            item = raw_api.FPDFPage_GetObject(page.raw, i)
            if raw_api.FPDFPageObj_GetType(item) == raw_api.FPDF_PAGEOBJ_FORM:
                self._enter(item, pdfium.PdfMatrix(), self.page, _DEEPEST)

    def of(self, item: raw_api.FPDF_PAGEOBJECT) -> Window:
        """The window through which this text object is seen."""
        address = ctypes.cast(item, ctypes.c_void_p).value
        inside = self._inside.get(address)
        return inside or _behind_clips(self.page, item, pdfium.PdfMatrix())

    def _enter(
        self, form: raw_api.FPDF_PAGEOBJECT, matrix: pdfium.PdfMatrix, outer: Window, deep: int
    ) -> None:
        """Note the windows of what is inside a form, whose points are its own."""
        window = _behind_clips(outer, form, matrix)
        own = raw_api.FS_MATRIX()
        if not deep or not raw_api.FPDFPageObj_GetMatrix(form, own):
            return
        within = pdfium.PdfMatrix.from_raw(own).multiply(matrix)
        for i in range(raw_api.FPDFFormObj_CountObjects(form)):
            item = raw_api.FPDFFormObj_GetObject(form, i)
            kind = raw_api.FPDFPageObj_GetType(item)
            if kind == raw_api.FPDF_PAGEOBJ_FORM:
                self._enter(item, within, window, deep - 1)
            elif kind == raw_api.FPDF_PAGEOBJ_TEXT:
                address = ctypes.cast(item, ctypes.c_void_p).value
                self._inside[address] = _behind_clips(window, item, within)


def _behind_clips(
    window: Window, item: raw_api.FPDF_PAGEOBJECT, matrix: pdfium.PdfMatrix
) -> Window:
    clip = raw_api.FPDFPageObj_GetClipPath(item)
    for i in range(raw_api.FPDFClipPath_CountPaths(clip)):
        if raw_api.FPDFClipPath_CountPathSegments(clip, i) <= _MOST_PIECES:
            window = window.behind(list(_outlines(clip, i, matrix)))
    return window


def _outlines(
    clip: raw_api.FPDF_CLIPPATH, number: int, matrix: pdfium.PdfMatrix
) -> Iterator[Outline]:
    """The closed outlines of a clipping path, curves as short straight lines."""
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: Outline = []
    controls: list[Point] = []
    for j in range(raw_api.FPDFClipPath_CountPathSegments(clip, number)):
        segment = raw_api.FPDFClipPath_GetPathSegment(clip, number, j)
        raw_api.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw_api.FPDFPathSegment_GetType(segment)
        if kind == raw_api.FPDF_SEGMENT_MOVETO:
            if outline:
                yield [*outline, outline[0]]
            outline = [point]
        elif kind == raw_api.FPDF_SEGMENT_LINETO:
            outline.append(point)
        else:
            controls.append(point)
            if len(controls) == 3:  # two control points and the end of a curve
                outline.extend(_curve(outline[-1], *controls))
                controls = []
    if outline:
        yield [*outline, outline[0]]


def _curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3
        yield (
            a * start[0] + b * one[0] + c * two[0] + d * end[0],
            a * start[1] + b * one[1] + c * two[1] + d * end[1],
        )


def _is_upright(outline: Outline) -> bool:
    """Whether the outline is a rectangle whose sides follow the page's."""
    corners = set(outline)
    xs, ys = {x for x, _ in corners}, {y for _, y in corners}
    return len(xs) <= 2 and len(ys) <= 2 and len(corners) == len(xs) * len(ys)


def _winds(outlines: list[Outline], x: float, y: float) -> bool:
    """Whether the outlines go round the point: the rule of a winding number that is not zero.

    PDFium does not tell a path of the even-odd rule apart, whose holes then count as seen.
    """
    winding = 0
    for outline in outlines:
        for (x0, y0), (x1, y1) in pairwise(outline):
            if (y0 <= y) != (y1 <= y):
                side = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
                if (side > 0) == (y0 <= y):
                    winding += 1 if y0 <= y else -1
    return winding != 0
