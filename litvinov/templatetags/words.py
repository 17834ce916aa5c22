"""Two versions of a text, compared by words, in a page."""

from collections.abc import Iterable
from typing import Any

from django import template

from litvinov.words import Piece, compare

register = template.Library()


@register.inclusion_tag("_words.html")
def marked_words(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Pieces with what was added and removed marked, in colour, in shape and in words."""
    return {"pieces": pieces}


@register.inclusion_tag("_words.html")
def compared_words(old: str, new: str) -> dict[str, Any]:
    return {"pieces": compare(old, new)}
