"""Whole addresses for messages, which are read outside of the application."""

from django.http import HttpRequest
from django.urls import reverse

from programs.models import Program


def program_link(request: HttpRequest, program: Program) -> str:
    return request.build_absolute_uri(program.get_absolute_url())


def invitation_link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation_accept", args=[token]))
