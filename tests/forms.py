"""What a browser would send back for a form as it was shown."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.test import Client

from indicators.forms import IndicatorEditor
from litvinov.fields import MonthInput


def form_of(client: Client, address: str) -> Any:
    """The form a page shows."""
    return client.get(address).context["form"]


def send(client: Client, address: str, **changes: Any) -> Any:
    """Open the form at an address, change some fields and send it back."""
    return client.post(address, sent(form_of(client, address), **changes))


def errors_of(response: Any) -> dict[str, list[str]]:
    """What the form of a refused page says, field by field."""
    errors = response.context["form"].errors
    return {name: [str(error) for error in found] for name, found in errors.items()}


def sent(form: forms.BaseForm, **changes: Any) -> dict[str, Any]:
    """Every field of a shown form, with some values changed by their field names."""
    data: dict[str, Any] = {}
    for name in form.fields:
        value = changes.get(name, form[name].value())
        widget = form.fields[name].widget
        if isinstance(widget, MonthInput):
            value = widget.format_value(value)
        data[form.add_prefix(name)] = _as_sent(value)
    unknown = set(changes) - set(form.fields)
    assert not unknown, f"The form has no field {unknown}."
    return {name: value for name, value in data.items() if value is not None}


def sent_editor(editor: IndicatorEditor, **changes: Any) -> dict[str, Any]:
    """The same for the editor of an indicator; names carry prefixes, "final-town-verdict"."""
    data: dict[str, Any] = {}
    for part in editor.parts.values():
        data |= sent(part.form)
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def _as_sent(value: Any) -> Any:
    match value:
        case None | False:
            return None
        case True:
            return "on"
        case date():
            return value.isoformat()
        case Model():
            return value.pk
        case list() | tuple():
            return [_as_sent(item) for item in value]
        case _:
            return value
