"""Zpráva – Texty: the written sections of a program."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import NarrativeForm
from programs.models import Narrative, NarrativeSection, ProgramSection
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


@require_safe
def narrative_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    plans = ProgramSection.objects.filter(program=access.program)
    sections = plans.with_texts(access.visibilities)
    context = {
        "access": access,
        "program": access.program,
        "sections": sections,
        "written": sum(section.is_written for section in sections),
        "unplanned": _unplanned(access),
    }
    return render(request, "programs/narrative_list.html", context)


@require_http_methods(["GET", "POST"])
def narrative_add(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    found = get_object_or_404(NarrativeSection, code=section)
    plans = ProgramSection.objects.filter(program=access.program, section=found)
    # A section that was left out meanwhile still takes the text that somebody wrote for it.
    left_out = ProgramSection.history.filter(program=access.program, section=found)
    if not (plans.exists() or (request.method == "POST" and left_out.exists())):
        raise Http404
    return _edit_narrative(request, access, Narrative(program=access.program, section=found))


@require_http_methods(["GET", "POST"])
def narrative_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    visible = Narrative.objects.visible_in(access.visibilities).select_related("section")
    narrative = load_record(request, visible, pk, program=access.program)
    return _edit_narrative(request, access, narrative)


@require_http_methods(["GET", "POST"])
def narrative_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    narrative = _narrative(access, pk)
    return delete_record(
        request,
        access,
        narrative,
        delete=lambda: actions.delete_narrative(narrative=narrative, by=access.user),
        done=lambda: _to_section(request, narrative, _("The text was deleted.")),
        question=_("Delete the text?"),
        consequence=_("It can be brought back from the history of the program."),
        label=_("Delete the text"),
        back_url=_list_address(narrative),
    )


@require_POST
def narrative_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    narrative = _narrative(access, pk)
    actions.move_narrative(narrative=narrative, rank=rank_of(request), by=access.user)
    return _to_section(request, narrative, _("The text was moved."))


@require_safe
def narrative_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    narrative = _narrative(access, pk)
    return show_history(request, access, str(narrative), [("", narrative, None)])


def _narrative(access: ProgramAccess, pk: int) -> Narrative:
    visible = Narrative.objects.visible_in(access.visibilities).select_related("section", "program")
    found: Narrative = get_object_or_404(visible, pk=pk, program=access.program)
    return found


def _unplanned(access: ProgramAccess) -> list[Narrative]:
    """Texts of sections the program has not taken; the report prints them all the same."""
    planned = ProgramSection.objects.filter(program=access.program).values("section_id")
    return list(
        Narrative.objects.filter(program=access.program)
        .visible_in(access.visibilities)
        .exclude(section__in=planned)
        .select_related("section")
    )


def _beside(access: ProgramAccess, narrative: Narrative) -> list[Narrative]:
    """Texts of the section that is read while this one is written."""
    counterpart = narrative.section.counterpart_id
    if counterpart is None:
        return []
    texts = Narrative.objects.filter(program=access.program, section=counterpart)
    return list(texts.visible_in(access.visibilities).select_related("section"))


def _edit_narrative(
    request: HttpRequest, access: ProgramAccess, narrative: Narrative
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> NarrativeForm:
        return NarrativeForm(data, instance=record, access=access)

    def save(form: Any) -> Narrative:
        return actions.save_narrative(
            narrative=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            sources=form.cleaned_data["sources"],
            by=access.user,
        )

    return edit_record(
        request,
        access,
        narrative,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_section(request, saved, _("The text was saved.")),
        template="programs/narrative_form.html",
        context={"section": narrative.section, "beside": _beside(access, narrative)},
    )


def _list_address(narrative: Narrative) -> str:
    address = redirect("programs:narrative_list", narrative.program.slug)["Location"]
    return f"{address}#oddil-{narrative.section.code}"


def _to_section(request: HttpRequest, narrative: Narrative, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(_list_address(narrative))
