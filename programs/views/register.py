"""Taking from the register of the town and leaving it there: actors, groups, target groups."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from actors.models import LocalRecord
from programs import actions
from programs.access import ProgramAccess
from programs.forms import TakeForm
from programs.involvement import Involvement, is_used_elsewhere, not_taken
from programs.views.editing import delete_record

DELETED_SHOWN = 20


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
