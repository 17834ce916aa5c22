"""Tables of the report as tables of Word: header rows that repeat, widths of the stylesheet."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles.storage import staticfiles_storage
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from reporting.renderers.docx.inline import Inline, Look, classes
from reporting.renderers.docx.styles import TEXT_WIDTH

if TYPE_CHECKING:
    from reporting.renderers.docx.writer import Writer

# Tables that lay themselves out in a browser; paper wants to know.
_WIDTHS = {
    "identification": (40.0, 130.0),
    "shifts": (62.0, 24.0),
    # Fonts of another office suite are wider, and no column of these breaks by itself.
    "figures": (42.0, 26.0, 22.0, 30.0, 22.0, 28.0),
}
_LETTERS_OF_MM = 0.62
_MOST_LINES_KEPT_TOGETHER = 24
_NO_LOOK = ("lastRow", "lastColumn")
_LOOK_VALUE = {True: "06A0", False: "0620"}


def write_table(writer: "Writer", element: Any, container: Any) -> None:
    caption = element.find("caption")
    if caption is not None and "sr-only" not in classes(caption):
        paragraph = writer.paragraph(container, Look(), "Caption")
        Inline(writer, paragraph).write(caption, Look(style="Caption"), whole=False)
    else:
        writer.part_tables(container)
    rows = list(element.iter("tr"))
    columns = max((len(_cells(row)) for row in rows), default=0)
    if not columns:
        return
    table = container.add_table(rows=0, cols=columns)
    table.autofit = False
    widths = _widths(element, columns)
    _describe(table, writer.style_id("Report Table"), caption, rows, sum(widths))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in rows:
        _write_row(writer, row, table, widths)


def _describe(table: Any, style: str, caption: Any, rows: list[Any], width: float) -> None:
    """The style, the whole width, and what screen readers are told."""
    properties = table._tbl.tblPr
    properties.style = style
    size = properties.find(qn("w:tblW"))
    size.set(qn("w:type"), "dxa")
    size.set(qn("w:w"), str(round(Mm(width).twips)))
    look = properties.find(qn("w:tblLook"))
    has_names = any(cell.get("scope") == "row" for row in rows for cell in _cells(row))
    look.set(qn("w:val"), _LOOK_VALUE[has_names])
    for part in ("firstRow", "noHBand", "noVBand"):
        look.set(qn(f"w:{part}"), "1")
    for part in _NO_LOOK:
        look.set(qn(f"w:{part}"), "0")
    look.set(qn("w:firstColumn"), "1" if has_names else "0")
    if caption is not None:
        title = OxmlElement("w:tblCaption")
        title.set(qn("w:val"), " ".join(caption.text_content().split()))
        look.addnext(title)


def _write_row(writer: "Writer", element: Any, table: Any, widths: list[float]) -> None:
    is_head = element.getparent().tag == "thead"
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    sources = _cells(element)
    # A row that is kept together leaves a gap above it, and Word cuts off one longer than a page.
    if is_head or _lines(sources, widths) <= _MOST_LINES_KEPT_TOGETHER:
        properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    if anchor := element.get("id"):
        writer.anchors.append(anchor)
    for cell, source, width in zip(row.cells, sources, widths, strict=False):
        cell.width = Mm(width)
        style = "Table Heading" if is_head else "Table Text"
        look = Look(style=style, in_table=True, is_number="number" in classes(source))
        writer.write_cell(source, cell, look)


def _lines(cells: list[Any], widths: list[float]) -> float:
    """About how many lines the highest cell has."""
    return max(
        (
            len(cell.text_content()) / (width * _LETTERS_OF_MM) + len(list(cell.iter("p", "li")))
            for cell, width in zip(cells, widths, strict=False)
        ),
        default=0,
    )


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _widths(table: Any, columns: int) -> list[float]:
    """In millimetres, as the stylesheet of the report has them; the rest share what is left."""
    for name in classes(table):
        if name in _WIDTHS and len(_WIDTHS[name]) == columns:
            return list(_WIDTHS[name])
    styled = _stylesheet_widths()
    known = [styled.get(column.get("class") or "") for column in table.iter("col")]
    known += [None] * (columns - len(known))
    left = TEXT_WIDTH - sum(width for width in known if width)
    share = left / (known.count(None) or 1)
    return [width or share for width in known[:columns]]


@cache
def _stylesheet_widths() -> dict[str, float]:
    with staticfiles_storage.open("report.css") as file:
        text = file.read().decode()
    return {
        name: float(width)
        for name, width in re.findall(r"\.(\w+__\w+)\s*\{\s*width:\s*([\d.]+)mm", text)
    }
