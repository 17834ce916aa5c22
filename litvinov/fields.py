"""Model and form fields shared by all applications."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from litvinov import czech

ICO_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)


class CzechCharField(models.CharField):
    """A short text that both databases sort as Czech does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_collation", czech.COLLATION)
        super().__init__(*args, **kwargs)


def validate_ico(value: str) -> None:
    """Eight digits, the last of which is a checksum modulo 11 (IČO, zákon č. 304/2013 Sb.)."""
    if not re.fullmatch(r"\d{8}", value):
        raise ValidationError(_("The registration number (IČO) has eight digits."), code="ico")
    total = sum(int(digit) * weight for digit, weight in zip(value, ICO_WEIGHTS, strict=False))
    if (11 - total % 11) % 10 != int(value[7]):
        raise ValidationError(
            _("This is not a valid registration number (IČO); check its digits."),
            code="ico",
        )


def validate_text_list(value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValidationError(_("Enter a list of texts."), code="text_list")


class TextListField(models.JSONField):
    """A list of short texts, such as other names of one actor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        if validate_text_list not in self.validators:
            self.validators.append(validate_text_list)


class MonthField(models.DateField):
    """A month, kept as its first day."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MonthFormField, **kwargs})


class MonthInput(forms.DateInput):
    input_type = "month"

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value:%Y-%m}"
        return None if value is None else str(value)


class MonthFormField(forms.Field):
    """Accepts 2023-07 (what browsers send), 7/2023 and 07/2023."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Enter a month, for example 7/2023.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.replace(day=1)
        text = str(value).strip()
        found = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d{1,2})", text) or re.fullmatch(
            r"(?P<month>\d{1,2})\s*/\s*(?P<year>\d{4})", text
        )
        try:
            if found:
                return date(int(found["year"]), int(found["month"]), 1)
        except ValueError:
            pass
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


def first_of_month(field: str, *, model: str) -> models.CheckConstraint:
    """A month is kept as its first day, so that equal months are equal values."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__day": 1}) | models.Q(**{f"{field}__isnull": True}),
        name=f"{model}_{field}_is_first_of_month",
    )


def one_of(field: str, choices: Iterable[str | int], *, model: str) -> models.CheckConstraint:
    """The database, too, knows which codes there are."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": list(choices)}),
        name=f"{model}_{field}_is_known",
    )
