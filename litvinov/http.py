"""The request as views see it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request after django-htmx: `request.htmx` is true for one that swaps a part of a page."""

    htmx: HtmxDetails
