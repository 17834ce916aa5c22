"""What the file says of itself: never the name of a person."""

from datetime import datetime, time
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reporting.renderers.characters import readable
from reporting.renderers.docx.styles import LANGUAGE
from reporting.structure import ProgramReport
from reporting.wording import lowered

_LONGEST = 255
# What the empty document of the library brings along: its own picture and its styles told twice.
_STRANGE = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    RELATIONSHIP_TYPE.CUSTOM_XML,
)


def set_properties(document: Any, report: ProgramReport) -> None:
    known = report.identification
    day = datetime.combine(known.dated_on or known.printed_on, time())
    properties = document.core_properties
    properties.title = _said(f"{known.title} – {lowered(known.kind.label)}")
    properties.subject = _said(f"{known.municipality} – {known.locality}, {known.theme}")
    properties.author = _said(known.provider)
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = LANGUAGE
    properties.created = properties.modified = day
    properties.revision = 1
    _set_settings(document.settings.element)
    for relations in (document.part.package.rels, document.part.rels):
        for name in [one.rId for one in relations.values() if one.reltype in _STRANGE]:
            relations.pop(name)


def _said(text: str) -> str:
    return readable(text)[:_LONGEST]


def _set_settings(settings: Any) -> None:
    """Word offers to bring the pages of the contents up to date, and checks Czech spelling.

    What is added stands where the schema of settings has it, before `compat`.
    """
    compatibility = settings.find(qn("w:compat"))
    for xml in (
        f'<w:updateFields {nsdecls("w")} w:val="true"/>',
        f'<w:footnotePr {nsdecls("w")}><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        "</w:footnotePr>",
    ):
        compatibility.addprevious(parse_xml(xml))
    # The state of spelling of an empty English document would keep Word from checking this one.
    settings.remove(settings.find(qn("w:proofState")))
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGE)
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
