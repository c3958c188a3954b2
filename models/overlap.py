"""How much of a brief stands word for word in a CV, so that pasted briefs are seen."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from models.bm25 import Floats
from models.tokens import words

_BESIDE = re.compile(r"\s[\u2013\u2014-]\s|[(/|,:]")  # parts a job from what a client adds to it
_WHOLE = 5  # words of such a title, from which chance does not repeat it
_LENGTH = 6  # words of a run: chance repeats hardly one of this length
_LEAST = 8  # runs from which it is no stock phrase
FLAG = 0.15  # copied share from which a pair is flagged (above the 99.9th percentile of real CVs)


def copied_shares(briefs: Sequence[Iterable[str]], documents: Iterable[str]) -> Floats:
    """Share (briefs, documents) of each brief's six-word runs that a document repeats.

    A brief, or a part of one, is given by its texts; a document that repeats fewer than eight runs
    has share 0.
    """
    runs = [set().union(*(_runs(text) for text in texts)) for texts in briefs]
    holders: dict[tuple[str, ...], list[int]] = {}
    for place, own in enumerate(runs):
        for run in own:
            holders.setdefault(run, []).append(place)
    counted = []
    for document in documents:
        found = np.zeros(len(runs), np.float32)
        for run in _runs(document) & holders.keys():
            found[holders[run]] += 1
        counted.append(np.where(found >= _LEAST, found, 0))
    sizes = np.array([max(len(own), 1) for own in runs], np.float32)
    return np.array(counted, np.float32).reshape(-1, len(runs)).T / sizes[:, None]


def told_title(title: str) -> str | None:
    """The words of a title that says more than a job ("controller - carve-out of a site").

    Nothing for the bare name of a job, which many hold honestly.
    """
    found = words(title)
    return " ".join(found) if len(found) >= _WHOLE and _BESIDE.search(title.strip()) else None


def repeats(run: str, document: str) -> bool:
    """Whether the words `run`, as `told_title` gives them, stand in the document in their order."""
    return f" {run} " in f" {' '.join(words(document))} "


def _runs(text: str) -> set[tuple[str, ...]]:
    run = words(text)
    return {tuple(run[i : i + _LENGTH]) for i in range(len(run) - _LENGTH + 1)}
