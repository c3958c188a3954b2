"""A shortlist as a workbook: figures as figures, every text a text, the same bytes every time."""

import io
from datetime import date, datetime, time

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.export.catalogue import Messages
from pipeline.export.table import Cell, Table

LONGEST_CELL = 32_767
"""UTF-16 units in one cell, Excel's limit."""
_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def xlsx_bytes(tables: list[Table], as_of: date, messages: Messages) -> bytes:
    """A workbook with one sheet a table, dated by the night instead of the clock."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _PLAIN) as workbook:
        workbook.set_properties({"created": datetime.combine(as_of, time())})
        top = {"valign": "top"}
        styles = {
            "heading": workbook.add_format(
                {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#EEF1F0", **top}
            ),
            "text": workbook.add_format({"text_wrap": True, **top}),
            "figure": workbook.add_format(top),
            "date": workbook.add_format({"num_format": _date_format(messages), **top}),
            "entry": workbook.add_format({"text_wrap": True, "bg_color": "#FFF8E1", **top}),
        }
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            _fill(sheet, table, styles, messages)
    return out.getvalue()


def _fill(sheet: Worksheet, table: Table, styles: dict[str, Format], messages: Messages) -> None:
    for column, (heading, width) in enumerate(zip(table.headings, table.widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, styles["heading"])
    for row, cells in enumerate(table.rows, start=1):
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, styles, messages)
    last = len(table.rows)
    for column, words in table.entries:
        for row in range(1, last + 1):
            sheet.write_blank(row, column, None, styles["entry"])
        if words and last:
            sheet.data_validation(1, column, last, column, {"validate": "list", "source": [*words]})
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(table.rows), len(table.headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    cell: Cell,
    styles: dict[str, Format],
    messages: Messages,
) -> None:
    match cell:
        case None | "" | ():
            sheet.write_blank(row, column, None, styles["text"])
        case date():
            sheet.write_datetime(row, column, datetime.combine(cell, time()), styles["date"])
        case str() | tuple():
            text = cell if isinstance(cell, str) else "\n".join(cell)
            sheet.write_string(row, column, cut(text, messages.t("sheet.cut")), styles["text"])
        case _:
            sheet.write_number(row, column, float(cell), styles["figure"])


def cut(text: str, mark: str) -> str:
    """The text, or as much of it as a cell can hold, ending in the mark."""
    packed = text.encode("utf-16-le")
    if len(packed) <= 2 * LONGEST_CELL:
        return text
    return packed[: 2 * (LONGEST_CELL - len(mark))].decode("utf-16-le", "ignore") + mark


def _date_format(messages: Messages) -> str:
    pattern = messages.conventions.date
    return pattern.replace("%d", "dd").replace("%m", "mm").replace("%Y", "yyyy")
