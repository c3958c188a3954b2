"""Reads the cells of an XLSX workbook as text, since a filled-in shortlist comes back as one."""

import io
import re
import zipfile
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from data.errors import InputError

_NS: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LARGEST_PART: Final = 50_000_000  # bytes, unpacked
_SHEET: Final = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def read_workbook(raw: bytes, name: str) -> list[dict[int, list[str]]]:
    """The sheets of a workbook: rows by their number from 1, each a list of texts by column.

    Figures and dates stay as the file writes them: a date is a number of days since 1900.

    Raises:
        InputError: it is no workbook, or one that unpacks to more than 50 MB a part.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        shared = _shared(archive)
        names = [found for part in archive.namelist() if (found := _SHEET.fullmatch(part))]
        ordered = sorted(names, key=lambda found: int(found[1]))
        return [_rows(_parse(archive, found[0]), shared) for found in ordered]
    except (zipfile.BadZipFile, DefusedXmlException, ParseError, KeyError, ValueError) as error:
        raise InputError(
            f"{name} must be a workbook in XLSX; it cannot be read ({error}). Save it again as "
            "XLSX or CSV."
        ) from error


def _parse(archive: zipfile.ZipFile, part: str) -> Element:
    if archive.getinfo(part).file_size > _LARGEST_PART:
        raise ValueError(f"{part} unpacks to more than {_LARGEST_PART:,} bytes")
    with archive.open(part) as file:  # the size in the directory may lie
        content = file.read(_LARGEST_PART + 1)
    if len(content) > _LARGEST_PART:
        raise ValueError(f"{part} unpacks to more than {_LARGEST_PART:,} bytes")
    root: Element = fromstring(content)
    return root


def _shared(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(item) for item in _parse(archive, "xl/sharedStrings.xml").iter(f"{_NS}si")]


def _rows(sheet: Element, shared: list[str]) -> dict[int, list[str]]:
    rows: dict[int, list[str]] = {}
    for row in sheet.iter(f"{_NS}row"):
        number = int(row.get("r") or len(rows) + 1)
        cells: list[str] = []
        for cell in row.iter(f"{_NS}c"):
            column = _column(cell.get("r") or "") if cell.get("r") else len(cells)
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, shared)
        rows[number] = cells
    return rows


def _column(reference: str) -> int:
    """Column from 0 of a reference such as AB12; at most XFD, as in the format."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        raise ValueError(f"a cell is named {reference!r}")
    number = 0
    for letter in letters[0]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.find(f"{_NS}v")
    told = (value.text or "") if value is not None else ""
    return shared[int(told)] if cell.get("t") == "s" and told else told


def _text(element: Element) -> str:
    """The text of an item, less its phonetic reading."""
    own = [part.text or "" for part in element.iter(f"{_NS}t")]
    spoken = [part.text or "" for guide in element.iter(f"{_NS}rPh") for part in guide]
    return "".join(own[: len(own) - len(spoken)] if spoken else own)
