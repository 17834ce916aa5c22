"""Přehled: what the program is, how it stands, what is missing and what to do next."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.charts import charts_of
from indicators.gaps import gaps_of
from indicators.models import Indicator, Rater
from indicators.progress import progress_of
from indicators.rows import rows_of
from indicators.shift import Shift
from programs.access import load_program
from programs.changes import Choice, ProgramChanges
from programs.models import Consultation, Fulfilment, Goal
from programs.schedule import read_schedule
from programs.views.history import hidden_from

LATEST = 8


@require_safe
def program_overview(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    program, today = access.program, timezone.localdate()
    rows = rows_of(program, access.visibilities, Indicator.objects.of_program(program))
    shifts = Counter(row.shift_by(Rater.EXPERT) for row in rows)
    goals = list(Goal.objects.filter(program=program))
    evaluated = Goal.objects.filter(program=program).evaluated()
    fulfilments = Counter(evaluated.values_list("fulfilment", flat=True))
    gaps = gaps_of(access.user, [(access.role, program)], today)
    context = {
        "access": access,
        "program": program,
        "is_bare": not rows and not goals,
        "gaps": gaps.get(program.pk, []),
        "parts": progress_of(program, rows, access.visibilities),
        "shifts": [(shift, shifts[shift]) for shift in Shift if shifts[shift]],
        "not_rated": shifts[None],
        "indicator_count": len(rows),
        "charts": charts_of(rows).values(),
        "long_term_goal": next((goal for goal in goals if goal.is_long_term), None),
        "fulfilments": [(state.label, fulfilments[state]) for state in Fulfilment],
        "goals_not_assessed": fulfilments[""],
        "goal_count": sum(fulfilments.values()),
        "schedule": read_schedule(program, access.visibilities, today=today),
        "changes": ProgramChanges(access, Choice(), hidden_from(access)).latest(LATEST),
        "consultation_count": Consultation.objects.filter(program=program).count(),
    }
    return render(request, "indicators/program_overview.html", context)
