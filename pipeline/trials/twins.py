"""The same CV sent twice with a small change: each pair takes one place, and nobody else's."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from data.cv.duplicates import find_duplicates
from data.cv.read import read_cv
from pipeline.trials.count import Count
from pipeline.trials.world import write_inbox

CHANGES: Final[Sequence[Callable[[str], str]]] = (
    lambda text: f"Updated 22 November 2026\n{text}",
    lambda text: f"{text}\nReferences on request.",
    lambda text: text.replace("  ", " ").replace("\n\n", "\n"),
    lambda text: text.upper(),
    lambda text: "\n".join(line.strip() for line in text.split("\n")),
    lambda text: text.replace("2019", "2018", 1),
    lambda text: text + "\n" + text.strip().split("\n")[-1],
    lambda text: "\n".join(text.split("\n")[:-1]),
)
"""What people change before they send a CV again."""


def near_duplicates(folder: Path, *, pairs: int, seed: int) -> Iterator[Count]:
    """Pairs of near-duplicates among each other: how many are found, and how many wrongly."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    write_inbox(folder / "inbox", candidates=pairs)
    texts = pl.read_csv(folder / "inbox" / "candidates.csv", infer_schema=False)["cv_text"]
    rows = []
    for number, text in enumerate(texts.to_list()):
        changed = draw.choice(CHANGES)(text)
        rows.append((f"C{number:04d}", read_cv(text).text))
        rows.append((f"D{number:04d}", read_cv(changed).text))
    documents = pl.DataFrame(rows, schema=["candidate_id", "text"], orient="row")
    found = dict(find_duplicates(documents).iter_rows())
    right = sum(found.get(f"D{number:04d}") == f"C{number:04d}" for number in range(len(texts)))
    wrong = sum(one[1:] != other[1:] for one, other in found.items())
    n = len(texts)
    yield Count(what="pairs of near-duplicates that take one place", tried=n, held=right)
    yield Count(what="different CVs that keep a place each", tried=n, held=n - wrong)
