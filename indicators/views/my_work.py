"""Moje práce: what waits for a person in all their programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.my_work import MyWork


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    return render(request, "indicators/my_work.html", {"work": MyWork(user, timezone.localdate())})
