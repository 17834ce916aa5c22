"""Themes and shared abbreviations: code lists that methodologists keep for all programs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from programs import actions
from programs.access import require_global
from programs.forms import AbbreviationForm, ThemeForm
from programs.models import Abbreviation, Theme
from programs.views.editing import edit_record


@require_http_methods(["GET", "POST"])
def theme_add(request: HttpRequest) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_theme(request, user, Theme())


@require_http_methods(["GET", "POST"])
def theme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_theme(request, user, get_object_or_404(Theme, pk=pk))


@require_http_methods(["GET", "POST"])
def abbreviation_add(request: HttpRequest) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    return _edit_abbreviation(request, user, Abbreviation())


@require_http_methods(["GET", "POST"])
def abbreviation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = require_global(request.user, Permission.EDIT_CODE_LISTS)
    shared = get_object_or_404(Abbreviation, pk=pk, program__isnull=True)
    return _edit_abbreviation(request, user, shared)


def _edit_theme(request: HttpRequest, user: User, theme: Theme) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> ThemeForm:
        return ThemeForm(data, instance=record)

    def save(form: Any) -> Theme:
        opened_version = form.cleaned_data["opened_version"]
        return actions.save_theme(theme=form.instance, opened_version=opened_version, by=user)

    return edit_record(
        request,
        None,
        theme,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_code_lists(request, _("The theme was saved.")),
        template="programs/theme_form.html",
    )


def _edit_abbreviation(
    request: HttpRequest, user: User, abbreviation: Abbreviation
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> AbbreviationForm:
        return AbbreviationForm(data, instance=record)

    def save(form: Any) -> Abbreviation:
        return actions.save_abbreviation(
            abbreviation=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=user,
        )

    return edit_record(
        request,
        None,
        abbreviation,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_code_lists(request, _("The abbreviation was saved.")),
        template="programs/abbreviation_form.html",
    )


def _to_code_lists(request: HttpRequest, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("code_lists")
