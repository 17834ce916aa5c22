"""Nobody gets further than the sign-in without having signed in."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts import writing


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Lead whoever is not signed in to the form for it.

    A request of htmx is refused instead: it would put the form where the answer belongs,
    in place of what the person has typed. What somebody sent from a form is kept until they
    have signed in again.
    """

    # The stubs know of a redirect only.
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401)
        if request.method == "POST":
            writing.keep_interrupted(request)
        return super().handle_no_permission(request, view_func)
