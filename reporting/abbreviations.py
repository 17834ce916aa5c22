"""Which abbreviations a report really uses."""

import re
from collections.abc import Iterable

from litvinov import czech
from reporting.structure import Abbreviation


def used_abbreviations(
    known: Iterable[Abbreviation], texts: Iterable[str]
) -> tuple[Abbreviation, ...]:
    """Those that occur in the texts as whole words, in Czech alphabetical order.

    Case matters: "ASZ" is an abbreviation, "asz" is not. No-break spaces count as spaces.
    """
    whole = "\n".join(texts).replace(czech.NBSP, " ")
    found = [
        abbreviation
        for abbreviation in known
        if any(_occurs(form, whole) for form in abbreviation.forms)
    ]
    return tuple(sorted(found, key=lambda abbreviation: czech.sort_key(abbreviation.forms[0])))


def _occurs(form: str, text: str) -> bool:
    return form in text and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) is not None
