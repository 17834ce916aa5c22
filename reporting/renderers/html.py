"""The report as HTML: one template for the preview and for the PDF."""

import re

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from reporting.chapters import chapters_of
from reporting.renderers.characters import readable
from reporting.renderers.references import linked
from reporting.structure import ProgramReport

TEMPLATE = "reporting/report.html"
BODY = "reporting/_report.html"

# WeasyPrint breaks lines too early where a block that would just fit ends with a space.
_SPACE_AT_END = re.compile(r"\s+(?=</(?:p|td|th|li|dd|dt|h[1-6]|caption)>)")


def body(report: ProgramReport, *, with_expansions: bool = True) -> str:
    """What stands in the report, for a page of ours or for a document of its own."""
    context = {"report": report, "chapters": chapters_of(report)}
    with translation.override("cs"):
        html = _SPACE_AT_END.sub("", readable(render_to_string(BODY, context).strip()))
    return linked(html, report, with_expansions=with_expansions)


def render(report: ProgramReport, *, with_expansions: bool = False, with_style: bool = True) -> str:
    """A whole document, always in Czech, whose links lead only to our static files.

    `with_style` says whether it asks for the style sheet itself.
    """
    written = mark_safe(body(report, with_expansions=with_expansions))  # noqa: S308
    with translation.override("cs"):
        return render_to_string(
            TEMPLATE, {"report": report, "body": written, "with_style": with_style}
        )
