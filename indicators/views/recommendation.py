"""Doporučení: what a program leaves behind, what the town says to it, what becomes of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from indicators import actions
from indicators.filters import RecommendationFilter
from indicators.forms import FollowUpForm, RecommendationForm, ResponseForm
from indicators.models import Indicator, IndicatorRecommendation
from programs.access import ProgramAccess, load_program
from programs.actions import (
    delete_recommendation,
    follow_up_recommendation,
    move_positioned,
    respond_to_recommendation,
)
from programs.models import Evidence, Recommendation
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history

FOLLOWING_UP = {Permission.EDIT_EVALUATION, Permission.RESPOND_FOR_TOWN}


@require_safe
def recommendation_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    today = timezone.localdate()
    visible = _visible(access).select_related("responsible").prefetch_related("addressees")
    chosen = RecommendationFilter(request.GET, queryset=visible, today=today)
    found = list(chosen.qs)
    context = {
        "access": access,
        "program": access.program,
        "filter": chosen,
        "rows": [(found_one, found_one.is_overdue(today)) for found_one in found],
        "has_any": bool(found) or visible.exists(),
        "may_order": access.may["edit_evaluation"] and not request.GET and len(found) > 1,
    }
    return render(request, "indicators/recommendation_list.html", context)


@require_safe
def recommendation_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    links = IndicatorRecommendation.objects.select_related("indicator__criterion")
    visible = (
        _visible(access)
        .select_related("responsible", "activity__phase")
        .prefetch_related(
            "goals",
            "addressees",
            "target_groups",
            Prefetch("indicator_links", links),
            Prefetch("evidence", Evidence.objects.visible_in(access.visibilities)),
        )
    )
    recommendation = get_object_or_404(visible, pk=pk)
    activity = recommendation.activity
    context = {
        "access": access,
        "program": access.program,
        "recommendation": recommendation,
        "activity": activity if activity and activity.visibility in access.visibilities else None,
        "is_overdue": recommendation.is_overdue(timezone.localdate()),
        "may_follow_up": bool(FOLLOWING_UP & access.permissions),
    }
    return render(request, "indicators/recommendation_detail.html", context)


@require_http_methods(["GET", "POST"])
def recommendation_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    return _edit_recommendation(request, access, Recommendation(program=access.program))


@require_http_methods(["GET", "POST"])
def recommendation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    recommendation = load_record(request, _visible(access), pk, program=access.program)
    return _edit_recommendation(request, access, recommendation)


@require_http_methods(["GET", "POST"])
def recommendation_respond(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the town says; whoever answers for it changes nothing else."""
    access = load_program(request.user, slug, needs=Permission.RESPOND_FOR_TOWN)
    return _edit_part(
        request,
        access,
        pk,
        form_class=ResponseForm,
        action=respond_to_recommendation,
        done=_("The response was saved."),
        anchor="vyjadreni",
        template="indicators/recommendation_response_form.html",
    )


@require_http_methods(["GET", "POST"])
def recommendation_follow_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What became of it after the program had ended."""
    access = load_program(request.user, slug)
    if not FOLLOWING_UP & access.permissions:
        raise PermissionDenied
    return _edit_part(
        request,
        access,
        pk,
        form_class=FollowUpForm,
        action=follow_up_recommendation,
        done=_("The state was saved."),
        anchor="po-programu",
        template="indicators/recommendation_follow_up_form.html",
    )


@require_http_methods(["GET", "POST"])
def recommendation_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    recommendation = get_object_or_404(_visible(access), pk=pk)

    def done() -> HttpResponse:
        messages.success(request, _("The recommendation was deleted."))
        return redirect("indicators:recommendation_list", slug)

    return delete_record(
        request,
        access,
        recommendation,
        delete=lambda: delete_recommendation(recommendation=recommendation, by=access.user),
        done=done,
        question=_("Delete the recommendation?"),
        consequence=_(
            "It disappears from the report, with the response to it. Goals, outputs and evidence "
            "it was linked to stay. It can come back from the history of the program."
        ),
        label=_("Delete the recommendation"),
        back_url=_detail(recommendation)["Location"],
    )


@require_safe
def recommendation_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    recommendation = get_object_or_404(_visible(access), pk=pk)
    return show_history(request, access, str(recommendation), [("", recommendation, None)])


@require_POST
def recommendation_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_EVALUATION)
    recommendation = get_object_or_404(_visible(access), pk=pk)
    move_positioned(record=recommendation, rank=rank_of(request), by=access.user)
    messages.success(request, _("The order was changed."))
    return redirect("indicators:recommendation_list", slug)


def _visible(access: ProgramAccess) -> QuerySet[Recommendation]:
    visible: QuerySet[Recommendation] = Recommendation.objects.visible_in(
        access.visibilities
    ).filter(program=access.program)
    return visible


def _edit_part(
    request: HttpRequest,
    access: ProgramAccess,
    pk: int,
    *,
    form_class: type[ResponseForm] | type[FollowUpForm],
    action: Callable[..., Recommendation],
    done: str,
    anchor: str,
    template: str,
) -> HttpResponse:
    """The form of a part of a recommendation that is not the team's to write alone."""
    recommendation = load_record(
        request,
        _visible(access),
        pk,
        program=access.program,
        visibility__in=list(access.visibilities),
    )

    def form_of(record: Any, data: Any = None) -> ResponseForm | FollowUpForm:
        return form_class(data, instance=record, today=timezone.localdate())

    def save(form: Any) -> Recommendation:
        opened_version = form.cleaned_data["opened_version"]
        return action(recommendation=form.instance, opened_version=opened_version, by=access.user)

    return edit_record(
        request,
        access,
        recommendation,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_detail(request, saved, done, anchor),
        template=template,
        anew=False,
    )


def _edit_recommendation(
    request: HttpRequest, access: ProgramAccess, recommendation: Recommendation
) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> RecommendationForm:
        return RecommendationForm(data, instance=record, access=access)

    def save(form: Any) -> Recommendation:
        try:
            return actions.save_recommendation(
                recommendation=form.instance,
                opened_version=form.cleaned_data["opened_version"],
                goals=form.cleaned_data["goals"],
                addressees=form.cleaned_data["addressees"],
                target_groups=form.cleaned_data["target_groups"],
                indicators=form.cleaned_data["indicators"],
                by=access.user,
            )
        except actions.IndicatorMoved as moved:
            message = _("The criteria have just changed; tick the indicators again.")
            raise ValidationError({"indicators": message}) from moved

    return edit_record(
        request,
        access,
        recommendation,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_detail(request, saved, _("The recommendation was saved.")),
        template="indicators/recommendation_form.html",
        context={"has_indicators": Indicator.objects.of_program(access.program).exists()},
    )


def _to_detail(
    request: HttpRequest, recommendation: Recommendation, message: str, part: str = ""
) -> HttpResponse:
    messages.success(request, message)
    detail = _detail(recommendation)
    if part:
        detail["Location"] += f"#{part}"
    return detail


def _detail(recommendation: Recommendation) -> HttpResponse:
    slug = recommendation.program.slug
    return redirect("indicators:recommendation_detail", slug, recommendation.pk)
