# ruff: noqa: RUF001 - the dashes, quotes and broken characters of real CVs are meant
"""Find periods such as "06/2015 - heden" or "depuis mars 2018" in four languages."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.text.clean import fold

EARLIEST: Final = 1940
LATEST: Final = 2100

_MONTHS: Final = (
    "january jan janvier janv januari januar jaenner",
    "february feb fevrier fevr fev februari februar",
    "march mar mars maart mrt marz maerz",
    "april apr avril avr",
    "may mai mei",
    "june jun juin juni",
    "july jul juillet juil juli",
    "august aug aout augustus",
    "september sept sep septembre",
    "october oct octobre oktober okt",
    "november nov novembre",
    "december dec decembre dezember dez",
)
_SEASONS: Final = {
    3: "spring printemps lente voorjaar fruhjahr fruhling",
    6: "summer ete zomer sommer",
    9: "fall autumn automne herfst najaar herbst",
    12: "winter hiver",
}
MONTH_OF: Final = {word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()} | {
    word: n for n, words in _SEASONS.items() for word in words.split()
}
_PRESENT_WORDS: Final = (
    "to date|till date|aujourd'hui|(?:a )?ce jour|en cours|maintenant|actuel(?:lement|le)?"
    "|present(?!e|a)|current(?:ly)?|now|today|ongoing|date"
    "|heden|nu|vandaag|lopend|huidig|heute|jetzt|laufend|aktuell|gegenwart|dato"
)

_NAMES = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_YEAR = r"(?:19[4-9]\d|20\d\d)"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|er|\.)?\s)?(?:{_NAMES})\b\.?,?\s?(?:de\s|of\s)?(?:{_YEAR}"
    rf"|'\d\d)(?!\d)"
    rf"|(?:\d{{1,2}}[/.-])?\d{{1,2}}\s?[/.-]\s?{_YEAR}(?!\d)"
    rf"|{_YEAR}[/.-](?:1[0-2]|0[1-9])(?:[/.-]\d\d)?(?!\d)"
    rf"|(?:0?[1-9]|1[0-2])[/.]\d\d(?![\d/.])"
    rf"|{_YEAR}(?!\d)"
)
_LINK = (
    r"\s{0,4}(?:[-–—−~→>/]{1,3}|\b(?:to|till|until|thru|through"
    r"|tot(?: en met)?|t/m|t\.e\.m\.?|tem|a|au|jusqu'a|jusqu'en|bis(?: zum)?)\b)\s{0,4}"
)
_RANGE = re.compile(
    rf"(?<![\w/.])(?P<first>{_DATE}){_LINK}(?:(?P<now>(?:{_PRESENT_WORDS})\b)|(?P<last>{_DATE}))"
)
_OPEN = re.compile(
    rf"(?<!\w)(?:since|depuis(?: le)?|des|sinds|vanaf|seit(?: dem)?|ab)\s{{1,3}}(?P<first>{_DATE})"
)
_SINGLE = re.compile(rf"(?<![\w/.,€$-])(?P<first>{_DATE})(?![\w/%])")


@dataclass(frozen=True, kw_only=True)
class Period:
    """A stretch of time and where the text states it; `end` None means ongoing."""

    start: date
    end: date | None
    start_char: int
    end_char: int


def find_periods(text: str, *, as_of: date | None = None) -> list[Period]:
    """Return the periods (start and end, or "since") that the text states, in order.

    A start is the first day of its month or year, an end the last. What cannot be, an end before
    its start or a date more than a year after `as_of`, is left out: nothing is invented.
    """
    folded = fold_in_place(text)
    found = [_ranged(match) for match in _RANGE.finditer(folded)]
    found += [_since(match) for match in _OPEN.finditer(folded)]
    limit = date(LATEST, 1, 1) if as_of is None else _year_after(as_of)
    possible = [p for p in found if p and p.start <= limit and (p.end is None or p.end <= limit)]
    return sorted(possible, key=lambda p: p.start_char)


def undated(text: str) -> str:
    """`text` without its periods: when something was done is a fact, not words to be matched.

    How a CV writes its dates, or a gap between two of them, then changes neither terms nor vectors.
    """
    parts, kept = [], 0
    for period in find_periods(text):
        parts.append(text[kept : period.start_char])
        kept = max(kept, period.end_char)
    return "".join([*parts, text[kept:]])


def find_single_dates(text: str, *, as_of: date | None = None) -> Iterator[Period]:
    """Yield every date of the text as the month or year that it covers."""
    limit = date(LATEST, 1, 1) if as_of is None else _year_after(as_of)
    for match in _SINGLE.finditer(fold_in_place(text)):
        bounds = _bounds(match["first"])
        if bounds and bounds[0] <= limit:
            yield Period(
                start=bounds[0], end=bounds[1], start_char=match.start(), end_char=match.end()
            )


def fold_in_place(text: str) -> str:
    """Return `text` folded character by character, so that positions stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(c.lower() if c.isascii() else (fold(c) + c)[0] for c in text)


def _ranged(match: re.Match[str]) -> Period | None:
    first = _bounds(match["first"])
    last = _bounds(match["last"]) if match["last"] else None
    short = [
        m for m in (match["first"], match["last"]) if m and re.fullmatch(r"\d{1,2}[/.]\d\d", m)
    ]
    if first is None or (match["last"] and last is None):
        return None
    if short and match["last"] and len(short) == 1:  # "3/15 to 2017" is no period of time
        return None
    end = last[1] if last else None
    if end is not None and end < first[0]:
        return None
    return Period(start=first[0], end=end, start_char=match.start(), end_char=match.end())


def _since(match: re.Match[str]) -> Period | None:
    first = _bounds(match["first"])
    if first is None:
        return None
    return Period(start=first[0], end=None, start_char=match.start(), end_char=match.end())


def _bounds(words: str) -> tuple[date, date] | None:
    """First and last day of a date as written; None when there is no such day."""
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    name = re.search(rf"(?:{_NAMES})\b", words)
    if name:
        year, month = numbers[-1], MONTH_OF[name[0]]
    elif numbers[0] >= EARLIEST:
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else 0
    else:
        year, month = numbers[-1], numbers[-2]
    if year < 100:
        year += 2000 if year < 50 else 1900
    if not (EARLIEST <= year < LATEST and 0 <= month <= 12):
        return None
    if month == 0:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year_after(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, 28))
