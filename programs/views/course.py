"""How the program went (Realizace): its phases and what was done in them."""

from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.access import load_program
from programs.models import Activity, Consultation, Phase


@require_safe
def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    # A query that counts by groups knows no order of its own.
    activities = (
        Activity.objects.visible_in(access.visibilities)
        .annotate(consultation_count=Count("consultations"))
        .prefetch_related("goals", "actors")
        .order_by("position")
    )
    phases = (
        Phase.objects.filter(program=access.program)
        .annotate(consultation_count=Count("consultations"))
        .prefetch_related(Prefetch("activities", activities))
        .order_by("position")
    )
    log = Consultation.objects.filter(program=access.program)
    context = {
        "access": access,
        "program": access.program,
        "phases": phases,
        "consultation_count": log.count(),
        "outside_count": log.filter(phase__isnull=True).count(),
    }
    return render(request, "programs/course_detail.html", context)
