"""The log of consultations: its list, an entry, the form of an entry."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from accounts.roles import Permission
from accounts.writing import DRAFT_ARGUMENT
from programs import actions
from programs.access import ProgramAccess, load_program
from programs.filters import ConsultationFilter
from programs.forms import ConsultationForm
from programs.last_used import last_used
from programs.models import Consultation, Program
from programs.naming import people_in
from programs.tables import ConsultationTable
from programs.views.editing import edit_record, load_record

ALIKE = "podle"
"""In the address of an empty form: the entry that the new one shall be like."""
HELD_ON = "datum"
"""In the address of an empty form: the date it shall begin with."""


class ConsultationList(SingleTableMixin, FilterView):
    """The log; filters, order and page stand in the address and go along to the entries."""

    table_class = ConsultationTable
    filterset_class = ConsultationFilter
    template_name = "programs/consultation_list.html"
    table_pagination = {"per_page": 20}

    @cached_property
    def access(self) -> ProgramAccess:
        return load_program(self.request.user, self.kwargs["slug"])

    def get_queryset(self) -> QuerySet[Consultation]:
        return Consultation.objects.filter(program=self.access.program).with_links(
            self.access.visibilities
        )

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {
            **super().get_filterset_kwargs(filterset_class),
            "program": self.access.program,
            "user": self.access.user,
        }

    def get_table_kwargs(self) -> dict[str, Any]:
        may_write = Permission.EDIT_CONSULTATIONS in self.access.permissions
        may_group = Permission.EDIT_EVALUATION in self.access.permissions
        hidden = {"chosen": not may_group, "edit": not may_write}
        return {"exclude": [name for name, is_hidden in hidden.items() if is_hidden]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log = Consultation.objects.filter(program=self.access.program)
        return super().get_context_data(
            access=self.access,
            program=self.access.program,
            consultation_count=log.count(),
            loose_count=log.loose().count(),
            **kwargs,
        )


@require_safe
def consultation_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An entry with those before and after it, among those the filter of the log shows."""
    access = load_program(request.user, slug)
    log = Consultation.objects.filter(program=access.program)
    consultation = get_object_or_404(log.with_links(access.visibilities), pk=pk)
    found = ConsultationFilter(
        request.GET, queryset=log, program=access.program, user=access.user
    ).qs
    day = consultation.held_on
    before = found.filter(Q(held_on__lt=day) | Q(held_on=day, pk__lt=pk))
    after = found.filter(Q(held_on__gt=day) | Q(held_on=day, pk__gt=pk))
    context = {
        "access": access,
        "program": access.program,
        "record": consultation,
        "evidence": consultation.evidence.visible_in(access.visibilities),
        "previous": before.order_by("-held_on", "-pk").first(),
        "next": after.order_by("held_on", "pk").first(),
    }
    return render(request, "programs/consultation_detail.html", context)


@require_http_methods(["GET", "POST"])
def consultation_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    consultation = Consultation(program=access.program)
    return _edit_consultation(request, access, consultation, _offered(request, access.program))


@require_http_methods(["GET", "POST"])
def consultation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    consultation = load_record(request, Consultation.objects.all(), pk, program=access.program)
    return _edit_consultation(request, access, consultation)


@require_http_methods(["GET", "POST"])
def consultation_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    consultation = get_object_or_404(Consultation, pk=pk, program=access.program)

    if request.method == "POST":
        actions.delete_consultation(consultation=consultation, by=access.user)
        messages.success(request, _("The consultation was deleted."))
        return redirect(_with_query(request, "programs:consultation_list", slug))
    context = {
        "access": access,
        "program": access.program,
        "record": consultation,
        "back_url": _with_query(request, "programs:consultation_detail", slug, pk),
    }
    return render(request, "programs/consultation_delete.html", context)


@require_safe
def consultation_phase(request: HttpRequest, slug: str) -> HttpResponse:
    """Which phase a date falls into, told while the form is being filled in."""
    access = load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    context = _phase_hint(access.program, request.GET.get("held_on", ""))
    return render(request, "programs/_consultation_phase_hint.html", context)


