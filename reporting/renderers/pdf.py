"""The report as PDF: the HTML of the report through WeasyPrint.

What each thing here that is done for speed gave stands in docs/performance.md.
"""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from mimetypes import guess_type
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reporting.anchors import anchor_names
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
    """A document whose defaults are those of our style sheet (defaults.css)."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []


def render(report: ProgramReport) -> bytes:
    """The bytes of a file that is both PDF/A-2a and PDF/UA-1, in Czech."""
    written = printable(html.render(report, with_style=False))
    with staticfiles_storage.open(STYLE) as file:
        content = file.read()
    with _one_at_a_time, _without_collector():
        style, fonts = _style(content)
        document = ReportHTML(string=written, base_url=BASE_URL, url_fetcher=StaticFilesFetcher())
        drawn = document.write_pdf(
            stylesheets=[style],
            font_config=fonts,
            pdf_variant="pdf/a-2a",
            # With hints, a numbered list begins with the number that was typed.
            presentational_hints=bool(_LIST_FROM_A_NUMBER.search(written)),
            # The last pass compresses; doing it twice would only cost time.
            uncompressed_pdf=True,
        )
        return finish(bytes(drawn), names=anchor_names(report))


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


@contextmanager
def _without_collector() -> Iterator[None]:
    """A render makes a million objects and drops hardly any before it ends: looking for garbage
    among them again and again takes a quarter of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
