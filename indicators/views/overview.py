"""Přehled: what the program is and how it stands, on one page."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.models import Indicator, Rater
from indicators.rows import rows_of
from indicators.shift import Shift
from programs.access import load_program
from programs.models import Consultation, Fulfilment, Goal, Phase


@require_safe
def program_overview(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    program = access.program
    rows = rows_of(program, access.visibilities, Indicator.objects.of_program(program))
    shifts = Counter(row.shift_by(Rater.EXPERT) for row in rows)
    goals = list(Goal.objects.filter(program=program))
    fulfilments = Counter(goal.fulfilment for goal in goals if goal.code)
    consultations = Consultation.objects.filter(program=program)
    context = {
        "access": access,
        "program": program,
        "shifts": [(shift, shifts[shift]) for shift in Shift if shifts[shift]],
        "not_rated": shifts[None],
        "indicator_count": len(rows),
        "long_term_goal": next((goal for goal in goals if goal.is_long_term), None),
        "goals": [goal for goal in goals if goal.code and goal.depth == 0],
        "fulfilments": [(state.label, fulfilments[state]) for state in Fulfilment],
        "goals_not_assessed": fulfilments[""],
        "goal_count": sum(fulfilments.values()),
        "phases": Phase.objects.filter(program=program),
        "consultations": consultations.with_links(access.visibilities)[:5],
        "consultation_count": consultations.count(),
    }
    return render(request, "indicators/program_overview.html", context)
