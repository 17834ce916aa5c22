"""One table of a report as CSV after RFC 4180, in UTF-8 with the mark that Excel needs."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from reporting.tables import Cell, Table

_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(table: Table) -> bytes:
    """Dates are ISO 8601, numbers have a decimal point, nothing is an empty field.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as the
    OWASP advice on CSV injection says.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_text(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "ano" if cell else "ne"
        case int():
            return str(cell)
        case Decimal():
            return format(cell.normalize(), "f")
        case date():
            return cell.isoformat()
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA_BEGINS) else cell
