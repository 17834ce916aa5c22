"""The report as a Word document, to be finished in Word by a ministry.

It is the HTML of the report told with Word's own means: named styles, heading levels,
captions, header rows, fields, footnotes and bookmarks. One HTML, one order, one wording;
see `docs/decisions`.
"""

from io import BytesIO

import lxml.html
from docx import Document

from reporting.renderers import html
from reporting.renderers.docx.page import set_up_page
from reporting.renderers.docx.properties import set_properties
from reporting.renderers.docx.styles import define_styles
from reporting.renderers.docx.writer import Writer
from reporting.renderers.packing import packed_anew
from reporting.structure import ProgramReport


def render(report: ProgramReport) -> bytes:
    """A .docx file; the same report gives the same bytes."""
    document = Document()
    define_styles(document)
    set_up_page(document, report)
    set_properties(document, report)
    body = lxml.html.document_fromstring(html.render(report)).find("body")
    writer = Writer(document)
    writer.write(body)
    writer.finish()
    file = BytesIO()
    document.save(file)
    return packed_anew(file.getvalue())
