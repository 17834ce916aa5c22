"""Doklady: the register of evidence, its files and what they are attached to."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from accounts.writing import KEY_FIELD
from indicators import actions
from indicators.addresses import address_of
from indicators.evidence_archive import archive_of
from indicators.evidence_places import (
    KINDS,
    label_of,
    place_of,
    places_of,
    records_in,
    with_places,
)
from indicators.forms import EvidenceForm, too_large
from litvinov.uploads import was_too_large
from programs import evidence_files
from programs.access import ProgramAccess, load_program
from programs.actions import delete_evidence, move_positioned
from programs.file_types import WrongFile
from programs.models import Evidence
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history

ATTACH = dict(zip(("activity", "consultation", "recommendation", "assessment"), KINDS, strict=True))
"""In the address of an empty form: what the evidence shall be attached to."""


@require_safe
def evidence_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    found = list(_with_places(access))
    context = {
        "access": access,
        "program": access.program,
        "rows": [(piece, list(places_of(piece, access.program))) for piece in found],
        "may_order": access.may["edit_evidence"] and len(found) > 1,
    }
    return render(request, "indicators/evidence_list.html", context)


@require_safe
def evidence_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file, to be saved and never opened as a page of ours."""
    access = load_program(request.user, slug)
    piece = get_object_or_404(_visible(access).exclude(stored_as=""), pk=pk)
    try:
        content = evidence_files.open_kept(piece.stored_as)
    except FileNotFoundError:
        context = {"access": access, "program": access.program, "evidence": piece}
        return render(request, "indicators/evidence_missing.html", context, status=404)
    kind = piece.content_type
    response = FileResponse(
        content,
        as_attachment=True,
        filename=piece.file_name,
        content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
    )
    return _harmless(response)


@require_safe
def evidence_archive(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything in the register that the person may read."""
    access = load_program(request.user, slug)
    archive = archive_of(access.program, _with_places(access))
    response = FileResponse(
        archive,
        as_attachment=True,
        filename=f"prilohy-{slug}.zip",
        content_type="application/zip",
    )
    return _harmless(response)


@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVIDENCE)
    return _edit_evidence(request, access, Evidence(program=access.program))


@require_http_methods(["GET", "POST"])
def evidence_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVIDENCE)
    piece = load_record(request, _visible(access), pk, program=access.program)
    return _edit_evidence(request, access, piece)


@require_http_methods(["GET", "POST"])
def evidence_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVIDENCE)
    piece = get_object_or_404(_visible(access), pk=pk)

    def done() -> HttpResponse:
        messages.success(request, _("The evidence was deleted."))
        return _to_list(access)

    return delete_record(
        request,
        access,
        piece,
        delete=lambda: delete_evidence(evidence=piece, by=access.user),
        done=done,
        question=_("Delete the evidence?"),
        consequence=_(
            "It disappears from the list of annexes and from everything it is attached to. The "
            "numbers of the others do not change. It can come back, its file too, from the "
            "history of the program."
        ),
        label=_("Delete the evidence"),
        back_url=_to_list(access)["Location"],
    )


@require_safe
def evidence_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    piece = get_object_or_404(_visible(access), pk=pk)
    return show_history(request, access, str(piece), [("", piece, None)])


@require_POST
def evidence_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put evidence at another place; what the person may not read keeps its neighbours."""
    access = load_program(request.user, slug, needs=Permission.EDIT_EVIDENCE)
    piece = get_object_or_404(_visible(access), pk=pk)
    move_positioned(record=piece, rank=_rank_among_all(access, rank_of(request)), by=access.user)
    messages.success(request, _("The evidence was renumbered; citations follow."))
    return _to_list(access)


def _rank_among_all(access: ProgramAccess, rank: int) -> int:
    """Where the rank among what the person sees stands in the whole register."""
    seen = list(_visible(access).values_list("pk", flat=True))
    everything = Evidence.objects.filter(program=access.program).values_list("pk", flat=True)
    return list(everything).index(seen[min(max(rank, 1), len(seen)) - 1]) + 1


def _visible(access: ProgramAccess) -> QuerySet[Evidence]:
    visible: QuerySet[Evidence] = Evidence.objects.visible_in(access.visibilities).filter(
        program=access.program
    )
    return visible


def _with_places(access: ProgramAccess) -> QuerySet[Evidence]:
    return with_places(_visible(access), access.program, access.visibilities)


def _harmless(response: FileResponse) -> FileResponse:
    """Whatever the content is, the browser saves it and runs nothing of it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _edit_evidence(request: HttpRequest, access: ProgramAccess, piece: Evidence) -> HttpResponse:
    file_error = _put_aside(request, access) if request.method == "POST" else None
    attach_to = [
        (kind, int(asked))
        for name, kind in ATTACH.items()
        if (asked := request.GET.get(name, "")).isascii() and asked.isdigit() and len(asked) < 18
    ]
    readable = records_in(access.program, access.visibilities)
    origin = next((readable[kind].filter(pk=pk).first() for kind, pk in attach_to), None)
    kept: list[str] = []

    def form_of(record: Any, data: Any = None) -> EvidenceForm:
        return EvidenceForm(
            data, instance=record, access=access, file_error=file_error, attach_to=attach_to
        )

    def save(form: Any) -> Evidence:
        try:
            return actions.save_evidence(
                evidence=form.instance,
                opened_version=form.cleaned_data["opened_version"],
                upload=form.upload,
                attached_to=form.attached_to,
                visibilities=access.visibilities,
                by=access.user,
            )
        finally:
            if form.upload:
                kept.append(form.instance.stored_as)

    def done(saved: Evidence) -> HttpResponse:
        number = saved.position
        messages.success(
            request, _("The evidence was saved as annex number %(number)d.") % {"number": number}
        )
        back = place_of(origin, access.program).address if origin else ""
        return redirect(back or address_of(saved, access.program))

    try:
        return edit_record(
            request,
            access,
            piece,
            form_of=form_of,
            save=save,
            done=done,
            template="indicators/evidence_form.html",
            context={
                "origin": label_of(origin) if origin else "",
                "back_url": place_of(origin, access.program).address
                if origin
                else _to_list(access)["Location"],
            },
        )
    finally:
        # What was kept in a transaction that failed after all.
        for stored_as in kept:
            if not Evidence.history.filter(stored_as=stored_as).exists():
                evidence_files.discard(stored_as)


def _put_aside(request: HttpRequest, access: ProgramAccess) -> ValidationError | None:
    """Put the file that was sent aside and its ticket among what was typed.

    From then on the form is a form like any other: it may be refused, sent twice or meet a
    conflict, and the file is not lost. The answer is what is wrong with the file.
    """
    sent = request.FILES.get("file")
    if was_too_large(request, "file"):
        return too_large()
    if sent is None:
        return None
    form_key = request.POST.get(KEY_FIELD, "")
    try:
        upload = evidence_files.put_aside(sent, user=access.user, form_key=form_key)
    except WrongFile as wrong:
        return wrong
    data = request.POST.copy()
    data["aside"] = evidence_files.ticket_for(upload, access.user)
    request.POST = data  # type: ignore[assignment]
    return None


def _to_list(access: ProgramAccess) -> HttpResponse:
    return redirect(reverse("indicators:evidence_list", args=[access.program.slug]))
