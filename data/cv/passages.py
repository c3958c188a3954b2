"""Cut lines into passages of up to about a hundred words, at the ends of sentences."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from data.cv.sections import Line

LONGEST: Final = 100  # words
_SENTENCE_END = re.compile(r"[.!?;] +(?=[A-ZÀ-Ý\d(•\"“«*-])|  (?=\S)| (?=[•▪])")
_STARTS_ANEW = re.compile(r"[^a-zà-ÿ,;.)&/+\s]")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, kw_only=True)
class Span:
    """A half-open stretch of the document text."""

    start: int
    end: int


def cut_passages(text: str, lines: Sequence[Line]) -> list[Span]:
    """Return spans of about equal length that cover `lines` in order, none above `LONGEST` words.

    Cuts fall at sentence ends or before a line that starts anew; a longer run of words is cut at a
    blank.
    """
    units = [part for unit in _units(lines) for part in _halve(text, unit)]
    counts = [len(text[u.start : u.end].split()) for u in units]
    total = sum(counts)
    if total == 0:
        return []
    target = total / math.ceil(total / LONGEST)
    spans: list[Span] = []
    start, end, words = units[0].start, units[0].end, 0
    for unit, count in zip(units, counts, strict=True):
        # half of the unit beyond the target is nearer to it than stopping short
        if words and (words + count > LONGEST or words + count / 2 > target):
            spans.append(_trim(text, start, end))
            start, words = unit.start, 0
        end, words = unit.end, words + count
    return [*spans, _trim(text, start, end)]


def _trim(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(
        start=start + len(part) - len(part.lstrip()), end=end - len(part) + len(part.rstrip())
    )


def _units(lines: Sequence[Line]) -> list[Span]:
    """Sentences: lines that run on are joined, lines that hold several are cut."""
    units: list[Span] = []
    above = "."
    for line in lines:
        cuts = [
            line.start,
            *(line.start + m.end() for m in _SENTENCE_END.finditer(line.text)),
            line.end,
        ]
        parts = [Span(start=a, end=b) for a, b in pairwise(cuts) if b > a]
        runs_on = not line.after_blank and not _STARTS_ANEW.match(line.text)
        if units and (runs_on or not any(map(str.isalnum, above))):
            parts[0] = Span(start=units.pop().start, end=parts[0].end)
        units += parts
        above = line.text
    return units


def _halve(text: str, unit: Span) -> list[Span]:
    """Cut a unit of too many words at blanks."""
    words = [m.start() for m in _WORD.finditer(text, unit.start, unit.end)]
    if len(words) <= LONGEST:
        return [unit]
    size = math.ceil(len(words) / math.ceil(len(words) / LONGEST))
    cuts = [unit.start, *words[size::size], unit.end]
    return [Span(start=a, end=b) for a, b in pairwise(cuts)]
