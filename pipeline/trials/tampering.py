"""Audit logs that somebody changed: `briefmatch audit verify` must find every change."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

from pipeline.audit.log import head, record, verify
from pipeline.trials.count import Count

Lines: TypeAlias = list[bytes]
_LINES = 40


def tamperings(folder: Path, *, each: int, seed: int) -> list[Count]:
    """Change a log at random in four ways; a cut tail comes with a forged head beside the log."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    for number in range(_LINES):
        record(folder, "run", {"night": f"n{number:03d}", "scored": number})
    log, beside = folder / "audit" / "log.jsonl", folder / "audit" / "head"
    whole, kept = log.read_bytes(), head(folder)
    counts = []
    for what, change in CHANGES.items():
        held = 0
        for _ in range(each):
            log.write_bytes(b"".join(change(whole.splitlines(keepends=True), draw)))
            beside.write_text(head(folder), "ascii")
            held += bool(verify(folder, heads={"by the operator": kept}).problems)
        counts.append(Count(what=f"audit log, {what}: found", tried=each, held=held))
    log.write_bytes(whole)
    beside.write_text(kept, "ascii")
    clean = not verify(folder, heads={"by the operator": kept}).problems
    return [*counts, Count(what="audit log left alone: whole", tried=1, held=clean)]


def _edit(lines: Lines, draw: random.Random) -> Lines:
    number = draw.randrange(len(lines))
    line = bytearray(lines[number])
    place = draw.randrange(len(line))
    line[place] = (line[place] + draw.randrange(1, 256)) % 256
    return [*lines[:number], bytes(line), *lines[number + 1 :]]


def _delete(lines: Lines, draw: random.Random) -> Lines:
    number = draw.randrange(len(lines) - 1)
    return lines[:number] + lines[number + 1 :]


def _reorder(lines: Lines, draw: random.Random) -> Lines:
    one, other = draw.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _cut(lines: Lines, draw: random.Random) -> Lines:
    text = b"".join(lines)
    if draw.random() < 0.5:
        return [text[: draw.randrange(len(text))]]
    return lines[: draw.randrange(len(lines))]


CHANGES: Mapping[str, Callable[[Lines, random.Random], Lines]] = {
    "a changed byte": _edit,
    "a deleted line": _delete,
    "two lines swapped": _reorder,
    "the tail cut off": _cut,
}
