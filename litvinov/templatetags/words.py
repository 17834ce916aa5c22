"""Two versions of a text, compared by words, in a page."""

from collections.abc import Iterable
from typing import Any

from django import template

from litvinov import highlight
from litvinov.czech import typeset_together
from litvinov.words import Piece, compare

register = template.Library()


@register.inclusion_tag("_words.html")
def marked_words(pieces: Iterable[Piece]) -> dict[str, Any]:
    """Pieces with what was added and removed marked, in colour, in shape and in words."""
    return {"pieces": pieces}


@register.inclusion_tag("_words.html")
def compared_words(old: str, new: str) -> dict[str, Any]:
    return {"pieces": compare(old, new)}


@register.inclusion_tag("_marked.html")
def marked_hits(pieces: Iterable[highlight.Piece]) -> dict[str, Any]:
    """Pieces of a text with what somebody searched for marked, in Czech typography."""
    pieces = list(pieces)
    shown = typeset_together([piece.text for piece in pieces])
    texts = zip(shown, pieces, strict=True)
    return {"pieces": [highlight.Piece(text, piece.is_hit) for text, piece in texts]}
