"""The report as a workbook: a sheet for each table, cells of their own types, no formulas."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from reporting.renderers.packing import packed_anew
from reporting.structure import ProgramReport
from reporting.tables import Cell, Table, tables_of

_LONGEST_CELL = 32_767
"""What a cell of a workbook holds (ECMA-376, part 1, 18.3.1.4)."""
_EARLIEST_DAY = date(1900, 3, 1)
"""Earlier days have other numbers in different programs, or none."""
_NARROWEST, _WIDEST = 8, 60
_LINE, _HIGHEST = 15, 409
"""Points; no program draws a higher row, and not all of them find its height themselves."""


def render(report: ProgramReport) -> bytes:
    """An .xlsx file; the same report gives the same bytes.

    Texts are written as texts, so that "=1+1" stays what somebody typed. A text too long for
    a cell goes on in rows below it, so nothing of it is lost.
    """
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        known = report.identification
        day = datetime.combine(known.dated_on or known.printed_on, time())
        workbook.set_properties(
            {
                "title": known.title,
                "subject": known.kind.label,
                "author": known.provider,
                "created": day,
            }
        )
        formats = {
            "head": workbook.add_format(
                {
                    "bold": True,
                    "font_color": "#14406D",
                    "bottom": 1,
                    "text_wrap": True,
                    "valign": "top",
                }
            ),
            "text": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "date": workbook.add_format(
                {"num_format": "d. m. yyyy", "valign": "top", "align": "left"}
            ),
            "number": workbook.add_format({"valign": "top"}),
        }
        for one in tables_of(report):
            _sheet(workbook.add_worksheet(one.title), one, formats)
    return packed_anew(file.getvalue())


def _sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    widths = [_width(table, place) for place in range(len(table.columns))]
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column, formats["head"])
        sheet.set_column(place, place, widths[place])
    sheet.set_row(0, _height(table.columns, widths))
    line = 1
    for row in table.rows:
        rows = max(_write(sheet, line, place, cell, formats) for place, cell in enumerate(row))
        for below in range(rows):
            sheet.set_row(line + below, _height(row, widths))
        line += rows
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, line - 1, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, line: int, place: int, cell: Cell, formats: dict[str, Any]) -> int:
    """Returns how many rows the cell takes."""
    match cell:
        case None:
            return 1
        case bool():
            sheet.write_string(line, place, "ano" if cell else "ne", formats["text"])
        case int() | Decimal():
            sheet.write_number(line, place, cell, formats["number"])
        case date() if cell >= _EARLIEST_DAY:
            sheet.write_datetime(line, place, datetime.combine(cell, time()), formats["date"])
        case date():
            sheet.write_string(line, place, cell.isoformat(), formats["text"])
        case str():
            pieces = list(_pieces(cell)) or [""]
            for below, piece in enumerate(pieces):
                sheet.write_string(line + below, place, _inert(piece), formats["text"])
            return len(pieces)
    return 1


def _pieces(text: str) -> Iterator[str]:
    """Parts that fit into a cell; it counts in units of UTF-16, and an emoji has two."""
    begin = length = 0
    for place, letter in enumerate(text):
        units = 2 if ord(letter) > 0xFFFF else 1
        if length + units > _LONGEST_CELL:
            yield text[begin:place]
            begin, length = place, 0
        length += units
    if text[begin:]:
        yield text[begin:]


def _inert(text: str) -> str:
    """The library takes what looks like its own marks for marks, and not for a text."""
    is_markup = text.startswith("<r>") and text.endswith("</r>")
    return f"{text} " if is_markup else text


def _height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Of a row whose texts are wrapped into columns of so many letters."""
    lines = (
        sum(ceil(len(text) / (width - 1)) or 1 for text in str(cell).split("\n"))
        for cell, width in zip(row, widths, strict=True)
        if cell is not None
    )
    return min(max(lines, default=1) * _LINE, _HIGHEST)


def _width(table: Table, place: int) -> int:
    texts = [str(row[place]) for row in table.rows if row[place] is not None]
    longest = max((len(text) for text in texts), default=0)
    head = table.columns[place]
    # No word of a head is broken; bold letters are wider.
    word = max(len(word) for word in head.split()) + 1
    return max(_NARROWEST, min(_WIDEST, max(longest, word, len(head) // 2) + 2))
