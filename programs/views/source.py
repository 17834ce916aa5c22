"""Sources (zdroje) that a program cites by their numbers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import SourceForm
from programs.models import Source
from programs.source_citations import add_citations
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


def _sources(access: ProgramAccess) -> Any:
    return Source.objects.filter(program=access.program).visible_in(access.visibilities)


@require_safe
def source_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    sources = list(_sources(access))
    add_citations(sources, access.visibilities)
    context = {"access": access, "program": access.program, "sources": sources}
    return render(request, "programs/source_list.html", context)


@require_http_methods(["GET", "POST"])
def source_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_source(request, access, Source(program=access.program))


@require_http_methods(["GET", "POST"])
def source_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    source = load_record(request, _sources(access), pk, program=access.program)
    return _edit_source(request, access, source)


def _edit_source(request: HttpRequest, access: ProgramAccess, source: Source) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> SourceForm:
        return SourceForm(data, instance=record)

    def save(form: Any) -> Source:
        opened_version = form.cleaned_data["opened_version"]
        return actions.save_source(
            source=form.instance, opened_version=opened_version, by=access.user
        )

    def done(saved: Source) -> HttpResponse:
        number = saved.position
        messages.success(
            request, _("The source was saved as number %(number)d.") % {"number": number}
        )
        return _to_list(access)

    return edit_record(
        request,
        access,
        source,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/source_form.html",
    )


@require_http_methods(["GET", "POST"])
def source_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    source = get_object_or_404(_sources(access), pk=pk)
    figures = source.figures.visible_in(access.visibilities)
    add_citations([source], access.visibilities)

    def delete() -> None:
        actions.delete_source(source=source, by=access.user)

    def done() -> HttpResponse:
        messages.success(request, _("The source was deleted."))
        return _to_list(access)

    is_held = bool(figures)
    consequence = (
        _("Figures come from this source, so it cannot be deleted. Give them another one first:")
        if is_held
        else _(
            "It disappears from the list of sources and from what cites it; the texts themselves "
            "stay. The numbers of the other sources do not change."
        )
    )
    return delete_record(
        request,
        access,
        source,
        delete=delete,
        done=done,
        question=_("Delete the source?"),
        consequence=consequence,
        label=_("Delete the source"),
        back_url=reverse("programs:source_list", args=[slug]),
        context={"detail": "programs/_source_uses.html", "figures": figures, "blocked": is_held},
    )


@require_POST
def source_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a source at another place; numbers follow the order, so they are dealt out anew."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    source = get_object_or_404(_sources(access), pk=pk)
    actions.move_positioned(record=source, rank=rank_of(request), by=access.user)
    messages.success(request, _("The sources were renumbered; citations follow."))
    return _to_list(access)


@require_safe
def source_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    source = get_object_or_404(_sources(access), pk=pk)
    return show_history(request, access, str(source), [("", source, None)])


def _to_list(access: ProgramAccess) -> HttpResponse:
    return redirect("programs:source_list", access.program.slug)
