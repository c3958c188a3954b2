"""Turns cells as people write them into typed values, and says what could not be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import dataframely as dy
import polars as pl

from data.errors import InputError
from data.languages import read_languages
from data.tables import ROW, is_plain
from data.vocabulary import country_of, language_of, word_of

ISO_DATE: Final = r"^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$"
DAY_FIRST: Final = r"^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$"
MONTH: Final = r"^(\d{4}-\d{2})$"
PERHAPS_NOT_COMPOSED: Final = (
    r"[^\x00-\x{2ff}\x{2010}-\x{2027}\x{20a0}-\x{20bf}\x{2190}-\x{21ff}\x{2500}-\x{27ff}]"
)
"""Anything but Latin letters and usual signs, which composing (NFC) never changes."""
CURRENCY: Final = r"(?i)[\s€]|EUR"
"""White space (among it the no-break spaces that part thousands) and the euro."""
THOUSANDS_BY_POINT: Final = r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$"


@dataclass(frozen=True, kw_only=True)
class Notation:
    """How the agency's export writes dates and numbers."""

    day_first: bool = False
    decimal_comma: bool = False


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A typed table with the schema's columns and `#row`, and what could not be read of it."""

    frame: pl.DataFrame
    problems: pl.DataFrame  # #row, column, reason, value: cells that break their row
    warnings: list[str]  # words that are left unknown


@dataclass(frozen=True)
class _Read:
    values: pl.Series
    unread: pl.Series | None = None  # true where a cell holds something that could not be read
    reason: str = ""
    breaks_row: bool = True


def read_cells(raw: pl.DataFrame, schema: type[dy.Schema], table: str, notation: Notation) -> Cells:
    """Type every column of a schema; a column that the file lacks is unknown throughout.

    Raises:
        InputError: a column holds something that is no text, such as bytes.
    """
    series = [raw.get_column(ROW)]
    problems, warnings = [], []
    for name, column in schema.columns().items():
        if name not in raw.columns:
            series.append(pl.Series(name, [None] * raw.height, dtype=column.dtype))
            continue
        given = raw.get_column(name)
        if not is_plain(given.dtype):
            raise InputError(
                f"{table}.{name} must be text, numbers, dates or lists of text, but it came as "
                f"{given.dtype}. Export that column as text."
            )
        read = _read(given, column, notation)
        series.append(read.values.alias(name).cast(column.dtype))
        if read.unread is None or not read.unread.any():
            continue
        if read.breaks_row:
            problems.append(_problems(raw, given, read, name))
        else:
            warnings.append(f"{table}.{name}: {_examples(given, read.unread)} {read.reason}")
    return Cells(
        frame=pl.DataFrame(series),
        problems=pl.concat([no_problems(), *problems]),
        warnings=warnings,
    )


def no_problems() -> pl.DataFrame:
    """An empty table of problems."""
    schema = {ROW: pl.Int64, "column": pl.String, "reason": pl.String, "value": pl.String}
    return pl.DataFrame(schema=schema)


def _problems(raw: pl.DataFrame, given: pl.Series, read: _Read, name: str) -> pl.DataFrame:
    cells = raw.select(
        ROW,
        pl.lit(name).alias("column"),
        pl.lit(read.reason).alias("reason"),
        as_text(given).alias("value"),
    )
    return cells.filter(read.unread) if read.unread is not None else cells.clear()


def _examples(given: pl.Series, unread: pl.Series) -> str:
    shown = as_text(given).filter(unread).unique(maintain_order=True)
    more = ", …" if len(shown) > 3 else ""
    count = int(unread.sum())
    quoted = ", ".join(f'"{value[:40]}"' for value in shown.head(3))
    return f"{count} cell{'s' if count > 1 else ''} ({quoted}{more})"


def _read(given: pl.Series, column: dy.Column, notation: Notation) -> _Read:
    vocabulary = (column.metadata or {}).get("vocabulary")
    if vocabulary == "languages":
        return _languages(given, column)
    if isinstance(column, dy.List):
        texts = as_texts(given)
        return _list_of_words(texts, vocabulary) if vocabulary else _Read(texts)
    if isinstance(column, dy.String):
        return _words(as_text(given), vocabulary, column) if vocabulary else _Read(as_text(given))
    if isinstance(column, dy.Date):
        return _date(given, notation, end=column.name in ("end", "actual_end", "planned_end"))
    return _number(given, notation, whole=column.dtype.is_integer())


def clean(texts: pl.Series) -> pl.Series:
    """Composed (NFC), without invisible format characters, trimmed; empty is unknown."""
    bare = _composed(texts).str.replace_all(r"\p{Cf}", "").str.strip_chars()
    return bare.replace("", None)


def _composed(texts: pl.Series) -> pl.Series:
    # composing is six times as slow as all the rest, and hardly any text needs it
    needed = texts.str.contains(PERHAPS_NOT_COMPOSED).fill_null(value=False)
    if not needed.any():
        return texts
    composed = texts.filter(needed).str.normalize("NFC")
    return texts.clone().scatter(needed.arg_true(), composed)


def as_text(given: pl.Series) -> pl.Series:
    """Cells of any kind as clean text; a whole float loses its `.0`."""
    if isinstance(given.dtype, pl.List):
        return clean(given.cast(pl.List(pl.String)).list.join("; ", ignore_nulls=True))
    text = given.cast(pl.String)
    return clean(text.str.strip_suffix(".0") if given.dtype.is_float() else text)


