"""People are written down as functions, never by name; this notices when a text may name one."""

import re

_CAPITAL = "A-ZÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"
_PERSON = re.compile(
    rf"\b(?:[Pp]an(?:a|u|em|e|ové|í)?|[Pp]í|[Ss]leč(?:na|ny|ně|nu|nou)|[Pp]\.)\s+[{_CAPITAL}]\w+"
    rf"|\b(?:Ing|Mgr|Bc|MUDr|JUDr|PhDr|RNDr|PaedDr)\.\s+[{_CAPITAL}]\w+"
)
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(
    r"(?<![\d/])(?:\+420\s?)?\d{3}[ \u00a0]?\d{3}[ \u00a0]?\d{3}(?![\d/]|\s?(?:Kč|,))"
)


def people_in(text: str) -> list[str]:
    """What in a text looks like a person's name, e-mail or telephone, as it stands there."""
    found = [
        (match.start(), match[0])
        for pattern in (_PERSON, _EMAIL, _PHONE)
        for match in pattern.finditer(text)
    ]
    return list(dict.fromkeys(words for _place, words in sorted(found)))
