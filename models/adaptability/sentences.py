"""Cut passages into sentences and bullets, since an event is told in one, not in a page."""

import re
from collections.abc import Iterator
from typing import Final

_BULLETS: Final = "•●▪◦·*§>\u2013\u2014-"
_END = re.compile(rf"[.!?;](?=\s)|\n+|\s[{re.escape(_BULLETS)}]\s")
_EDGE: Final = " \t\n" + _BULLETS
_WRAPPED: Final = 0.75
"""A line that is this long beside the longest of its passage was broken by the page, not ended."""
SHORTEST: Final = 20
LONGEST: Final = 400
"""Characters: less tells nothing, more is a list that lost its bullets."""


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of every sentence or bullet of 20 to 400 characters, in order."""
    spans = (_trim(text, start, end) for start, end in _pieces(text))
    return [(start, end) for start, end in spans if SHORTEST <= end - start <= LONGEST]


def tidy(sentence: str) -> str:
    """Return the sentence as the encoder reads it: one line, no bullet, no final full stop."""
    return " ".join(sentence.split()).strip(_EDGE).rstrip(".;, ")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    longest = max(map(len, text.split("\n")), default=0)
    start = 0
    for match in _END.finditer(text):
        if match[0].startswith("\n") and _runs_on(text, match, longest):
            continue
        end = match.end() if match[0] in ".!?;" else match.start()
        yield start, end
        start = match.end()
    yield start, len(text)


def _runs_on(text: str, line_break: re.Match[str], longest: int) -> bool:
    following = text[line_break.end() : line_break.end() + 1]
    if following.islower() or following in {",", ")", "&", "("}:
        return True
    line = line_break.start() - (text.rfind("\n", 0, line_break.start()) + 1)
    return (
        line_break[0] == "\n"
        and longest > 60
        and line >= _WRAPPED * longest
        and (following.isalnum())
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
