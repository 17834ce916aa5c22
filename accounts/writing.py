"""Nothing typed is lost and nothing sent is saved twice: keys of forms, drafts, sent forms.

Each form carries a key made for the person who opened it. A draft is kept under it while
they write; once the form is saved, the key says so to whoever sends it again.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from accounts.models import Draft, Submission, User

KEY_FIELD = "form_key"
DRAFT_ARGUMENT = "koncept"
"""In the address of a form: the draft it shall be filled with."""
INTERRUPTED = "interrupted"
"""In the session: what somebody sent after their sign-in had expired."""

LARGEST_INTERRUPTED = 200_000
KEPT_DRAFTS = timedelta(days=30)
KEPT_SUBMISSIONS = timedelta(days=7)

_signer = signing.Signer(salt="form key")
_UNTYPED = {"csrfmiddlewaretoken", KEY_FIELD}


def new_key(user: User) -> str:
    """A key for a form that this person opens."""
    return key_of(user, uuid4())


def key_of(user: User, identifier: UUID) -> str:
    """The key a form carries, signed so that it works for this person only."""
    return _signer.sign(f"{user.pk}/{identifier}")


def uuid_of(key: str, user: User) -> UUID | None:
    """What a key stands for; None when it is no key, or somebody else's."""
    try:
        owner, _slash, identifier = _signer.unsign(key).partition("/")
        return UUID(identifier) if owner == str(user.pk) else None
    except (signing.BadSignature, ValueError):
        return None


def sent_fields(data: QueryDict) -> dict[str, list[str]]:
    """What a person typed, without what the page itself sends along."""
    return {name: data.getlist(name) for name in data if name not in _UNTYPED}


def fingerprint(fields: Mapping[str, list[str]]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


# --- drafts --------------------------------------------------------------------------------


def keep_draft(*, user: User, address: str, key: UUID, fields: dict[str, list[str]]) -> Draft:
    """Keep what the person has typed so far; drafts nobody came back to go after a month."""
    now = timezone.now()
    Draft.objects.filter(user=user, saved_at__lt=now - KEPT_DRAFTS).delete()
    draft, _created = Draft.objects.update_or_create(
        user=user, address=address, key=key, defaults={"fields": fields, "saved_at": now}
    )
    return draft


def drafts_for(request: HttpRequest, user: User) -> list[Draft]:
    """The person's drafts of the form at this address, the newest first.

    What they sent after their sign-in had expired becomes one of them.
    """
    interrupted = request.session.get(INTERRUPTED)
    if interrupted and interrupted["address"] == request.path:
        del request.session[INTERRUPTED]
        key = uuid_of(interrupted["key"], user)
        if key is not None:
            keep_draft(user=user, address=request.path, key=key, fields=interrupted["fields"])
    return list(Draft.objects.filter(user=user, address=request.path))


def forget_draft(*, user: User, address: str, key: UUID) -> None:
    Draft.objects.filter(user=user, address=address, key=key).delete()


def keep_interrupted(request: HttpRequest) -> None:
    """Keep what was sent without a valid sign-in until the person has signed in again.

    Only what came from a form of ours, and only so much: nobody is known to be there yet.
    """
    key = request.POST.get(KEY_FIELD, "")
    fields = sent_fields(request.POST)
    size = sum(len(text) for texts in fields.values() for text in texts)
    try:
        _signer.unsign(key)
    except signing.BadSignature:
        return
    if size <= LARGEST_INTERRUPTED:
        request.session[INTERRUPTED] = {"address": request.path, "key": key, "fields": fields}


def fill_in(form: forms.BaseForm, fields: Mapping[str, list[str]]) -> None:
    """Show a draft in a form that has not been sent, without judging it yet."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    for name, field in form.fields.items():
        prefixed = form.add_prefix(name)
        typed = field.widget.value_from_datadict(data, {}, prefixed)
        form.initial[name] = "" if typed is None else typed


# --- sent forms ----------------------------------------------------------------------------


def earlier_submission(user: User, key: UUID | None) -> Submission | None:
    """What became of the form when it was sent before."""
    return Submission.objects.filter(user=user, key=key).first() if key else None


def note_submission(
    *, user: User, key: UUID, content: str, earlier: Submission | None
) -> Submission:
    """Reserve a key before its form is saved; whoever comes second waits and is refused.

    Call it inside the transaction that saves. Raises django.db.IntegrityError for the
    second of two requests with one key.
    """
    if earlier is not None:
        earlier.content = content
        return earlier
    now = timezone.now()
    Submission.objects.filter(user=user, sent_at__lt=now - KEPT_SUBMISSIONS).delete()
    return Submission.objects.create(user=user, key=key, content=content)


def finish_submission(submission: Submission, *, record: Any, answer: str) -> None:
    """Remember what came of the form."""
    submission.record_id = getattr(record, "pk", None)
    submission.answer = answer[:500]
    submission.save()
