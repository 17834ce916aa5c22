"""Taking from the register of the town and leaving it there: actors, groups, target groups."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.editing import VersionedModelForm
from actors.models import LocalRecord
from programs import actions
from programs.access import ProgramAccess
from programs.forms import TakeForm
from programs.involvement import Involvement, by_months, is_used_elsewhere, not_taken, taken
from programs.views.editing import delete_record, edit_record

CONSULTATIONS_SHOWN = 20
DELETED_SHOWN = 20


def edit_record_of_register(
    request: HttpRequest,
    access: ProgramAccess,
    record: Any,
    *,
    form_of: Callable[..., VersionedModelForm],
    noun: str,
    done: str,
) -> HttpResponse:
    """The form of an actor or a group, which the program takes when it is saved.

    `done` is what is said then. Somebody who names what the register already has is
    offered to take it.
    """

    def save(form: Any) -> Any:
        return actions.save_taken(
            program=access.program,
            record=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=access.user,
        )

    def answer(saved: Any) -> HttpResponse:
        messages.success(request, done)
        return redirect(f"programs:{noun}_detail", access.program.slug, saved.pk)

    is_saved = not record._state.adding
    back = [access.program.slug, record.pk] if is_saved else [access.program.slug]
    page = "detail" if is_saved else "list"
    return edit_record(
        request,
        access,
        record,
        form_of=form_of,
        save=save,
        done=answer,
        template=f"programs/{noun}_form.html",
        context={
            "is_shared": is_saved and is_used_elsewhere(access.program, record),
            "taken": taken(access.program, type(record)),
            "take_url": reverse(f"programs:{noun}_take", args=[access.program.slug]),
            "back_url": reverse(f"programs:{noun}_{page}", args=back),
        },
    )


def involvement_context(access: ProgramAccess, record: LocalRecord) -> dict[str, Any]:
    """Where the program names a record, and when, as far as the person may read it."""
    involvement = Involvement.of(access.program, record, access.visibilities)
    count = involvement.consultations.count()
    return {
        "involvement": involvement,
        "consultation_count": count,
        "shown_consultations": involvement.consultations[:CONSULTATIONS_SHOWN],
        "further_count": max(count - CONSULTATIONS_SHOWN, 0),
        "months": by_months(access.program, involvement.consultations),
    }


def take_records(
    request: HttpRequest,
    access: ProgramAccess,
    model: type[LocalRecord],
    *,
    noun: str,
    words: dict[str, str],
) -> HttpResponse:
    """Offer what the town's register has and the program has not taken; take what is ticked."""
    records = not_taken(access.program, model)
    data = request.POST if request.method == "POST" else None
    form = TakeForm(data, records=records, label=words["label"], required=words["required"])
    if data is not None and form.is_valid():
        chosen = list(form.cleaned_data["records"])
        actions.take_records(program=access.program, records=chosen, by=access.user)
        messages.success(request, words["done"])
        return redirect(f"programs:{noun}_list", access.program.slug)
    context = {
        "access": access,
        "program": access.program,
        "form": form,
        "words": words,
        "has_any": bool(form.errors) or records.exists(),
        "deleted": deleted_records(model, municipality=access.program.locality.municipality_id),
        "kind": model._meta.model_name,
        "add_url": reverse(f"programs:{noun}_add", args=[access.program.slug]),
        "back_url": reverse(f"programs:{noun}_list", args=[access.program.slug]),
    }
    return render(
        request, "programs/register_take.html", context, status=422 if form.errors else 200
    )


def leave_record(
    request: HttpRequest,
    access: ProgramAccess,
    record: LocalRecord,
    *,
    noun: str,
    words: dict[str, str],
) -> HttpResponse:
    """Ask whether to take a record out of the program; tell what of the program names it."""

    def leave() -> None:
        actions.leave_record(program=access.program, record=record, by=access.user)

    return _ask(request, access, record, delete=leave, noun=noun, words=words, elsewhere=False)


def delete_from_register(
    request: HttpRequest,
    access: ProgramAccess,
    record: LocalRecord,
    *,
    noun: str,
    words: dict[str, str],
) -> HttpResponse:
    """Ask whether to delete a record for all programs of the town."""

    def delete() -> None:
        actions.delete_taken(program=access.program, record=record, by=access.user)

    elsewhere = is_used_elsewhere(access.program, record)
    return _ask(request, access, record, delete=delete, noun=noun, words=words, elsewhere=elsewhere)


def _ask(
    request: HttpRequest,
    access: ProgramAccess,
    record: LocalRecord,
    *,
    delete: Any,
    noun: str,
    words: dict[str, str],
    elsewhere: bool,
) -> HttpResponse:
    involvement = Involvement.of(access.program, record, access.visibilities)

    def done() -> HttpResponse:
        messages.success(request, words["done"])
        return redirect(f"programs:{noun}_list", access.program.slug)

    named = bool(involvement)
    said = "named" if named else "elsewhere" if elsewhere else "consequence"
    return delete_record(
        request,
        access,
        record,
        delete=delete,
        done=done,
        question=words["question"],
        consequence=words[said],
        label=words["label"],
        back_url=reverse(f"programs:{noun}_detail", args=[access.program.slug, record.pk]),
        context={
            "detail": "programs/_involvement.html" if named else "",
            "involvement": involvement,
            "blocked": named or elsewhere,
        },
    )


def deleted_records(model: Any, **within: Any) -> list[Any]:
    """The last history row of each record that was deleted and has not come back."""
    rows = model.history.filter(history_type="-", **within)
    gone = rows.exclude(id__in=model._default_manager.values("pk")).order_by("-history_id")
    found: dict[int, Any] = {}
    for row in gone[:DELETED_SHOWN]:
        found.setdefault(row.id, row)
    return list(found.values())
