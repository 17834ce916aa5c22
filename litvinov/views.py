"""Pages that belong to no noun."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from litvinov import narrative

LONGEST_PREVIEW = 200_000


@require_POST
def narrative_preview(request: HttpRequest) -> HttpResponse:
    """A text as the report will show it; 413 for one that no report would hold."""
    text = request.POST.get("text", "")
    if len(text) > LONGEST_PREVIEW:
        return HttpResponse(status=413)
    return HttpResponse(narrative.to_html(narrative.parse(text)))
