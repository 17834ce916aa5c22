"""Actors (Aktéři): those of the town that take part in the program."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from accounts.roles import Permission
from actors.models import Actor, GroupMember
from programs.access import ProgramAccess, load_program
from programs.filters import ActorFilter
from programs.forms import ActorForm
from programs.involvement import taken
from programs.tables import ActorTable
from programs.views import register
from programs.views.editing import load_record
from programs.views.history import show_history


class ActorList(SingleTableMixin, FilterView):
    """Actors the program has taken, with how often and when it last spoke with them."""

    table_class = ActorTable
    filterset_class = ActorFilter
    template_name = "programs/actor_list.html"
    table_pagination = {"per_page": 50}

    @cached_property
    def access(self) -> ProgramAccess:
        return load_program(self.request.user, self.kwargs["slug"])

    def get_queryset(self) -> QuerySet[Actor]:
        own = Q(consultations__program=self.access.program)
        return (
            taken(self.access.program, Actor)
            .select_related("parent")
            .annotate(
                consultation_count=Count("consultations", filter=own, distinct=True),
                last_consultation=Max("consultations__held_on", filter=own),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            access=self.access,
            program=self.access.program,
            has_any=taken(self.access.program, Actor).exists(),
            **kwargs,
        )


@require_safe
def actor_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    actors = taken(access.program, Actor)
    actor = get_object_or_404(actors.select_related("parent"), pk=pk)
    seats = GroupMember.objects.filter(actor=actor, group__programs=access.program)
    context = {
        "access": access,
        "program": access.program,
        "actor": actor,
        "parent_is_taken": actors.filter(pk=actor.parent_id).exists(),
        "parts": actors.filter(parent=actor),
        "seats": seats.select_related("group").order_by("group__name", "position"),
        **register.involvement_context(access, actor),
    }
    return render(request, "programs/actor_detail.html", context)


@require_http_methods(["GET", "POST"])
def actor_add(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    return _edit_actor(request, access, Actor(municipality=access.program.locality.municipality))


@require_http_methods(["GET", "POST"])
def actor_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    town = access.program.locality.municipality
    actor = load_record(request, taken(access.program, Actor), pk, municipality=town)
    return _edit_actor(request, access, actor)


def _edit_actor(request: HttpRequest, access: ProgramAccess, actor: Actor) -> HttpResponse:
    def form_of(record: Any, data: Any = None) -> ActorForm:
        return ActorForm(data, instance=record)

    return register.edit_record_of_register(
        request, access, actor, form_of=form_of, noun="actor", done=_("The actor was saved.")
    )


@require_http_methods(["GET", "POST"])
def actor_take(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    words = {
        "title": _("Take actors from the register"),
        "lead": _("Programs of one municipality share a register of actors."),
        "label": _("Actors in the register"),
        "search": _("Find an actor"),
        "required": _("Tick at least one actor."),
        "button": _("Take into the program"),
        "done": _("The actors were taken into the program."),
        "empty": _("The program has taken every actor the register has."),
        "add": _("Add an actor"),
        "deleted": _("Actors deleted from the register"),
    }
    return register.take_records(request, access, Actor, noun="actor", words=words)


@require_http_methods(["GET", "POST"])
def actor_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    actor = get_object_or_404(taken(access.program, Actor), pk=pk)
    words = {
        "question": _("Remove the actor from the program?"),
        "consequence": _(
            "It disappears from the lists and the report of this program. It stays in the register "
            "of the municipality, from where it can be taken again."
        ),
        "named": _(
            "The program still names it, so it cannot be removed. Take it out of these first:"
        ),
        "label": _("Remove from the program"),
        "done": _("The actor was removed from the program."),
    }
    return register.leave_record(request, access, actor, noun="actor", words=words)


@require_http_methods(["GET", "POST"])
def actor_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    actor = get_object_or_404(taken(access.program, Actor), pk=pk)
    words = {
        "question": _("Delete the actor from the register?"),
        "consequence": _(
            "It disappears for all programs of the municipality. It can be brought back on the "
            "page where actors are taken from the register."
        ),
        "named": _(
            "The program still names it, so it cannot be deleted. Take it out of these first:"
        ),
        "elsewhere": _(
            "Another program of the municipality uses it, so it cannot be deleted. You can "
            "remove it from this program."
        ),
        "label": _("Delete from the register"),
        "done": _("The actor was deleted from the register."),
    }
    return register.delete_from_register(request, access, actor, noun="actor", words=words)


@require_safe
def actor_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    actor = get_object_or_404(taken(access.program, Actor), pk=pk)
    return show_history(request, access, str(actor), [("", actor, None)])
