"""Figures (údaje) that describe the locality."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.forms import FigureForm
from programs.models import ContextFigure, Source
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


def _figures(access: ProgramAccess) -> Any:
    return ContextFigure.objects.filter(program=access.program).visible_in(access.visibilities)


@require_safe
def figure_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All figures; a source that the person may not read is none to them."""
    access = load_program(request.user, slug)
    sources = Source.objects.visible_in(access.visibilities)
    figures = _figures(access).prefetch_related(Prefetch("source", sources))
    context = {"access": access, "program": access.program, "figures": figures}
    return render(request, "programs/figure_list.html", context)


@require_http_methods(["GET", "POST"])
def figure_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_figure(request, access, ContextFigure(program=access.program))


@require_http_methods(["GET", "POST"])
def figure_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    figure = load_record(request, _figures(access), pk, program=access.program)
    return _edit_figure(request, access, figure)


def _edit_figure(
    request: HttpRequest, access: ProgramAccess, figure: ContextFigure
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> FigureForm:
        return FigureForm(data, instance=record, visibilities=access.visibilities)

    def save(form: Any) -> ContextFigure:
        opened_version = form.cleaned_data["opened_version"]
        return actions.save_figure(
            figure=form.instance, opened_version=opened_version, by=access.user
        )

    def done(saved: ContextFigure) -> HttpResponse:
        messages.success(request, _("The figure was saved."))
        answer = _to_list(access)
        answer["Location"] += f"#udaj-{saved.pk}"
        return answer

    return edit_record(
        request,
        access,
        figure,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/figure_form.html",
    )


@require_http_methods(["GET", "POST"])
def figure_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    figure = get_object_or_404(_figures(access), pk=pk)

    def delete() -> None:
        actions.delete_figure(figure=figure, by=access.user)

    def done() -> HttpResponse:
        messages.success(request, _("The figure was deleted."))
        return _to_list(access)

    return delete_record(
        request,
        access,
        figure,
        delete=delete,
        done=done,
        question=_("Delete the figure?"),
        consequence=_("It disappears from the list and the report. Its source stays."),
        label=_("Delete the figure"),
        back_url=reverse("programs:figure_list", args=[slug]),
    )


@require_POST
def figure_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    figure = get_object_or_404(_figures(access), pk=pk)
    actions.move_positioned(record=figure, rank=rank_of(request), by=access.user)
    return _to_list(access)


@require_safe
def figure_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    figure = get_object_or_404(_figures(access), pk=pk)
    return show_history(request, access, str(figure), [("", figure, None)])


def _to_list(access: ProgramAccess) -> HttpResponse:
    return redirect("programs:figure_list", access.program.slug)
