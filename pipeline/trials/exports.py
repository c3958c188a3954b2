"""Hostile texts in every field of an inbox: nothing in the exports runs, loads or computes."""

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import polars as pl

from data.errors import InputError
from pipeline.trials.count import Count
from pipeline.trials.payloads import FORMULAS, HTML
from pipeline.trials.world import publish_night, write_inbox

FIELDS: Final = {
    "candidates": ("headline", "place", "sectors", "licences", "cv_text"),
    "contacts": ("name", "email", "phone"),
    "briefs": ("title", "description", "must_have", "objectives", "place"),
}
_MARK = "zq{}qz"
_STARTS = re.compile(r"\A[\s\u00a0\u2007\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[-+]?[\d\s.,%\u00a0\u202f]*")
_RUNS: Final = {"script", "iframe", "object", "embed", "link", "base", "form", "svg:script"}
_LOADS: Final = {"src", "href", "action", "formaction", "data", "srcdoc", "xlink:href"}
_LOCAL = re.compile(r"#[\w-]*|[\w./%-]+(#[\w-]*)?|(mailto|tel):[\w.%@+-]*")


def hostile_texts(folder: Path, *, nights: int) -> Iterator[Count]:
    """Run nights whose fields hold hostile texts, each night every field another one."""
    inbox, runs = folder / "inbox", folder / "runs"
    write_inbox(folder / "clean")
    pages, safe, cells, inert, shown = 0, 0, 0, 0, set()
    texts = [*HTML, *FORMULAS]
    for number in range(nights):
        shutil.rmtree(inbox, ignore_errors=True)
        shutil.copytree(folder / "clean", inbox)
        first = round(number * len(texts) / nights)
        for at, (table, column) in enumerate((t, c) for t, some in FIELDS.items() for c in some):
            _spread(inbox / f"{table}.csv", column, texts, first + 7 * at)
        shutil.rmtree(runs, ignore_errors=True)
        try:
            night = publish_night(inbox, runs, accept=("rejected", "stale"))
        except InputError:  # every open brief was turned away: nothing to look at
            continue
        for page in night.rglob("*.html"):
            text = page.read_text("utf-8")
            pages, safe = pages + 1, safe + _is_safe(text)
            shown |= set(re.findall(r"zq\d+qz", text))
        for cell in _cells(night):
            cells, inert = cells + 1, inert + _is_inert(cell)
        cells, inert = cells + 1, inert + _workbooks_hold_no_formula(night)
    note = f"{len(HTML)} texts in {sum(map(len, FIELDS.values()))} fields; {len(shown)} were shown"
    what = "pages without foreign script, handler or load"
    yield Count(what=what, tried=pages, held=safe, note=note)
    what = "cells of CSV and workbooks that compute nothing"
    yield Count(what=what, tried=cells, held=inert, note=f"{len(FORMULAS)} formulas")


def _spread(path: Path, column: str, texts: Sequence[str], first: int) -> None:
    """Put another text into this column of every row, in front of what is there."""
    table = pl.read_csv(path, infer_schema=False)
    if column not in table.columns:
        return
    hostile = []
    for row, old in enumerate(table[column]):
        which = (first + row) % len(texts)
        hostile.append(f"{texts[which]} {_MARK.format(which)} {old or ''}")
    table.with_columns(pl.Series(column, hostile)).write_csv(path)


class _Tags(HTMLParser):
    """Tags and attributes as a browser's parser sees them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what runs or loads."""
        values = {name: value or "" for name, value in attrs}
        self.scripts += tag == "script"
        if tag in _RUNS and not (tag == "script" and not values):
            self.wrong.append(tag)
        for name, value in values.items():
            if name.startswith("on") or (name in _LOADS and not _LOCAL.fullmatch(value)):
                self.wrong.append(f"{tag} {name}={value}")


def _is_safe(page: str) -> bool:
    tags = _Tags()
    tags.feed(page)
    # Our own script stands there once, let through by its hash alone.
    hashed = page.count("script-src 'sha256-")
    return not tags.wrong and tags.scripts <= hashed <= 1 and "default-src 'none'" in page


def _cells(night: Path) -> Iterator[str]:
    for file in night.rglob("*.csv"):
        text = file.read_text("utf-8-sig")
        for separator in ",;\t":
            for row in csv.reader(text.splitlines(), delimiter=separator):
                yield from row[: 1 if separator == "\t" else None]


def _is_inert(cell: str) -> bool:
    return not _STARTS.match(cell) or bool(_NUMBER.fullmatch(cell))


def _workbooks_hold_no_formula(night: Path) -> bool:
    for file in night.rglob("*.xlsx"):
        with zipfile.ZipFile(file) as book:
            for name in book.namelist():
                content = book.read(name)
                if name.startswith("xl/worksheets") and re.search(rb"<f[ >]|<hyperlink", content):
                    return False
                if "external" in name.lower() or "vba" in name.lower():
                    return False
    return True
