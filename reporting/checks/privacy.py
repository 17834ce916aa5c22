"""What no public report may say: names of people, their contacts, and very small counts.

Regulation (EU) 2016/679 and act no. 110/2019: people are told by their functions, and a
group smaller than five is not told at all.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.checks.finding import Checked, Kind, Problem, Rule, Severity, Target
from reporting.checks.written import Written, written

_CAPITALISED = r"[A-ZÁ-Ž][a-zá-ž]+(?:-[A-ZÁ-Ž][a-zá-ž]+)?"
_TITLE = r"(?:Mgr|Ing|Bc|MUDr|MVDr|JUDr|PhDr|PaedDr|RNDr|ThDr|doc|prof)\."
_PERSON = re.compile(
    rf"(?<!\w)(?:(?:[Pp]an(?:em|ovi|u|a|e)?|[Pp]an[ií]|[Pp]í|[Pp]\.|[Ss]leč(?:na|ny|ně|nu|nou))"
    rf"\s+(?:{_TITLE}\s+)*{_CAPITALISED}|(?:{_TITLE}\s+)+{_CAPITALISED})"
)
_CONTACTS = (
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    re.compile(r"(?<![\d\w])(?:\+|00)420\s?\d{3}\s?\d{3}\s?\d{3}(?!\d)"),
    re.compile(r"(?:tel|mobil|telefon)\w*\.?:?\s*\d{3}\s?\d{3}\s?\d{3}(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)\d{6}/\d{3,4}(?!\d)"),
    re.compile(r"(?<!\w)bytem\s+\w+", re.IGNORECASE),
)
_FEW = r"(?:[1-4]|jed(?:en|na|no|noho|né|nu)|dv(?:a|ě|ou|ěma)|tř(?:i|í|em|emi)|čtyř(?:i|em|mi)?)"
_PEOPLE = (
    r"(?:dít\w+|dět[ieí]\w*|osob\w*|klient\w*|rodin\w*|domácnost\w*|uživatel\w*|žá[kc]\w*"
    r"|student\w*|mladistv\w+|senio[rř]\w*|mat(?:ka|ky|ek|ce|kám|kami)|obyvatel\w*)"
)
_FEW_PEOPLE = re.compile(rf"(?<![\w.,/–-]){_FEW}\s+(?:[^\W\d]\w*\s+)?{_PEOPLE}", re.IGNORECASE)
_SMALLEST_TOLD = 5


def people(checked: Checked) -> Iterator[Problem]:
    for text in written(checked.public):
        for match in _PERSON.finditer(text.text):
            sentence = _("%(place)s: “%(words)s” names a person; give the function instead.")
            yield _said(sentence, text, match[0])


def contacts(checked: Checked) -> Iterator[Problem]:
    for text in written(checked.public):
        for pattern in _CONTACTS:
            for match in pattern.finditer(text.text):
                sentence = _("%(place)s: “%(words)s” is a contact or another personal detail.")
                yield _said(sentence, text, match[0])


def few_people(checked: Checked) -> Iterator[Problem]:
    for text in written(checked.public):
        for match in _FEW_PEOPLE.finditer(text.text):
            sentence = _("%(place)s: “%(words)s” tells of fewer than five people.")
            yield _said(sentence, text, match[0])
    for figure in checked.public.figures:
        is_people = re.match(_PEOPLE, figure.unit, re.IGNORECASE)
        if is_people and figure.value is not None and 0 < figure.value < _SMALLEST_TOLD:
            sentence = _("The figure %(name)s tells of fewer than five people.")
            target = Target(Kind.FIGURE, figure.key, "value")
            yield Problem(sentence % {"name": f"„{figure.name}“"}, target)


def _said(sentence: str, text: Written, words: str) -> Problem:
    said = re.sub(r"\s+", " ", words)
    return Problem(sentence % {"place": text.place, "words": said}, text.target)


RULES = (
    Rule(
        "named_person",
        gettext_lazy("No public text names a person"),
        Severity.BLOCKS,
        people,
    ),
    Rule(
        "contact",
        gettext_lazy("No public text gives a contact"),
        Severity.BLOCKS,
        contacts,
    ),
    Rule(
        "few_people",
        gettext_lazy("No public text tells of fewer than five people"),
        Severity.ADVICE,
        few_people,
    ),
)
