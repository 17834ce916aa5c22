from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programs.access import load_program
from programs.statistics import statistics


@require_safe
def consultation_statistics(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    context = {
        "access": access,
        "program": access.program,
        "statistics": statistics(access),
    }
    return render(request, "programs/consultation_statistics.html", context)
