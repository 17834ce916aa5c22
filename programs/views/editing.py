"""What every form of a versioned record does with a request."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts import writing
from accounts.audit import Audited, EditConflict
from accounts.editing import (
    TAKE_SAVED,
    VersionedModelForm,
    resolve_conflict,
    take_saved,
    typed_in_words,
)
from accounts.models import Draft
from programs.access import ProgramAccess


def load_record(request: HttpRequest, queryset: QuerySet[Any], pk: int, **within: Any) -> Any:
    """The record to be edited; `within` says which program it must belong to.

    When it was deleted while the person was writing, what they send is still accepted:
    they get the record as it last was, to be saved anew. Raises Http404 for anything else.
    """
    record = queryset.filter(pk=pk, **within).first()
    if record is not None:
        return record
    deletion = _deletion(request, queryset, id=pk, **within)
    deleted = deletion.instance
    deleted.pk, deleted.version, deleted._state.adding = None, 1, True
    deleted.deletion = deletion
    return deleted


def load_whole(request: HttpRequest, queryset: QuerySet[Any], **found_by: Any) -> Any:
    """What a record that is written is a part of; see `part_of`.

    When it was deleted while the person was writing the part, what they send is still
    accepted: they get it as it last was. Raises Http404 for anything else.
    """
    whole = queryset.filter(**found_by).first()
    if whole is None:
        deletion = _deletion(request, queryset, **found_by)
        whole = deletion.instance
        whole.deletion = deletion
    return whole


def part_of(whole: Any, part: Audited) -> Any:
    """The part; when the whole was deleted, `edit_record` gives back what was typed into it."""
    part.deletion_of_whole = getattr(whole, "deletion", None)  # type: ignore[attr-defined]
    return part


def _deletion(request: HttpRequest, queryset: QuerySet[Any], **found_by: Any) -> Any:
    """The row of the history that tells of a deletion, for somebody who sends a form."""
    history = queryset.model.history.filter(history_type="-", **found_by)
    last = history.first() if request.method == "POST" else None
    if last is None:
        raise Http404
    return last


def rank_of(request: HttpRequest) -> int:
    """The place a record was moved to, 1 being the first; whatever makes no sense is the first."""
    asked = request.POST.get("rank", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def delete_record(
    request: HttpRequest,
    access: ProgramAccess | None,
    record: Model,
    *,
    delete: Callable[[], None],
    done: Callable[[], HttpResponse],
    question: str,
    consequence: str,
    label: str,
    back_url: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Ask whether to delete a record, and delete it when the answer comes.

    `question` is the heading, `consequence` says what happens with what was linked, `label`
    stands on the button. When the action refuses with ValidationError, the page says why
    with status 422 and nothing is deleted. `context` may name a template `detail` to be shown
    below the consequence, and say `blocked` where the answer can only be no.
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
        **(context or {}),
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
    anew: bool = True,
    history_url: str = "",
) -> HttpResponse:
    """Show the form of a record, save what was sent, refuse without losing anything.

    `form_of(record, data)` makes the form, `save(form)` runs the action, `done(saved)`
    answers. Bad input comes back with status 422, a conflict with all versions and 409.
    A form sent twice is saved once: the second time leads where the first one led, and one
    that was changed in between changes the record that the first one made.
    `access` is None for a record that belongs to no program. `anew` says whether a record
    that was deleted while the person was writing is made anew when they save it; otherwise
    they get what they typed on a page that says who deleted it and leads to `history_url`,
    by default the history of the program. So they do when what the record is a part of was
    deleted, see `part_of`.
    """
    deletion = getattr(record, "deletion_of_whole", None)
    if deletion is None and not anew:
        deletion = getattr(record, "deletion", None)
    sent = SentForm(request) if request.method == "POST" else None
    if sent and sent.is_repeated:
        return redirect(sent.earlier_answer)
    if sent:
        record = sent.record_for(record)
    form = form_of(record, sent.data(record, form_of) if sent else None)
    conflict = None
    if sent and deletion is None and form.is_valid():
        try:
            return sent.saved(lambda: save(form), done)
        except ValidationError as refused:
            form.add_error(None, refused)
        except EditConflict as refused:
            if refused.current is None and not anew:
                deletion = record.history.filter(history_type="-").first()
            else:
                conflict = resolve_conflict(form, refused, form_of)
    if sent and deletion is not None:
        return _show_deleted(request, access, form, sent, deletion, history_url)
    page = {
        "access": access,
        "program": access.program if access else None,
        "form": form,
        "conflict": conflict,
        "record": None if record._state.adding else record,
        **writing_context(request, form, sent.key_text if sent else ""),
        **(context or {}),
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, template, page, status=status)


def _show_deleted(
    request: HttpRequest,
    access: ProgramAccess | None,
    form: VersionedModelForm,
    sent: "SentForm",
    deletion: Any,
    history_url: str,
) -> HttpResponse:
    """Give back what was typed into the form of a record that is no more.

    Whoever may bring the record back finds what they typed in its form.
    """
    record = deletion.instance
    is_part = not isinstance(form.instance, type(record))
    draft = sent.keep_draft()
    may_restore = access is not None and record.edit_permission() in access.permissions
    page = {
        "access": access,
        "program": access.program if access else None,
        "record": record,
        "is_part": is_part,
        "kind": record._meta.model_name,
        "deletion": deletion,
        "typed": typed_in_words(form),
        "may_restore": may_restore,
        "history_url": history_url,
        "form_again": f"{request.path}?{writing.DRAFT_ARGUMENT}={draft.pk}" if draft else "",
    }
    template = "programs/record_deleted.html" if access else "record_deleted.html"
    return render(request, template, page, status=409)


def writing_context(
    request: HttpRequest, form: forms.BaseForm | None, key: str = ""
) -> dict[str, Any]:
    """What a page with a form needs for drafts and for being sent once.

    A draft that the address asks for is filled into a form that was not sent; others are
    offered. `form` is None where the page fills in drafts by itself.
    """
    user: Any = request.user
    drafts = [] if request.method == "POST" else writing.drafts_for(request, user)
    asked = request.GET.get(writing.DRAFT_ARGUMENT, "")
    draft = next((draft for draft in drafts if str(draft.pk) == asked), None)
    if draft is not None and form is not None:
        writing.fill_in(form, draft.fields)
        key = writing.key_of(user, draft.key)
    return {
        "form_key": key or writing.new_key(user),
        "form_address": request.path,
        "draft": draft,
        "drafts": [] if draft else drafts,
    }


class SentForm:
    """A form as it came, with the key that tells whether it came before."""

    def __init__(self, request: HttpRequest) -> None:
        user: Any = request.user
        self.request, self.user = request, user
        self.key_text = request.POST.get(writing.KEY_FIELD, "")
        self.key = writing.uuid_of(self.key_text, user)
        self.content = writing.fingerprint(writing.sent_fields(request.POST))
        self.earlier = writing.earlier_submission(user, self.key)

    @property
    def is_repeated(self) -> bool:
        return self.earlier is not None and self.earlier.content == self.content

    @property
    def earlier_answer(self) -> str:
        return (self.earlier.answer if self.earlier else "") or self.request.path

    def record_for(self, record: Audited) -> Audited:
        """For a form that came before and was changed since: the record it made then."""
        if self.earlier is None or not record._state.adding:
            return record
        model = type(record)
        return model._default_manager.filter(pk=self.earlier.record_id).first() or record

    def keep_draft(self) -> Draft | None:
        """Keep what was sent as a draft of the form; None for a form without its key."""
        if self.key is None:
            return None
        fields = writing.sent_fields(self.request.POST)
        address = self.request.path
        return writing.keep_draft(user=self.user, address=address, key=self.key, fields=fields)

    def data(self, record: Audited, form_of: Callable[..., VersionedModelForm]) -> QueryDict:
        data = self.request.POST
        if TAKE_SAVED in data and not record._state.adding:
            return take_saved(data, form_of(record))
        return data

    def saved(self, save: Callable[[], Any], done: Callable[[Any], HttpResponse]) -> HttpResponse:
        """Save once and for all; raises whatever `save` raises, and then nothing is saved."""
        if self.key is None:
            return done(save())
        try:
            with transaction.atomic():
                submission = writing.note_submission(
                    user=self.user, key=self.key, content=self.content, earlier=self.earlier
                )
                record = save()
                answer = done(record)
                address = answer.get("Location", "")
                writing.finish_submission(submission, record=record, answer=address)
                writing.forget_draft(user=self.user, address=self.request.path, key=self.key)
                return answer
        except IntegrityError:
            # A double click: the other request has saved the form in the meantime.
            earlier = writing.earlier_submission(self.user, self.key)
            if self.earlier is None and earlier is not None:
                return redirect(earlier.answer or self.request.path)
            raise
