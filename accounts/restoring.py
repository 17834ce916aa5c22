"""Bringing back what was: an older version of a record, or one that was deleted."""

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from accounts import audit
from accounts.audit import BOOKKEEPING, Audited
from accounts.models import Deletion, User

_OF_HISTORY = {"id", "history", "m2m_history_id"}


@transaction.atomic
def restore_version(
    *, record: Audited, row: Any, by: User, without: Collection[str] = ()
) -> list[str]:
    """Give a record the values and links it had in a row of its history.

    The restored state is a new version; nothing is taken out of the history. A record
    keeps its place in its row, what its model does not restore and the fields `without`;
    says what of it was different then. Raises ValidationError when the old state no longer
    fits, for example because its code is taken or what it belonged to is gone, and when
    nothing else was different.
    """
    audit.claim(record, version=record.version)
    kept = {"position", *record.not_restored, *without}
    changed, different = False, []
    for field in record._meta.concrete_fields:
        if field.name in BOOKKEEPING:
            continue
        old, now = getattr(row, field.attname), getattr(record, field.attname)
        if field.name in kept:
            different += [str(field.verbose_name)] if old != now else []
            continue
        changed = changed or old != now
        setattr(record, field.attname, old)
    linked_otherwise = _linked_otherwise(record, row)
    different += [
        str(record._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in linked_otherwise
        if name in kept
    ]
    if different and not changed and kept.issuperset(linked_otherwise):
        raise ValidationError(
            _("Only this was different then, and it is not restored: %(fields)s.")
            % {"fields": ", ".join(different)}
        )
    _require_targets(record)
    _find_place(record)
    record.full_clean()
    try:
        with transaction.atomic(), audit.change(record, by=by):
            record.save()
            _set_links(record, row, without=kept)
    except IntegrityError as error:
        raise ValidationError(_does_not_fit()) from error
    return different


@transaction.atomic
def restore_deleted(*, model: type[Audited], object_id: int, by: User) -> Any:
    """Bring a deleted record back under its old key, with its links and its parts.

    Links to what has been deleted meanwhile are left out. In a row of records it gets
    the last place when its own is taken. Raises ValidationError when the record cannot
    come back, and Http404's cause, model.DoesNotExist, when it was not deleted.
    """
    rows = list(model.history.filter(id=object_id).order_by("-history_id")[:2])
    exists = model._default_manager.filter(pk=object_id).exists()
    if exists or not rows or rows[0].history_type != "-":
        raise model.DoesNotExist
    record = rows[0].instance
    record._state.adding = True
    _require_targets(record)
    _find_place(record)
    record.clean()
    record.validate_constraints()
    try:
        with transaction.atomic(), audit.change(record, by=by):
            record.save(force_insert=True)
            _set_links(record, rows[-1])
    except IntegrityError as error:
        raise ValidationError(_does_not_fit()) from error
    deletion = Deletion.objects.filter(model=model._meta.label_lower, object_id=object_id)
    for told in deletion.order_by("-pk")[:1]:
        for label, key in reversed(told.parts):
            restore_deleted(model=_model(label), object_id=key, by=by)
        for path, keys in told.links.items():
            _link_again(path, keys, record, by=by)
    deletion.delete()
    return record


def _does_not_fit() -> str:
    return _("It cannot be restored: something that was added meanwhile has taken its place.")


def _require_targets(record: Audited) -> None:
    for field in record._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        key = getattr(record, field.attname)
        target: Any = field.related_model
        if key is None or target._default_manager.filter(pk=key).exists():
            continue
        if field.null and field.remote_field.on_delete is models.SET_NULL:
            setattr(record, field.attname, None)
            continue
        raise ValidationError(
            _("It cannot be restored: %(what)s it belonged to was deleted. Restore that first.")
            % {"what": field.verbose_name}
        )


def _find_place(record: Any) -> None:
    """The end of the row when somebody else stands in the place the record had."""
    for constraint in record._meta.constraints:
        fields = getattr(constraint, "fields", ())
        if "position" not in fields:
            continue
        row = {name: getattr(record, name) for name in fields if name != "position"}
        others = type(record)._default_manager.filter(**row).exclude(pk=record.pk)
        if others.filter(position=record.position).exists():
            last = others.aggregate(last=models.Max("position"))["last"]
            record.position = last + 1


def _linked_otherwise(record: Any, row: Any) -> list[str]:
    """Names of the links that are others now than in a row of the record's history."""
    latest, names = record.history.first(), []
    for name in getattr(record, "_history_m2m_fields", ()):
        field = record._meta.get_field(name)
        model = HistoricalRecords.m2m_models[field]
        told = [f.attname for f in model._meta.concrete_fields if f.name not in _OF_HISTORY]
        then, now = (
            set(model.objects.filter(history=version).values_list(*told))
            for version in (row, latest)
        )
        if then != now:
            names.append(name)
    return names


def _set_links(record: Any, row: Any, *, without: Collection[str] = ()) -> None:
    for name in getattr(record, "_history_m2m_fields", ()):
        if name in without:
            continue
        field = record._meta.get_field(name)
        links = list(HistoricalRecords.m2m_models[field].objects.filter(history=row))
        target = f"{field.m2m_reverse_field_name()}_id"
        known = _existing(field.related_model, [getattr(link, target) for link in links])
        links = [link for link in links if getattr(link, target) in known]
        through = field.remote_field.through
        if through._meta.auto_created:
            getattr(record, name).set([getattr(link, target) for link in links])
            continue
        own = {f"{field.m2m_field_name()}_id": record.pk}
        through._default_manager.filter(**own).delete()
        extra = [
            other.attname
            for other in through._meta.concrete_fields
            if not other.primary_key and other.attname not in {*own, target}
        ]
        through._default_manager.bulk_create(
            through(**own, **{name: getattr(link, name) for name in [target, *extra]})
            for link in links
        )


def _link_again(path: str, keys: Iterable[int], record: Audited, *, by: User) -> None:
    label, _dot, name = path.rpartition(".")
    model = _model(label)
    for other in model._default_manager.filter(pk__in=list(keys)):
        field = other._meta.get_field(name)
        if not field.many_to_many and getattr(other, f"{name}_id") is not None:
            # Somebody has linked it to something else meanwhile.
            continue
        with audit.change(other, by=by):
            if field.many_to_many:
                getattr(other, name).add(record)
            else:
                setattr(other, name, record.linked_as(field.related_model))
            other.save()


def _existing(model: Any, keys: Iterable[int]) -> set[int]:
    return set(model._default_manager.filter(pk__in=list(keys)).values_list("pk", flat=True))


def _model(label: str) -> Any:
    return apps.get_model(label)
