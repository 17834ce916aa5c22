"""The report as PDF: the HTML of the report through WeasyPrint.

What each thing here that is done for speed gave stands in docs/performance.md.
"""

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from mimetypes import guess_type
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

import lxml.etree
import lxml.html
from cssselect2 import ElementWrapper
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reporting.anchors import anchor_names
from reporting.collector import collector_off
from reporting.publicity import logos
from reporting.renderers import html
from reporting.renderers.characters import printable
from reporting.renderers.finishing import finish
from reporting.structure import ProgramReport

# An address nobody can own (RFC 2606): only the fetcher below answers for it.
BASE_URL = "http://report.invalid"
STYLE = "report.css"

# Fonts are shared between renders, and the libraries below WeasyPrint do not lock them. Two renders
# at a time would only take turns at the interpreter; processes are what runs side by side.
_one_at_a_time = Lock()
_LIST_FROM_A_NUMBER = re.compile(r"<ol[^>]* start=")
# A word of many lines, such as a picture pasted as letters, is laid out whole for each line of it.
_MANY_LINES = 400
_LONG_WORD, _PIECE = re.compile(rf"\S{{{_MANY_LINES},}}"), re.compile(r"\S{40}(?=\S)")
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


class ForbiddenAddress(ValueError):
    """A text asked for something that is none of our static files."""


class StaticFilesFetcher(URLFetcher):
    """Serves our own static files and the operator's logos; nothing else: no network, no disk,
    no other data: addresses.
    """

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        for logo in logos():
            if url == logo.address:
                return URLFetcherResponse(url, logo.content, {"Content-Type": logo.content_type})
        prefix = f"{BASE_URL}{settings.STATIC_URL}"
        if not url.startswith(prefix):
            raise ForbiddenAddress(url)
        name = url.removeprefix(prefix).split("?")[0].split("#")[0]
        kind, _encoding = guess_type(name)
        file = staticfiles_storage.open(name)
        return URLFetcherResponse(url, file, {"Content-Type": kind or "application/octet-stream"})


class ReportHTML(HTML):
    """A document whose defaults are those of our style sheet (defaults.css), and which is read by a
    parser in C: WeasyPrint's own is written in Python and takes ten times as long.
    """

    def __init__(self, written: str) -> None:
        self.base_url, self.url_fetcher, self.media_type = BASE_URL, StaticFilesFetcher(), "print"
        self.wrapper_element = ElementWrapper.from_html_root(_tree(written), content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []


def _tree(written: str) -> ET.Element:
    """The elements as an HTML5 parser would give them; lxml knows no letter case in drawings."""
    root = lxml.html.document_fromstring(written)
    for drawing in root.iter("svg"):
        drawing.set("viewBox", drawing.attrib.pop("viewbox"))
    for element in root.iter():
        element.text, element.tail = _breakable(element.text), _breakable(element.tail)
    return ET.fromstring(lxml.etree.tostring(root, encoding="unicode"))  # noqa: S314  # our own


def _breakable(text: str | None) -> str | None:
    if text is None or len(text) < _MANY_LINES:
        return text
    return _LONG_WORD.sub(lambda word: _PIECE.sub(rf"\g<0>{_MAY_BREAK}", word[0]), text)


def render(report: ProgramReport) -> bytes:
    """The bytes of a file that is both PDF/A-2a and PDF/UA-1, in Czech."""
    written = printable(html.render(report, with_style=False))
    with staticfiles_storage.open(STYLE) as file:
        content = file.read()
    # On a disk, and mapped from there, it is read in half the time; nobody else can open it.
    with _one_at_a_time, collector_off(), TemporaryFile() as drawn:
        style, fonts = _style(content)
        ReportHTML(written).write_pdf(
            drawn,
            stylesheets=[style],
            font_config=fonts,
            pdf_variant="pdf/a-2a",
            # With hints, a numbered list begins with the number that was typed.
            presentational_hints=bool(_LIST_FROM_A_NUMBER.search(written)),
            # The last pass compresses; doing it twice would only cost time.
            uncompressed_pdf=True,
        )
        drawn.flush()
        return finish(drawn, names=anchor_names(report))


@lru_cache(maxsize=1)
def _style(content: bytes) -> tuple[CSS, FontConfiguration]:
    """The style sheet and its fonts, read once for each content of it."""
    fonts = FontConfiguration()
    address = f"{BASE_URL}{staticfiles_storage.url(STYLE)}"
    style = CSS(
        string=content.decode(),
        base_url=address,
        url_fetcher=StaticFilesFetcher(),
        font_config=fonts,
    )
    return style, fonts
