"""Drafts: what somebody is typing is kept on the server while they type."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import writing
from accounts.models import Draft

ADDRESS_FIELD = "form_address"
LONGEST_ADDRESS = 300


@require_POST
def draft_save(request: HttpRequest) -> HttpResponse:
    """Keep a draft and say when it was kept; 400 for what no form of ours sends."""
    user: Any = request.user
    fields = writing.sent_fields(request.POST)
    address = "".join(fields.pop(ADDRESS_FIELD, []))
    key = writing.uuid_of(request.POST.get(writing.KEY_FIELD, ""), user)
    if key is None or not _is_own_address(address):
        return HttpResponse(status=400)
    earlier = writing.earlier_submission(user, key)
    if earlier is not None and earlier.content == writing.fingerprint(fields):
        # The form was sent and saved while this was on its way; nothing is left to keep.
        return JsonResponse({"saved": ""})
    draft = writing.keep_draft(user=user, address=address, key=key, fields=fields)
    return JsonResponse({"saved": time_format(timezone.localtime(draft.saved_at), "H:i")})


@require_POST
def draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away and go back to its form."""
    draft = get_object_or_404(Draft, pk=pk, user=request.user)
    draft.delete()
    messages.success(request, _("The draft was thrown away."))
    return redirect(draft.address)


def _is_own_address(address: str) -> bool:
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return safe and address.startswith("/") and len(address) <= LONGEST_ADDRESS
