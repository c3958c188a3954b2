"""Where an id still stands: tables lose its rows, and what is left is found by looking."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from data.durable import whole, write_whole

_BEFORE, _AFTER = r"(?:^|[^\p{L}\p{N}_])", r"(?:[^\p{L}\p{N}_]|$)"
_TEXTS: Final = frozenset({".csv", ".json", ".jsonl", ".html", ".txt", ".md", ".toml"})
_OWN: Final = ("audit", "privacy")  # the log knows pseudonyms only; this folder is our own


def mentions(candidate_id: str) -> str:
    """A pattern (Rust regex) of the id as a word: C1 is not found in C10 nor in AC1."""
    return f"{_BEFORE}{re.escape(candidate_id)}{_AFTER}"


def drop_rows(table: pl.DataFrame, candidate_id: str) -> pl.DataFrame:
    """The table without the rows that name the candidate in any text or list of texts."""
    pattern = mentions(candidate_id)
    named = [
        pl.col(name).str.contains(pattern)
        for name, kind in table.schema.items()
        if kind == pl.String
    ] + [
        pl.col(name).list.eval(pl.element().str.contains(pattern)).list.any()
        for name, kind in table.schema.items()
        if kind == pl.List(pl.String)
    ]
    if not named or table.is_empty():
        return table
    return table.filter(~pl.any_horizontal(part.fill_null(value=False) for part in named))


def drop_from_file(file: Path, candidate_id: str) -> int:
    """Take the candidate's rows out of a Parquet or JSON Lines file, in one rename; gives how many.

    The file is written anew, so that the bytes are gone and not only out of sight.
    """
    if file.suffix == ".parquet":
        before = pl.read_parquet(file)
        kept = drop_rows(before, candidate_id)
        gone = before.height - kept.height
        if gone:
            with whole(file) as part:
                kept.write_parquet(part)
    else:
        lines = file.read_text("utf-8").splitlines(keepends=True)
        there = [line for line in lines if not _in_text(line, candidate_id)]
        gone = len(lines) - len(there)
        if gone:
            write_whole(file, "".join(there).encode())
    return gone


def traces(runs: Path, candidate_id: str) -> Iterator[Path]:
    """Files of a runs folder that still name the candidate."""
    for file in sorted(runs.rglob("*")):
        inner = file.relative_to(runs)
        if inner.parts[0] in _OWN or not file.is_file() or runs / "current" in file.parents:
            continue
        if _in_text(str(inner), candidate_id):
            yield file
        elif file.suffix == ".parquet":
            table = pl.read_parquet(file)
            if drop_rows(table, candidate_id).height < table.height:
                yield file
        elif file.suffix in _TEXTS and mentioned_in(file, candidate_id):
            yield file


def mentioned_in(file: Path, candidate_id: str) -> bool:
    """Whether a text file names the candidate."""
    return _in_text(file.read_text("utf-8", errors="replace"), candidate_id)


def replaced(text: str, candidate_id: str, other: str) -> str:
    """The text with another word for the id, where the id stands as a word."""
    return re.sub(rf"(?<!\w){re.escape(candidate_id)}(?!\w)", lambda _: other, text)


def _in_text(text: str, candidate_id: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(candidate_id)}(?!\w)", text) is not None