def as_texts(given: pl.Series) -> pl.Series:
    """Lists of clean texts; a text is split at `;`, and an empty list is unknown."""
    lists = given if isinstance(given.dtype, pl.List) else given.cast(pl.String).str.split(";")
    element = pl.element().str.normalize("NFC").str.replace_all(r"\p{Cf}", "").str.strip_chars()
    cleaned = lists.list.eval(element.filter(element != ""))
    return (
        cleaned.to_frame("cells")
        .select(pl.when(pl.col("cells").list.len() > 0).then("cells"))
        .to_series()
    )


def _mapper(vocabulary: str) -> Callable[[str], str | None]:
    known: Mapping[str, Callable[[str], str | None]] = {
        "country": country_of,
        "language": language_of,
    }
    return known.get(vocabulary, partial(word_of, vocabulary))


def _mapping(values: pl.Series, vocabulary: str) -> dict[str, str | None]:
    mapper = _mapper(vocabulary)
    return {value: mapper(value) for value in values.drop_nulls().unique()}


def _words(texts: pl.Series, vocabulary: str, column: dy.Column) -> _Read:
    mapping = _mapping(texts, vocabulary)
    codes = texts.replace_strict(mapping, default=None, return_dtype=pl.String)
    if not (column.metadata or {})["else_unknown"]:
        return _Read(codes.fill_null(texts))  # the schema's own rule turns the row away
    unread = texts.is_not_null() & codes.is_null()
    reason = f"with no {vocabulary.replace('_', ' ')} known here; left unknown."
    return _Read(codes, unread, reason, breaks_row=False)


def _list_of_words(lists: pl.Series, vocabulary: str) -> _Read:
    mapping = _mapping(lists.explode(), vocabulary)
    code = pl.element().replace_strict(mapping, default=None, return_dtype=pl.String)
    codes = lists.list.eval(code.drop_nulls().unique(maintain_order=True))
    unread = (lists.list.eval(code.is_null()).list.any()).fill_null(value=False)
    codes = (
        codes.to_frame("cells")
        .select(pl.when(pl.col("cells").list.len() > 0).then("cells"))
        .to_series()
    )
    reason = f"with a {vocabulary.replace('_', ' ')} not known here; that one is left out."
    return _Read(codes, unread, reason, breaks_row=False)


def _languages(given: pl.Series, column: dy.Column) -> _Read:
    lenient = bool((column.metadata or {})["else_unknown"])
    values, unread = read_languages(as_texts(given), required=not lenient)
    if lenient:
        reason = "with a language or level not known here; left unknown. Write nl:C1;fr:B2."
    else:
        reason = (
            "Each language asked for must be known here. Write code, level and whether it is "
            "required: nl:C1:required;en:B2."
        )
    return _Read(values, unread, reason, breaks_row=not lenient)


def _date(given: pl.Series, notation: Notation, *, end: bool) -> _Read:
    if given.dtype.is_temporal():
        return _Read(given.dt.date())
    texts = as_text(given)
    if end:
        ongoing = [value for value in texts.unique().drop_nulls() if word_of("ongoing", value)]
        texts = texts.replace(ongoing, [None] * len(ongoing))
    dates = texts.str.extract(ISO_DATE).str.to_date("%Y-%m-%d", strict=False)
    month = (texts.str.extract(MONTH) + "-01").str.to_date("%Y-%m-%d", strict=False)
    dates = dates.fill_null(month.dt.month_end() if end else month)
    if notation.day_first:
        parts = texts.str.replace(DAY_FIRST, "$3-$2-$1")
        dates = dates.fill_null(parts.str.to_date("%Y-%-m-%-d", strict=False))
    unread = texts.is_not_null() & dates.is_null()
    reason = "A date must be a real day written as 2026-04-03"
    if not notation.day_first and texts.filter(unread).str.contains(DAY_FIRST).any():
        reason += "; set `day_first = true` under [inbox] if the export writes 03/04/2026 for it"
    return _Read(dates, unread, reason + ".")


def _number(given: pl.Series, notation: Notation, *, whole: bool) -> _Read:
    if given.dtype.is_numeric():
        numbers = given.cast(pl.Float64)
    else:
        texts = as_text(given).str.replace_all(CURRENCY, "")
        if notation.decimal_comma:
            parted = texts.str.contains(THOUSANDS_BY_POINT).fill_null(value=False)
            texts = texts.str.replace_all(".", "", literal=True).zip_with(parted, texts)
            texts = texts.str.replace(",", ".", literal=True)
        numbers = texts.cast(pl.Float64, strict=False)
    wrong = numbers.is_null() | numbers.is_nan() | numbers.is_infinite()
    wrong |= (numbers != numbers.round()) | (numbers.abs() >= 2**31) if whole else False
    unread = given.is_not_null() & as_text(given).is_not_null() & wrong.fill_null(value=True)
    kind = "A whole number" if whole else "A number"
    reason = f"{kind} must be written in figures"
    if not notation.decimal_comma:
        reason += (
            ", with a point before decimals; set `decimal_comma = true` under [inbox] if the "
            "export writes 1.250,50"
        )
    return _Read(numbers.set(unread, None), unread, reason + ".")
