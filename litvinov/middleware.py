"""Middleware of the whole site."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from litvinov.uploads import largest_request


class ChosenLanguageMiddleware:
    """Show the screen in Czech, or in the language the person chose with the switch.

    Django's own middleware would also follow the browser's languages; the users are
    Czech offices whose browsers are often English, so only an explicit choice counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = known
        with translation.override(known):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", known)
        return response


class LargestRequestMiddleware:
    """Refuse with 413 a request larger than any form of ours, before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > largest_request():
            context = {"largest_file": settings.EVIDENCE_MAX_MB}
            return render(request, "413.html", context, status=413)
        return self.get_response(request)
