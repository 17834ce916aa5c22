"""The report as HTML: one template for the preview and for the PDF."""

import re
from math import ceil

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from reporting.chapters import chapters_of
from reporting.renderers.characters import readable
from reporting.renderers.references import linked
from reporting.structure import ProgramReport

TEMPLATE = "reporting/report.html"
BODY = "reporting/_report.html"

_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_END_OF_CELL = re.compile(r"</t[hd]>")
_END_OF_LINES = re.compile(r"</p>|<br>|</span><span")
_TAG = re.compile(r"<[^>]+>")
# A row higher than three quarters of a page would leave its heading alone, or a page nearly empty.
_MOST_LINES, _LETTERS_OF_A_LINE, _GAP = 44, 60, 0.25
# WeasyPrint breaks lines too early where a block that would just fit ends with a space.
_SPACE_AT_END = re.compile(r"(?<!\s)\s++(?=</(?:p|td|th|li|dd|dt|h[1-6]|caption)>)")


def body(report: ProgramReport, *, with_expansions: bool = True) -> str:
    """What stands in the report, for a page of ours or for a document of its own."""
    context = {"report": report, "chapters": chapters_of(report)}
    with translation.override("cs"):
        html = _SPACE_AT_END.sub("", readable(render_to_string(BODY, context).strip()))
    return _ROW.sub(_row, linked(html, report, with_expansions=with_expansions))


def _row(found: re.Match[str]) -> str:
    """A row that is too high to move as a whole goes on on the next page."""
    if len(found[1]) < _MOST_LINES * 10:
        return found[0]
    highest = max(map(_lines, _END_OF_CELL.split(found[1])))
    return f'<tr class="long">{found[1]}</tr>' if highest > _MOST_LINES else found[0]


def _lines(cell: str) -> float:
    """About how many lines a cell has in the narrowest column people write into."""
    texts = [_TAG.sub("", part).strip() for part in _END_OF_LINES.split(cell)]
    return sum(ceil(len(text) / _LETTERS_OF_A_LINE) + _GAP for text in texts if text)


def render(report: ProgramReport, *, with_expansions: bool = False, with_style: bool = True) -> str:
    """A whole document, always in Czech, whose links lead only to our static files.

    `with_style` says whether it asks for the style sheet itself.
    """
    written = mark_safe(body(report, with_expansions=with_expansions))  # noqa: S308
    with translation.override("cs"):
        return render_to_string(
            TEMPLATE, {"report": report, "body": written, "with_style": with_style}
        )
