"""Template filters over litvinov.czech and litvinov.narrative."""

import re
from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from litvinov import czech, narrative

register = template.Library()

_TAG = re.compile(r"(<[^>]*>)")


@register.filter
def typeset(text: object) -> str:
    """No-break spaces where Czech wants them."""
    return czech.typeset(str(text))


@register.filter
def typeset_html(html: str) -> SafeString:
    """What `typeset` does, to the words of a part of a template and not to its tags."""
    pieces = _TAG.split(html)
    pieces[::2] = map(czech.typeset, pieces[::2])
    return mark_safe("".join(pieces))  # noqa: S308


@register.filter
def narrative_html(source: str) -> SafeString:
    """A text in the Markdown subset as HTML; the renderer escapes everything typed."""
    return mark_safe(narrative.to_html(narrative.parse(source)))  # noqa: S308


@register.filter
def narrative_line(source: str) -> str:
    """The words of a text in the Markdown subset, in one line."""
    return czech.typeset(narrative.in_a_line(source))


@register.filter
def czech_number(value: Decimal | int) -> str:
    """22 695 or 158,7."""
    return czech.number(value)


@register.simple_tag
def period(first: date | None, last: date | None, precision: str) -> str:
    """From when to when, as precise as is known."""
    return czech.period(first, last, precision)


@register.simple_tag
def month_range(first: date, last: date) -> str:
    """červenec 2023 – červen 2024, in the language of the screen."""
    if get_language() == "cs":
        return czech.month_range(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return date_format(first, "F Y")
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}"
