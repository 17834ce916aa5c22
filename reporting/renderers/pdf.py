"""The report as PDF: the HTML of the report through WeasyPrint."""

from mimetypes import guess_type
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reporting.anchors import anchor_names
from reporting.publicity import logos
from reporting.renderers import html
from reporting.renderers.characters import printable
from reporting.renderers.finishing import finish
from reporting.structure import ProgramReport

# An address nobody can own (RFC 2606): only the fetcher below answers for it.
BASE_URL = "http://report.invalid"


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


def render(report: ProgramReport) -> bytes:
    """The bytes of a file that is both PDF/A-2a and PDF/UA-1, in Czech."""
    written = printable(html.render(report))
    document = HTML(string=written, base_url=BASE_URL, url_fetcher=StaticFilesFetcher())
    # The last pass compresses; doing it twice would only cost time.
    # With hints, a numbered list begins with the number that was typed.
    drawn = document.write_pdf(
        pdf_variant="pdf/a-2a", presentational_hints=True, uncompressed_pdf=True
    )
    return finish(bytes(drawn), names=anchor_names(report))
