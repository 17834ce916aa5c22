"""The report as HTML: one template for the preview and for the PDF."""

import re

from django.template.loader import render_to_string
from django.utils import translation

from reporting.chapters import chapters_of
from reporting.structure import ProgramReport

TEMPLATE = "reporting/report.html"

# WeasyPrint breaks lines too early where a block that would just fit ends with a space.
_SPACE_AT_END = re.compile(r"\s+(?=</(?:p|td|th|li|dd|dt|h[1-6]|caption)>)")


def context(report: ProgramReport) -> dict[str, object]:
    """What the templates of a report need."""
    return {"report": report, "chapters": chapters_of(report)}


def render(report: ProgramReport) -> str:
    """A whole document, always in Czech, whose links lead only to our static files."""
    with translation.override("cs"):
        return _SPACE_AT_END.sub("", render_to_string(TEMPLATE, context(report)))
