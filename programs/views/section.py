"""Nastavení – Oddíly: which sections a program writes, in which order, who and until when."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program, require_global
from programs.forms import NarrativeSectionForm, ProgramSectionForm, SectionChoiceForm
from programs.models import NarrativeSection, ProgramSection
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


@require_http_methods(["GET", "POST"])
def section_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The sections a program writes; further ones are taken from the code list here."""
    needs = Permission.EDIT_FRAME if request.method == "POST" else Permission.VIEW_PROGRAM
    access = load_program(request.user, slug, needs=needs)
    data = request.POST if request.method == "POST" else None
    form = SectionChoiceForm(data, program=access.program)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["sections"])
        actions.take_sections(program=access.program, sections=chosen, by=access.user)
        return _to_list(request, access, _("The sections were added."))
    plans = ProgramSection.objects.filter(program=access.program)
    context = {
        "access": access,
        "program": access.program,
        "sections": plans.with_texts(access.visibilities),
        "form": form,
        "has_more": form.fields["sections"].queryset.exists(),  # type: ignore[attr-defined]
    }
    status = 422 if form.errors else 200
    return render(request, "programs/section_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    plans = ProgramSection.objects.select_related("section", "program")
    plan = load_record(request, plans, pk, program=access.program)

    def form_of(record: Any, data: Any = None) -> ProgramSectionForm:
        return ProgramSectionForm(data, instance=record, program=access.program)

    def save(form: Any) -> ProgramSection:
        return actions.plan_section(
            plan=form.instance, opened_version=form.cleaned_data["opened_version"], by=access.user
        )

    return edit_record(
        request,
        access,
        plan,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_list(request, access, _("The section was saved.")),
        template="programs/section_form.html",
        anew=False,
    )


@require_http_methods(["GET", "POST"])
def section_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    plan = _plan(access, pk)
    back_url = redirect("programs:section_list", slug)["Location"]
    return delete_record(
        request,
        access,
        plan,
        delete=lambda: actions.drop_section(plan=plan, by=access.user),
        done=lambda: _to_list(request, access, _("The section was left out.")),
        question=_("Leave the section out?"),
        consequence=_("The program will not write it. It can be taken again at any time."),
        label=_("Leave out the section"),
        back_url=back_url,
    )


@require_POST
def section_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    actions.move_positioned(record=_plan(access, pk), rank=rank_of(request), by=access.user)
    return _to_list(request, access, _("The section was moved."))


@require_safe
def section_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    plan = _plan(access, pk)
    return show_history(request, access, str(plan), [("", plan, None)])


@require_http_methods(["GET", "POST"])
def narrative_section_add(request: HttpRequest) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_narrative_section(request, user, NarrativeSection())


@require_http_methods(["GET", "POST"])
def narrative_section_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_narrative_section(request, user, get_object_or_404(NarrativeSection, pk=pk))


def _edit_narrative_section(
    request: HttpRequest, user: User, section: NarrativeSection
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> NarrativeSectionForm:
        return NarrativeSectionForm(data, instance=record)

    def save(form: Any) -> NarrativeSection:
        return actions.save_narrative_section(
            section=form.instance, opened_version=form.cleaned_data["opened_version"], by=user
        )

    def done(saved: NarrativeSection) -> HttpResponse:
        messages.success(request, _("The section was saved."))
        return redirect("code_lists")

    return edit_record(
        request,
        None,
        section,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/narrative_section_form.html",
    )


def _plan(access: ProgramAccess, pk: int) -> ProgramSection:
    plans = ProgramSection.objects.select_related("section", "program")
    found: ProgramSection = get_object_or_404(plans, pk=pk, program=access.program)
    return found


def _to_list(request: HttpRequest, access: ProgramAccess, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("programs:section_list", access.program.slug)
