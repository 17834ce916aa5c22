"""How the program went (Realizace): phases, activities and the log of consultations."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from accounts.roles import Permission
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.filters import ConsultationFilter
from programs.forms import ActivityForm, PhaseCommentForm
from programs.models import Activity, Consultation, Phase
from programs.tables import ConsultationTable
from programs.views.editing import edit_record, load_record


class CourseDetail(SingleTableMixin, FilterView):
    table_class = ConsultationTable
    filterset_class = ConsultationFilter
    template_name = "programs/course_detail.html"
    table_pagination = {"per_page": 20}

    @cached_property
    def access(self) -> ProgramAccess:
        return load_program(self.request.user, self.kwargs["slug"])

    @cached_property
    def phases(self) -> list[Phase]:
        activities = Activity.objects.visible_in(self.access.visibilities)
        return list(
            Phase.objects.filter(program=self.access.program)
            .annotate(consultation_count=Count("consultations"))
            .prefetch_related(
                Prefetch("activities", activities.prefetch_related("goals", "actors"))
            )
        )

    def get_queryset(self) -> QuerySet[Consultation]:
        return Consultation.objects.filter(program=self.access.program).with_links(
            self.access.visibilities
        )

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(filterset_class), "phases": self.phases}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            access=self.access,
            program=self.access.program,
            phases=self.phases,
            has_consultations=Consultation.objects.filter(program=self.access.program).exists(),
            **kwargs,
        )


@require_http_methods(["GET", "POST"])
def phase_comment(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    phase = get_object_or_404(Phase, program=access.program, position=position)

    def form_of(record: Any, data: Any = None) -> PhaseCommentForm:
        return PhaseCommentForm(data, instance=record)

    def save(form: Any) -> Phase:
        opened_version = form.cleaned_data["opened_version"]
        actions.comment_phase(phase=form.instance, opened_version=opened_version, by=access.user)
        return phase

    return edit_record(
        request,
        access,
        phase,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_phase(request, saved, _("The comment was saved.")),
        template="programs/phase_comment_form.html",
    )


@require_http_methods(["GET", "POST"])
def activity_add(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    phase = get_object_or_404(Phase, program=access.program, position=position)
    return _edit_activity(request, access, Activity(phase=phase))


@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    visible = Activity.objects.visible_in(access.visibilities).select_related("phase__program")
    activity = load_record(request, visible, pk, phase__program=access.program)
    return _edit_activity(request, access, activity)


@require_http_methods(["GET", "POST"])
def activity_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    visible = Activity.objects.visible_in(access.visibilities).select_related("phase__program")
    activity = get_object_or_404(visible, pk=pk, phase__program=access.program)
    if request.method == "POST":
        actions.delete_activity(activity=activity, by=access.user)
        return _to_phase(request, activity.phase, _("The activity was deleted."))
    context = {"access": access, "program": access.program, "record": activity}
    return render(request, "programs/activity_delete.html", context)


def _edit_activity(request: HttpRequest, access: ProgramAccess, activity: Activity) -> HttpResponse:
    phase = activity.phase

    def form_of(record: Any, data: Any = None) -> ActivityForm:
        return ActivityForm(data, instance=record, phase=phase)

    def save(form: Any) -> Activity:
        return actions.save_activity(
            activity=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            goals=form.cleaned_data["goals"],
            actors=form.cleaned_data["actors"],
            by=access.user,
        )

    return edit_record(
        request,
        access,
        activity,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_phase(request, phase, _("The activity was saved.")),
        template="programs/activity_form.html",
        context={"phase": phase},
    )


def _to_phase(request: HttpRequest, phase: Phase, message: str) -> HttpResponse:
    messages.success(request, message)
    course = redirect("programs:course_detail", phase.program.slug)
    course["Location"] += f"#faze-{phase.position}"
    return course
