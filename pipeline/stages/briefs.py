"""The briefs that a night ranks."""

from datetime import date

import polars as pl

from data.errors import InputError
from data.inbox import Inbox, InboxSettings
from data.known import open_briefs
from data.text.language import detect_language

_PROSE = ("title", "description")
_LISTS = ("objectives", "must_have", "should_have", "nice_to_have")


def briefs_to_rank(inbox: Inbox, as_of: date, settings: InboxSettings) -> pl.DataFrame:
    """The open briefs of a date, each with the language it is written in.

    Raises:
        InputError: none is open.
    """
    briefs = open_briefs(inbox, as_of, settings)
    if briefs.is_empty():
        raise InputError(
            f"On {as_of} at least one brief must be open: received within {settings.open_days} "
            "days, nobody selected, no mission started. "
            f"{inbox.briefs.height} rows of briefs came and none of them is. "
            "Check --as-of, `received_at`, and the setting `open_days`."
        )
    return with_language(briefs)


def with_language(briefs: pl.DataFrame) -> pl.DataFrame:
    """The briefs, each with the language it is written in where it names none."""
    return briefs.with_columns(
        language=pl.coalesce("language", pl.Series(_languages(briefs), dtype=pl.String))
    )


def _languages(briefs: pl.DataFrame) -> list[str]:
    lists = (pl.col(name).list.join("\n") for name in _LISTS)
    texts = briefs.select(pl.concat_str(*_PROSE, *lists, separator="\n", ignore_nulls=True))
    return [detect_language(text) for text in texts.to_series()]
