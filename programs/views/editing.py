"""What every form of a versioned record does with a request."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.audit import Audited, EditConflict
from accounts.editing import VersionedModelForm, resolve_conflict
from programs.access import ProgramAccess


def load_record(request: HttpRequest, queryset: QuerySet[Any], pk: int, **within: Any) -> Any:
    """The record to be edited; `within` says which program it must belong to.

    When it was deleted while the person was writing, what they send is still accepted:
    they get the record as it last was, to be saved anew. Raises Http404 for anything else.
    """
    record = queryset.filter(pk=pk, **within).first()
    if record is not None:
        return record
    history = queryset.model.history.filter(id=pk, history_type="-", **within)
    last = history.first() if request.method == "POST" else None
    if last is None:
        raise Http404
    deleted = last.instance
    deleted.pk, deleted.version, deleted._state.adding = None, 1, True
    return deleted


def delete_record(
    request: HttpRequest,
    access: ProgramAccess | None,
    record: Audited,
    *,
    delete: Callable[[], None],
    done: Callable[[], HttpResponse],
    question: str,
    consequence: str,
    label: str,
    back_url: str,
) -> HttpResponse:
    """Ask whether to delete a record, and delete it when the answer comes.

    `question` is the heading, `consequence` says what happens with what was linked, `label`
    stands on the button. When the action refuses with ValidationError, the page says why
    with status 422 and nothing is deleted.
    """
    refused: list[str] = []
    if request.method == "POST":
        try:
            delete()
        except ValidationError as error:
            refused = error.messages
        else:
            return done()
    page = {
        "access": access,
        "program": access.program if access else None,
        "record": record,
        "question": question,
        "consequence": consequence,
        "label": label,
        "back_url": back_url,
        "refused": refused,
    }
    template = "programs/record_delete.html" if access else "record_delete.html"
    return render(request, template, page, status=422 if refused else 200)


def edit_record(
    request: HttpRequest,
    access: ProgramAccess | None,
    record: Audited,
    *,
    form_of: Callable[..., VersionedModelForm],
    save: Callable[[VersionedModelForm], Any],
    done: Callable[[Any], HttpResponse],
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form of a record, save what was sent, refuse without losing anything.

    `form_of(record, data)` makes the form, `save(form)` runs the action, `done(saved)`
    answers. Bad input comes back with status 422, a conflict with both versions and 409.
    `access` is None for a record that belongs to no program.
    """
    form = form_of(record, request.POST if request.method == "POST" else None)
    conflict = None
    if form.is_valid():
        try:
            saved = save(form)
        except ValidationError as refused:
            form.add_error(None, refused)
        except EditConflict as refused:
            conflict = resolve_conflict(form, refused, form_of)
        else:
            return done(saved)
    page = {
        "access": access,
        "program": access.program if access else None,
        "form": form,
        "conflict": conflict,
        "record": None if record._state.adding else record,
        **(context or {}),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, template, page, status=status)
