"""The forms a report is given in."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from django.utils.translation import gettext_lazy as _

from reporting.renderers import html
from reporting.structure import Audience, ProgramReport


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    JSON = "json"
    HTML = "html"
    ZIP = "zip"


@dataclass(frozen=True)
class Form:
    """What a format is called on the screen, what it is good for, and how it is made."""

    title: object
    use: object
    content_type: str
    render: Callable[[ProgramReport], bytes]


def _made_by(renderer: str) -> Callable[[ProgramReport], bytes]:
    """Loaded when first used: a process that makes one form needs nothing of the others."""

    def render(report: ProgramReport) -> bytes:
        written: bytes = import_module(f"reporting.renderers.{renderer}").render(report)
        return written

    return render


def _html(report: ProgramReport) -> bytes:
    return html.render(report).encode()


FORMS: dict[Format, Form] = {
    Format.PDF: Form(_("PDF"), _("to read, print and archive"), "application/pdf", _made_by("pdf")),
    Format.DOCX: Form(
        _("Word"),
        _("to finish in Word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _made_by("docx"),
    ),
    Format.XLSX: Form(
        _("Workbook"),
        _("to compute with, a sheet for each table"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _made_by("xlsx"),
    ),
    Format.JSON: Form(
        _("JSON"),
        _("for other programs, with a published schema"),
        "application/json",
        _made_by("json_file"),
    ),
    Format.HTML: Form(
        _("HTML"), _("the text of the report as a web page"), "text/html; charset=utf-8", _html
    ),
    Format.ZIP: Form(
        _("All in one"),
        _("PDF, Word, JSON and tables with a list of evidence and checksums"),
        "application/zip",
        _made_by("archive"),
    ),
}


def file_name(slug: str, report: ProgramReport, form: Format) -> str:
    """litvinov-janov-2024-06-30-pro-partnery.pdf: told apart by its day and its readers."""
    known = report.identification
    suffix = "" if report.audience == Audience.PUBLIC else "-pro-partnery"
    day = f"-{known.dated_on.isoformat()}" if known.dated_on else ""
    kind = "-prubezna" if known.kind.code == "interim" else ""
    return f"{slug}{kind}{day}{suffix}.{form}"
