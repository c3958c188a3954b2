"""Malformed files and rows: each is read by a declared rule or turned away, and none is lost."""

import csv
import random
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from data.cv.child import MEMORY
from data.cv.workers import read_documents
from data.errors import InputError
from data.inbox import InboxSettings, read_inbox
from pipeline.stages.intake import read_candidates
from pipeline.trials.count import Count
from pipeline.trials.malformed import FILES, ROWS

AT_MOST_SECONDS: Final = 10.0
AT_MOST_BYTES: Final = 512 * 2**20
_UNSEEN = ("Cf", "Cc", "Cs", "Co")
_GOOD = "Interim finance manager, 2019 to 2021, led a team of five through a payroll migration."


def malformed_inputs(folder: Path, *, each: int, seed: int) -> Iterator[Count]:
    """Read `each` files or rows of every kind, one by one and as an inbox."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    inbox = folder / "inbox"
    (inbox / "cvs").mkdir(parents=True)
    files = [_write(inbox, kind, number, draw) for kind in FILES for number in range(each)]
    yield from _one_by_one(inbox, files)
    yield from _as_an_inbox(folder, inbox, files)
    yield _rows(folder, each=each, draw=draw)


def _write(inbox: Path, kind: str, number: int, draw: random.Random) -> str:
    suffix, content = FILES[kind](draw)
    name = f"cvs/{list(FILES).index(kind):02d}-{number:02d}{suffix}"
    (inbox / name).write_bytes(content)
    return name


def _one_by_one(inbox: Path, files: list[str]) -> Iterator[Count]:
    """Time of every file, each read by the limited child."""
    answered, slowest, begun = 0, 0.0, time.monotonic()
    for _, document in read_documents([inbox / name for name in files], workers=1):
        slowest = max(slowest, time.monotonic() - begun)
        answered += bool(str(document))
        begun = time.monotonic()
    what = f"malformed files of {len(FILES)} kinds: text or a reason"
    yield Count(what=what, tried=len(files), held=answered)
    limits = slowest <= AT_MOST_SECONDS and MEMORY <= AT_MOST_BYTES
    told = f"slowest {slowest:.1f} s; the kernel gives the reader {MEMORY / 2**20:.0f} MB"
    yield Count(what="within 10 s and 512 MB each", tried=1, held=limits, note=told)


def _is_clean(text: str) -> bool:
    unseen = {c for c in text if unicodedata.category(c) in _UNSEEN} - {"\n", "\t"}
    return not unseen and "root:" not in text


def _as_an_inbox(folder: Path, inbox: Path, files: list[str]) -> Iterator[Count]:
    """Every file as the CV of a candidate: read, merged or turned away with a reason."""
    _table(inbox, [{"candidate_id": f"C{n:05d}", "cv_file": name} for n, name in enumerate(files)])
    checked = read_inbox(inbox, InboxSettings())
    reading = read_candidates(checked.candidates, checked.experiences, inbox, folder / "cache")
    turned = pl.concat([checked.quarantine, reading.unreadable])
    told = turned.filter(pl.col("reason").str.len_chars() > 10)["id"]
    seen = {*reading.documents["candidate_id"], *reading.merged["candidate_id"], *told}
    held = sum(f"C{n:05d}" in seen for n in range(len(files)))
    read = reading.documents
    note = f"{read.height} read, {reading.merged.height} merged, {told.len()} refused"
    yield Count(what="none of them is lost in an inbox", tried=len(files), held=held, note=note)
    clean = sum(map(_is_clean, read["text"]))
    what = "what is kept has no unseen sign and no foreign file"
    yield Count(what=what, tried=read.height, held=clean)


def _rows(folder: Path, *, each: int, draw: random.Random) -> Count:
    """One bad row between two good ones: turned away or read, and the good ones stay."""
    held = 0
    for number, kind in enumerate([kind for kind in ROWS for _ in range(each)]):
        inbox = folder / f"rows{number}"
        inbox.mkdir()
        good = [{"candidate_id": f"G{n}", "cv_text": f"{_GOOD} {n}"} for n in range(2)]
        _table(inbox, [good[0], ROWS[kind](draw), good[1]])
        try:
            checked = read_inbox(inbox, InboxSettings())
        except InputError:
            continue
        ids = checked.candidates["candidate_id"].to_list()
        rejected = checked.quarantine["row"].n_unique()
        all_there = len(ids) + rejected >= 3 and {"G0", "G1"} <= set(ids)
        held += all_there and (rejected > 0 or bool(checked.warnings) or len(ids) == 3)
    what = f"malformed rows of {len(ROWS)} kinds: turned away or read, the others stay"
    return Count(what=what, tried=each * len(ROWS), held=held)


def _table(inbox: Path, rows: list[dict[str, str]]) -> None:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with (inbox / "candidates.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    (inbox / "briefs.csv").write_text("brief_id,title\nB1,CFO\n", "utf-8")