@require_POST
def consultation_naming(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether what is being written seems to name a person; told, never refused."""
    load_program(request.user, slug, needs=Permission.EDIT_CONSULTATIONS)
    context = {"named": _named(request)}
    return render(request, "programs/_consultation_naming.html", context)


def _named(request: HttpRequest) -> list[str]:
    return people_in("\n".join(request.POST.get(name, "") for name in ("outcome", "new_actors")))


def _phase_hint(program: Program, typed: str) -> dict[str, Any]:
    held_on = _date(typed)
    return {"held_on": held_on, "phase": held_on and program.phase_on(held_on)}


def _date(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _offered(request: HttpRequest, program: Program) -> dict[str, Any]:
    """What an empty form begins with: like an earlier entry, or on a date just written."""
    alike = request.GET.get(ALIKE, "")
    if alike.isdecimal():
        earlier = Consultation.objects.filter(program=program, pk=alike).first()
        if earlier is not None:
            groups = earlier.attendances.values_list("target_group_id", flat=True)
            return {
                "kind": earlier.kind,
                "goals": list(earlier.goals.values_list("pk", flat=True)),
                "actors": list(earlier.actors.values_list("pk", flat=True)),
                "activity": earlier.activity_id,
                **{f"attends_{group}": True for group in groups},
            }
    held_on = _date(request.GET.get(HELD_ON, ""))
    return {"held_on": held_on} if held_on else {}


def _edit_consultation(
    request: HttpRequest,
    access: ProgramAccess,
    consultation: Consultation,
    offered: dict[str, Any] | None = None,
) -> HttpResponse:
    program, today = access.program, timezone.localdate()
    used = last_used(program, access.user)
    list_address = _with_query(request, "programs:consultation_list", program.slug)
    is_new = consultation._state.adding

    def form_of(record: Any, data: Any = None) -> ConsultationForm:
        return ConsultationForm(
            data,
            instance=record,
            initial=offered,
            program=program,
            today=today,
            last_used=used,
        )

    def save(form: Any) -> Consultation:
        try:
            return actions.save_consultation(
                consultation=form.instance,
                opened_version=form.cleaned_data["opened_version"],
                goals=form.cleaned_data["goals"],
                actors=form.cleaned_data["actors"],
                attendances=form.attendances,
                new_actors=form.cleaned_data["new_actors"],
                new_actor_kind=form.cleaned_data["new_actor_kind"],
                by=access.user,
            )
        except ValidationError as refused:
            raise ValidationError({"new_actors": refused.messages}) from refused

    def done(saved: Consultation) -> HttpResponse:
        messages.success(request, _("The consultation was saved."))
        if named := _named(request):
            messages.warning(
                request,
                _("It seems to name a person: %(named)s. Write functions, not names.")
                % {"named": ", ".join(named)},
            )
        if "another" in request.POST:
            add = reverse("programs:consultation_add", args=[program.slug])
            day = saved.held_on
            return redirect(add if day == today else f"{add}?{HELD_ON}={day.isoformat()}")
        if is_new:
            return redirect("programs:consultation_list", program.slug)
        return redirect(
            _with_query(request, "programs:consultation_detail", program.slug, saved.pk)
        )

    offered_day = consultation.held_on or (offered or {}).get("held_on") or today
    return edit_record(
        request,
        access,
        consultation,
        form_of=form_of,
        save=save,
        done=done,
        template="programs/consultation_form.html",
        context={
            **_phase_hint(program, request.POST.get("held_on", str(offered_day))),
            "back_url": list_address
            if is_new
            else _with_query(
                request, "programs:consultation_detail", program.slug, consultation.pk
            ),
            "named": _named(request),
        },
    )


def _with_query(request: HttpRequest, name: str, *arguments: Any) -> str:
    """An address that keeps what the list of the log was filtered and sorted by."""
    query = request.GET.copy()
    for own in (ALIKE, HELD_ON, DRAFT_ARGUMENT):
        query.pop(own, None)
    address = reverse(name, args=arguments)
    return f"{address}?{query.urlencode()}" if query else address
