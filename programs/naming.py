"""People are told by their functions, never by name; this notices when a text names or reaches one.

Regulation (EU) 2016/679 and act no. 110/2019. A name is told by what stands before or after it:
pan, paní, a title, a degree. Contacts are e-mails, telephones, addresses, dates of birth and
numbers of birth certificates.
"""

import re
from collections.abc import Iterable, Iterator

from litvinov import czech

_NAME = rf"[{czech.CAPITAL}][{czech.SMALL}]+"
_CAPITALISED = rf"{_NAME}(?:-{_NAME})?"
_TITLE = r"(?:Mgr|Ing|Bc|MUDr|MVDr|JUDr|PhDr|PaedDr|RNDr|ThDr|arch|doc|prof)\."
_PERSON = re.compile(
    rf"(?<!\w)(?:(?:[Pp]an(?:em|ovi|u|a|e|í)?|[Pp]án(?:ové|ů|ům|y)|[Pp]í|(?<!\.)(?<!\.\s)[Pp]\."
    rf"|[Ss]leč(?:na|ny|ně|nu|nou))\s+(?:{_TITLE}\s+)*{_CAPITALISED}"
    rf"|(?:{_TITLE}\s+)+{_CAPITALISED}"
    rf"|[Mm]anžel(?:é|ů|ům|i)\s+[{czech.CAPITAL}][{czech.SMALL}]+(?:ovi|ových|ovým|ovými)(?!\w)"
    rf"|{_CAPITALISED},\s+(?:Ph\.\s?D|CSc|DiS)\.)"
)
_BIRTH_NUMBER = re.compile(
    r"(?<![\d/])\d\d(?:[05][1-9]|[16][0-2]|[27][1-9]|[38][0-2])(?:0[1-9]|[12]\d|3[01])/\d{3,4}(?!\d)"
)
# Each with what must be in a text before it is worth looking: that is many times faster.
_CONTACTS = (
    ("@", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    ("420", r"(?<!\w)(?:\+|00)420\s?\d{3}\s?\d{3}\s?\d{3}(?!\d)"),
    ("el", r"(?<!\w)[Tt]el\w{0,8}\.?:?\s*\d{3}\s?\d{3}\s?\d{3}(?!\d)"),
    ("obil", r"(?<!\w)[Mm]obil\w{0,8}\.?:?\s*\d{3}\s?\d{3}\s?\d{3}(?!\d)"),
    # A number of a mobile phone, unless it is a sum, a count or a number of a file.
    (
        "",
        r"[67]\d\d(?<![\d,./]\d{3})(?<!\d\s\d{3})(?:\s\d{3}\s\d{3}|\d{6})"
        r"(?!\s?(?:\d|,\d|[.]\d|/|%|Kč|korun|eur|€|obyvatel))",
    ),
    ("ar", r"(?<!\w)[Nn]ar(?:\.|ozen\w{0,3})\s+\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"),
    (
        "bytem",
        rf"(?<!\w)trvale\s+bytem\s+\w+|(?<!\w)bytem\s+[{czech.CAPITAL}]\w+(?:\s+\w+){{0,2}}\s+\d+",
    ),
)


def names_in(text: str) -> list[str]:
    """What in a text names a person, as it stands there."""
    return [match[0] for match in _PERSON.finditer(text)]


def contacts_in(text: str) -> list[str]:
    """What in a text says how to reach a person or who exactly it is."""
    return _apart(_contacts(text))


def people_in(text: str) -> list[str]:
    """Names and contacts, each once."""
    return list(dict.fromkeys(_apart([*_PERSON.finditer(text), *_contacts(text)])))


def _apart(found: Iterable[re.Match[str]]) -> list[str]:
    """In the order of reading; of what overlaps, the longest that begins first."""
    told: list[re.Match[str]] = []
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if not told or match.start() >= told[-1].end():
            told.append(match)
    return [match[0] for match in told]


def _contacts(text: str) -> Iterator[re.Match[str]]:
    for hint, pattern in _CONTACTS:
        if hint in text:
            yield from re.finditer(pattern, text)
    for match in _BIRTH_NUMBER.finditer(text):
        digits = match[0].replace("/", "")
        # A number of a file looks the same, but not all of them can be divided.
        if len(digits) == 9 or int(digits) % 11 == 0:
            yield match
