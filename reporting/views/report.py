"""The reports of a program: title pages and optional parts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from programs.access import ProgramAccess, load_program
from programs.views.editing import delete_record, edit_record, load_record
from programs.views.history import show_history
from reporting import actions
from reporting.forms import ReportForm
from reporting.models import Report


@require_safe
def report_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    reports = Report.objects.filter(program=access.program)
    context = {"access": access, "program": access.program, "reports": reports}
    return render(request, "reporting/report_list.html", context)


@require_http_methods(["GET", "POST"])
def report_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_report(request, access, Report(program=access.program))


@require_http_methods(["GET", "POST"])
def report_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    report = load_record(request, Report.objects.all(), pk, program=access.program)
    return _edit_report(request, access, report)


def _edit_report(request: HttpRequest, access: ProgramAccess, report: Report) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> ReportForm:
        return ReportForm(data, instance=record)

    def save(form: Any) -> Report:
        opened_version = form.cleaned_data["opened_version"]
        return actions.save_report(
            report=form.instance, opened_version=opened_version, by=access.user
        )

    def done(saved: Report) -> HttpResponse:
        messages.success(request, _("The report was saved."))
        return redirect("reporting:report_list", access.program.slug)

    return edit_record(
        request,
        access,
        report,
        form_of=form_of,
        save=save,
        done=done,
        template="reporting/report_form.html",
    )


@require_http_methods(["GET", "POST"])
def report_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    report = get_object_or_404(Report, program=access.program, pk=pk)

    def delete() -> None:
        actions.delete_report(report=report, by=access.user)

    def done() -> HttpResponse:
        messages.success(request, _("The report was deleted."))
        return redirect("reporting:report_list", slug)

    return delete_record(
        request,
        access,
        report,
        delete=delete,
        done=done,
        question=_("Delete the report?"),
        consequence=_(
            "Its title page and the choice of its parts disappear. What the report is made "
            "of stays."
        ),
        label=_("Delete the report"),
        back_url=reverse("reporting:report_list", args=[slug]),
    )


@require_safe
def report_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    report = get_object_or_404(Report, program=access.program, pk=pk)
    return show_history(request, access, str(report), [("", report, None)])
