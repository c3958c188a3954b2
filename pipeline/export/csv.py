"""Tables as CSV that a spreadsheet opens rightly by a double click and never runs as formulas."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from unicodedata import category, normalize

from pipeline.export.catalogue import Messages
from pipeline.export.table import Cell, Table

_SEPARATOR = re.compile(r"([;,\t\r\n])")


def csv_bytes(table: Table, messages: Messages) -> bytes:
    """The table in UTF-8 with a byte order mark and CRLF, as the language's spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=messages.conventions.delimiter,
        quoting=csv.QUOTE_ALL,
        lineterminator="\r\n",
    )
    writer.writerow(table.headings)
    writer.writerows([_text(cell, messages) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before each risky first sign.

    Reads the first sign behind spaces, quotes and invisible characters, full-width forms as their
    plain ones (OWASP, "CSV injection"). Looks behind every separator too, because the spreadsheet
    of another country starts a new cell there.
    """
    parts = [("'" if _risky(part) else "") + part for part in _SEPARATOR.split(text)]
    return ("'" if text[:1] in ("\t", "\r") else "") + "".join(parts)


def _risky(part: str) -> bool:
    seen = (
        sign for sign in part if not (sign.isspace() or sign in "\"'" or category(sign) == "Cf")
    )
    return normalize("NFKC", next(seen, "")) in ("=", "+", "-", "@")


def _text(cell: Cell, messages: Messages) -> str:
    match cell:
        case None:
            return ""
        case int():
            return str(cell)
        case Decimal():
            places = -int(cell.as_tuple().exponent)
            return messages.number(cell, places, grouped=False)
        case float():
            return messages.number(cell, 0 if cell.is_integer() else 2, grouped=False)
        case date():
            return messages.day(cell)
        case tuple():
            return neutral(_one_line(" | ".join(cell)))
        case str():
            return neutral(cell if cell[:1] in "\t\r" else _one_line(cell))


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())
