"""Pages that belong to no noun."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from litvinov import narrative
from litvinov.help import TOPICS
from litvinov.http import HtmxRequest
from litvinov.shortcuts import GROUPS

LONGEST_PREVIEW = 200_000


@require_POST
def narrative_preview(request: HttpRequest) -> HttpResponse:
    """A text as the report will show it; 413 for one that no report would hold."""
    text = request.POST.get("text", "")
    if len(text) > LONGEST_PREVIEW:
        return HttpResponse(status=413)
    return HttpResponse(narrative.to_html(narrative.parse(text)))


@login_not_required
@require_safe
def help_page(request: HtmxRequest) -> HttpResponse:
    """How to do what people do most; to shortcuts.js only the keyboard shortcuts, as a dialog."""
    template = "help/_shortcuts_dialog.html" if request.htmx else "help/help_page.html"
    response = render(request, template, {"topics": TOPICS, "groups": GROUPS})
    patch_vary_headers(response, ["HX-Request"])
    return response
