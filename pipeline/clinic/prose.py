"""What a brief tells in prose, each with the sentence that tells it, in any of four languages."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Any, Final

from data.places import find_place
from data.text.clean import fold
from data.text.dates import MONTH_OF
from data.vocabulary import language_of
from pipeline.export.phrases import BULLETS

_SENTENCE: Final = re.compile(r"(?<=[.!?;])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?=\S)|\n+")
_DAY: Final = re.compile(
    r"\b(?P<day>\d{1,2})(?:er|st|nd|rd|th|\.)?\s+(?:de\s+|of\s+)?(?P<name>"
    + "|".join(sorted(MONTH_OF, key=len, reverse=True))
    + r")\b\.?(?:\s+(?P<year>20\d\d))?"
    r"|\b(?P<day2>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year2>20\d\d)\b"
)
_NAMED: Final = re.compile(
    r"(?<![\w-])(?:in|te|à|nach|at)\s((?:[A-ZÀ-Ý][\w'’-]+)(?:[ -][A-ZÀ-Ý][\w'’-]+){0,2})"  # noqa: RUF001
)
RATES: Final = (50.0, 10_000.0)
_ARTICLES: Final = {"un", "une", "een", "ein", "eine", "einen"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """A value and the sentence of the brief that tells it, as it stands there."""

    value: Any
    quote: str


Told = Mapping[str, Said]
Reader = Callable[[str, str, date], object]


def read_prose(text: str, received: date) -> dict[str, Said]:
    """What `text` tells, by topic: the first sentence that does.

    Topics without a value of their own (objectives, authority, decision_maker, …) have True.
    `start_date` is a date, `duration` (least, most) months, `days` a week, `rate` EUR a day,
    `languages` codes, `place` as written. A day without a year is the next one after `received`.
    """
    told: dict[str, Said] = {}
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip()]
    for sentence, following in zip_longest(sentences, sentences[1:], fillvalue=""):
        folded = fold(sentence)
        quote = f"{sentence} {following.lstrip(BULLETS)}" if sentence[-1] == ":" else sentence
        for topic, read in _readers().items():
            if topic not in told and (value := read(sentence, folded, received)):
                told[topic] = Said(value=value, quote=quote.strip())
    return told


def is_measured(aim: str) -> bool:
    """Whether an objective names a figure, a share, a month or another bound to check it by."""
    folded = fold(aim)
    words = set(re.findall(r"[\w-]+", folded))
    bounds = _numbers().keys() - _ARTICLES | {month for month in MONTH_OF if len(month) > 3}
    return bool(re.search(_any("measure"), folded) or words & bounds)


@cache
def _cues() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        files("pipeline.clinic").joinpath("cues.toml").read_text("utf-8")
    )
    return table


@cache
def _readers() -> Mapping[str, Reader]:
    present = {**_cues()["topics"], **_cues()["remarks"]}
    readers: dict[str, Reader] = {
        topic: _presence(re.compile("|".join(cues)))
        for topic, cues in present.items()
        if topic not in ("start", "languages")
    }
    return readers | {
        "start_date": _start,
        "duration": _duration,
        "days": _days,
        "rate": _rate,
        "languages": _languages,
        "place": _place,
    }


def _presence(pattern: re.Pattern[str]) -> Reader:
    return lambda sentence, folded, received: pattern.search(folded) is not None


def _any(*groups: str) -> str:
    """One alternative of all the cues of a group of figures."""
    return "|".join(cue for group in groups for cue in _cues()["figures"][group])


@cache
def _numbers() -> Mapping[str, float]:
    table: Mapping[str, Any] = _cues()["numbers"]
    return {word: float(number) for number, words in table.items() for word in words.split()}


def _number(text: str) -> float:
    return _numbers().get(text) or float(text.replace(",", "."))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    number = rf"(\d{{1,2}}(?:[.,]\d)?|{'|'.join(_numbers())})"
    many = rf"{number}(?:\s?(?:-|–|to|a|tot|bis|ou|of|or)\s?{number})?(?:-tal)?"  # noqa: RUF001
    amount = r"(\d{1,2}[ .,]?\d{3}|\d{2,4})(?:[.,]\d\d)?"
    money = r"(?:€|eur(?:os?)?)"
    return {
        "duration": re.compile(rf"\b(?:{_any('mission')})\s+{many}\s+(?:{_any('months')})\b"),
        "days": re.compile(
            rf"\b{number}\s+(?:{_any('days')})\s?(?:a|per|par|pro|/|de|in de)?\s?"
            rf"(?:la )?(?:{_any('week')})\b"
        ),
        "rate": re.compile(rf"{money}\s?{amount}|{amount}\s?{money}"),
        "a_day": re.compile(_any("a_day")),
        "start": re.compile("|".join(_cues()["topics"]["start"])),
        "languages": re.compile("|".join(f"(?<!-)(?:{c})" for c in _cues()["topics"]["languages"])),
        "place": re.compile(rf"^(?:.*\W)?(?:{_any('place')})\s?:\s?([^.,;:\n]+)", re.IGNORECASE),
    }


def _duration(sentence: str, folded: str, received: date) -> tuple[float, float] | None:
    found = _patterns()["duration"].search(folded)
    if not found:
        return None
    least = _number(found[1])
    return least, _number(found[2]) if found[2] else least


def _days(sentence: str, folded: str, received: date) -> float | None:
    found = _patterns()["days"].search(folded)
    return _number(found[1]) if found and 0 < _number(found[1]) <= 7 else None  # days of a week


def _rate(sentence: str, folded: str, received: date) -> float | None:
    if not _patterns()["a_day"].search(folded):
        return None
    amounts = (_amount(found[1] or found[2]) for found in _patterns()["rate"].finditer(folded))
    return next((amount for amount in amounts if RATES[0] <= amount <= RATES[1]), None)


def _amount(text: str) -> float:
    return float(re.sub(r"[ .,]", "", text))


def _start(sentence: str, folded: str, received: date) -> date | None:
    cue = _patterns()["start"].search(folded)
    found = _DAY.search(folded, cue.start()) if cue else None
    if found is None:
        return None
    month = int(found["month"]) if found["month"] else MONTH_OF[found["name"]]
    year = found["year"] or found["year2"]
    try:
        day = date(int(year or received.year), month, int(found["day"] or found["day2"]))
        return day if year or day >= received else day.replace(year=day.year + 1)
    except ValueError:
        return None  # 30 February


def _languages(sentence: str, folded: str, received: date) -> frozenset[str]:
    cue = _patterns()["languages"].search(folded)
    return _named_languages(re.findall(r"[\w-]+", folded)) if cue else frozenset()


def _named_languages(words: Iterable[str]) -> frozenset[str]:
    # Codes of two letters ("en", "de", "fr") are words of these languages too.
    return frozenset(code for word in words if len(word) > 3 and (code := language_of(word)))


def _place(sentence: str, folded: str, received: date) -> str | None:
    labelled = _patterns()["place"].search(sentence)
    asks = any(_patterns()[figure].search(folded) for figure in ("duration", "days"))
    names = [labelled[1].strip()] if labelled else _NAMED.findall(sentence) if asks else []
    return next((name for name in names if find_place(None, name)), None)
