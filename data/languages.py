"""Reads what people write about languages ("nl:C2", "Dutch (native)", "très bon français")."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from data.vocabulary import language_of, level_of, plain, word_of


@dataclass(frozen=True)
class Language:
    """One language of a cell; `unread` when the code or a given level is not known."""

    code: str | None = None
    level: str | None = None
    required: bool = False
    unread: bool = False


def read_languages(lists: pl.Series, *, required: bool) -> tuple[pl.Series, pl.Series]:
    """Lists of texts as lists of (code, level[, required]), and where something was not read."""
    items = {item: read_language(item) for item in lists.explode().drop_nulls().unique()}

    def part(name: str, dtype: type[pl.DataType]) -> pl.Expr:
        values = {item: getattr(language, name) for item, language in items.items()}
        return pl.element().replace_strict(values, default=None, return_dtype=dtype)

    fields = [part("code", pl.String).alias("code"), part("level", pl.String).alias("level")]
    if required:
        fields.append(part("required", pl.Boolean).alias("required"))
    known = lists.list.eval(
        pl.struct(fields).filter(fields[0].is_not_null()).unique(maintain_order=True)
    )
    values = known.to_frame("cells").select(pl.when(pl.col("cells").list.len() > 0).then("cells"))
    unread = lists.list.eval(part("unread", pl.Boolean)).list.any()
    return values.to_series(), unread.fill_null(value=False)


@lru_cache(maxsize=10_000)
def read_language(text: str) -> Language:
    """One language: `code:level:required`, or a language and a level in words, in any order."""
    name, _, rest = text.partition(":")
    if not rest:
        name, rest = _language_and_level(text)
    code = language_of(name)
    if code is None:
        return Language(unread=True)
    level, _, need = rest.partition(":")
    if not need and not level_of(level) and word_of("required", level):
        level, need = "", level
    found = level_of(level)
    return Language(
        code=code,
        level=found,
        required=word_of("required", need) == "true",
        unread=bool(level.strip()) and found is None,
    )


def _language_and_level(text: str) -> tuple[str, str]:
    """Split "Dutch (native)" or "très bon français" at the side where the language stands."""
    words = plain(text).split()
    for cut in range(len(words), 0, -1):
        if language_of(" ".join(words[:cut])):
            return " ".join(words[:cut]), " ".join(words[cut:])
        if language_of(" ".join(words[-cut:])):
            return " ".join(words[-cut:]), " ".join(words[:-cut])
    return text, ""
