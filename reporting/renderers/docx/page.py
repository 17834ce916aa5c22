"""The sheet: its margins, its running head and its foot."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from litvinov import czech
from reporting.renderers.characters import readable
from reporting.renderers.docx.fields import add_field
from reporting.structure import ProgramReport


def set_up_page(document: Any, report: ProgramReport) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(27), Mm(23)
    section.left_margin = section.right_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(12)
    # The title page says what the running head would repeat.
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.text = readable(czech.typeset(report.identification.title))
    foot = section.footer.paragraphs[0]
    foot.add_run(f"{czech.typeset(report.identification.kind.label)}\t")
    add_field(foot, "PAGE", "1")
    foot.add_run(f"{czech.NBSP}/{czech.NBSP}")
    add_field(foot, "NUMPAGES", "1")
