"""Column kinds that several tables share, so that an id or a date means the same everywhere."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

import dataframely as dy
import polars as pl

from data.schema.words import LEVELS

EARLIEST: Final = dt.date(1940, 1, 1)
LATEST: Final = dt.date(2100, 1, 1)
DAY_RATES: Final = (50.0, 10_000.0)
"""EUR a day; outside it the figure is an hourly or monthly amount, or a slip of the keyboard."""
LONGEST_ID: Final = 100
"""Characters; ids become file names."""


def identifier(description: str, *, primary_key: bool = False, nullable: bool = False) -> dy.String:
    """An id: at most 100 characters, none of them a control character or a path separator."""
    return dy.String(
        primary_key=primary_key,
        nullable=nullable,
        check={
            "printable": lambda column: ~column.str.contains(r"\p{Cc}"),
            "no_path": lambda column: ~column.str.contains(r"[/\\]|^\.+$"),
            "short": lambda column: column.str.len_chars() <= LONGEST_ID,
        },
        description=description,
    )


def one_of(
    words: Iterable[str],
    description: str,
    *,
    nullable: bool = True,
    vocabulary: str | None = None,
    else_unknown: bool = False,
) -> dy.String:
    """A text that is one of a closed list of words.

    `vocabulary` names what free text is mapped with; what it does not know breaks the row, or
    is left unknown when `else_unknown` says that the row is of use without it.
    """
    allowed = tuple(words)
    return dy.String(
        nullable=nullable,
        check={"known": lambda column: column.is_in(allowed)},
        description=description,
        metadata={"words": allowed, "vocabulary": vocabulary, "else_unknown": else_unknown},
    )


def country_code(description: str) -> dy.String:
    """A country; a name that is not known is left unknown."""
    return dy.String(
        nullable=True,
        regex="^[A-Z]{2}$",
        description=description,
        metadata={"vocabulary": "country", "else_unknown": True},
    )


def language_list(description: str, *, required: bool) -> dy.List:
    """Languages with a level each, and for a brief whether each is required."""
    fields: dict[str, dy.Column] = {
        "code": dy.String(nullable=False, regex="^[a-z]{2,3}$"),
        "level": dy.String(nullable=True, regex=f"^({'|'.join(LEVELS)})$"),
    }
    if required:
        fields["required"] = dy.Bool(nullable=False)
    return dy.List(
        dy.Struct(fields, nullable=False),
        nullable=True,
        description=description,
        # a language that a candidate speaks beside others may be lost, one that is asked for not
        metadata={"vocabulary": "languages", "else_unknown": not required},
    )


def free_text(description: str, *, nullable: bool = True) -> dy.String:
    """A free text; an empty one counts as unknown."""
    return dy.String(nullable=nullable, min_length=1, description=description)


def free_texts(description: str) -> dy.List:
    """A list of free texts, or unknown."""
    return dy.List(dy.String(nullable=False), nullable=True, description=description)


def day(description: str, *, nullable: bool = True) -> dy.Date:
    """A date between 1940 and 2100; anything outside is a slip of the keyboard."""
    return dy.Date(nullable=nullable, min=EARLIEST, max=LATEST, description=description)


def number(
    description: str,
    *,
    above: float | None = None,
    least: float | None = None,
    most: float | None = None,
    nullable: bool = True,
) -> dy.Float64:
    """A float, optionally bounded: above < x, least <= x <= most."""
    return dy.Float64(
        nullable=nullable, min=least, min_exclusive=above, max=most, description=description
    )


def whole(description: str, *, least: int = 0, nullable: bool = False) -> dy.Int32:
    """A 32-bit whole number of at least `least`."""
    return dy.Int32(nullable=nullable, min=least, description=description)


def not_before(start: str, end: str) -> pl.Expr:
    """True where the second date is not before the first; unknown dates pass."""
    return pl.col(end) >= pl.col(start)
