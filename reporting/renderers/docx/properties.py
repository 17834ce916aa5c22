"""What the file says of itself: never the name of a person."""

from datetime import datetime, time
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reporting.renderers.docx.styles import LANGUAGE
from reporting.structure import ProgramReport


def set_properties(document: Any, report: ProgramReport) -> None:
    known = report.identification
    day = datetime.combine(known.dated_on or known.printed_on, time())
    properties = document.core_properties
    properties.title = f"{known.title} – {known.kind.label[0].lower()}{known.kind.label[1:]}"
    properties.subject = f"{known.municipality} – {known.locality}, {known.theme}"
    properties.author = known.provider
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = day
    properties.revision = 1
    # Word offers to bring page numbers of the contents up to date when it opens the file.
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    document.settings.element.append(update)
