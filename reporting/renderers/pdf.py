"""The report as PDF: the HTML of the report through WeasyPrint."""

from mimetypes import guess_type
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from reporting.renderers import html
from reporting.structure import ProgramReport

# An address nobody can own (RFC 2606): only the fetcher below answers for it.
BASE_URL = "http://report.invalid"


class ForbiddenAddress(ValueError):
    """A text asked for something that is none of our static files."""


class StaticFilesFetcher(URLFetcher):
    """Serves our own static files and nothing else: no network, no disk, no data: addresses."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        prefix = f"{BASE_URL}{settings.STATIC_URL}"
        if not url.startswith(prefix):
            raise ForbiddenAddress(url)
        name = url.removeprefix(prefix).split("?")[0].split("#")[0]
        kind, _encoding = guess_type(name)
        file = staticfiles_storage.open(name)
        return URLFetcherResponse(url, file, {"Content-Type": kind or "application/octet-stream"})


def render(report: ProgramReport) -> bytes:
    """The bytes of a tagged PDF/A-2a in Czech."""
    document = HTML(string=html.render(report), base_url=BASE_URL, url_fetcher=StaticFilesFetcher())
    return bytes(document.write_pdf(pdf_variant="pdf/a-2a"))
