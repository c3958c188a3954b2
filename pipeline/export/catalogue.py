"""The reader's language: sentences a translator can edit, and its figures and dates."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Language = Literal["en", "fr", "nl", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """How a reader's spreadsheet and eye expect figures, dates and columns."""

    delimiter: str
    decimal: str
    thousands: str
    date: str
    """A strftime pattern of figures alone, so that no locale changes it."""


@dataclass(frozen=True, kw_only=True)
class Messages:
    """The catalogue of one language: `t` for sentences, the other methods for figures."""

    language: Language
    conventions: Conventions
    entries: Mapping[str, str]

    def t(self, key: str, **values: object) -> str:
        """The sentence of a key with its places filled. Raises KeyError on a key not there."""
        return self.entries[key].format(**values)

    def name(self, group: str, word: str) -> str:
        """The word of a vocabulary in this language; a word not in it, made legible."""
        return self.entries.get(f"{group}.{word}") or word.replace("_", " ")

    def number(self, value: float | Decimal, places: int = 0, *, grouped: bool = True) -> str:
        """A figure with its decimals, rounded half up: 1234.5 is 1,234.5 or 1.234,5."""
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        marks = {",": self.conventions.thousands if grouped else "", ".": self.conventions.decimal}
        return "".join(marks.get(sign, sign) for sign in f"{exact:,}")

    def percent(self, share: float) -> str:
        """A share in [0, 1] as whole percents."""
        return self.t("figure.percent", n=self.number(100 * share))

    def day(self, day: date) -> str:
        """A date."""
        return day.strftime(self.conventions.date)

    def period(self, start: date | None, end: date | None) -> str:
        """Months from and to; a known start without an end is still running."""
        if start is None:
            return f"{end:%m/%Y}" if end else ""
        last = f"{end:%m/%Y}" if end else self.t("period.now")
        return self.t("period.span", first=f"{start:%m/%Y}", last=last)


def client_language(language: str | None) -> Language:
    """The client's language where it is one of ours, else English."""
    return next((known for known in LANGUAGES if known == language), "en")


@cache
def load_messages(language: Language, *more: str) -> Messages:
    """The catalogue of the exports, `catalogues/<language>.toml`, and those of the packages `more`.

    Raises ValueError for a language without one.
    """
    if language not in LANGUAGES:
        raise ValueError(f"`language` must be one of {', '.join(LANGUAGES)}, got {language!r}.")
    tables = [
        tomllib.loads(files(package).joinpath(f"catalogues/{language}.toml").read_text("utf-8"))
        for package in ("pipeline.export", *more)
    ]
    conventions = Conventions(**tables[0].pop("conventions"))
    entries = {key: text for table in tables for key, text in _flat(table)}
    return Messages(language=language, conventions=conventions, entries=entries)


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return found
