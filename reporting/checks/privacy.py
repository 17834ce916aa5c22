"""What no public report may say: names of people, their contacts, and very small counts.

Regulation (EU) 2016/679 and act no. 110/2019: people are told by their functions, and a
group smaller than five is not told at all.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import czech
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.work import AT_WORK, staff_pattern
from reporting.checks.written import Written

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
    # A number of a mobile phone, unless it is a sum or a count.
    (
        "",
        r"[67]\d\d(?<![\d,.]\d{3})(?<!\d\s\d{3})\s\d{3}\s\d{3}(?!\s?(?:\d|,\d|[.]\d|%|Kč|korun|eur|€|obyvatel))",
    ),
    ("ar", r"(?<!\w)[Nn]ar(?:\.|ozen\w{0,3})\s+\d{1,2}\.\s?\d{1,2}\.\s?\d{4}"),
    (
        "bytem",
        rf"(?<!\w)trvale\s+bytem\s+\w+|(?<!\w)bytem\s+[{czech.CAPITAL}]\w+(?:\s+\w+){{0,2}}\s+\d+",
    ),
)
_FEW = (
    r"(?:[1-4]|jed(?:en|na|no|noho|né|nu|nou)|dv(?:a|ě|ou|ěma)|tř(?:i|í|em|emi)|čtyř(?:i|em|mi)?)"
)
_PEOPLE = (
    r"(?:dít(?:ě|ěti|ětem|ěte)|dět(?:i|í|em|mi|ech)|osob(?:a|y|ě|u|ou|ám|ách|ami)?"
    r"|klient(?:a|i|ů|y|ům|em|ech|ka|ky|ce|ku|kou|ek|kám|kami)?"
    r"|rodin(?:a|y|ě|u|ou|ám|ách|ami)?|domácnost(?:i|í|em|ech|mi)?"
    r"|(?:uži|oby)vatel(?:e|é|i|ů|ům|em|ích|ka|ky|ce|ek)?|žá(?:k|ka|ci|ky|ků|kům|kem|cích)"
    r"|žač(?:ka|ky|ce|ek)|student(?:a|i|y|ů|ům|em|ka|ky|ek)?|mladistv(?:ý|á|í|é|ého|ých|ým|ými)"
    r"|senio(?:r|ra|ři|ry|rů|rům|rka|rky|rek)|mat(?:ka|ky|ce|ku|kou|ek|kám|kami))(?!\w)"
)
# An adjective between the number and the people, but no noun: "jedno setkání dětí" is a meeting.
_ADJECTIVE = (
    r"(?:(?!\w*(?:á|e|ě)ní(?:ch|mi|m)?\s)\w{2,20}(?:ý|á|é|í|ých|ými|ým|ého|ému|ou|ích|ími|ím)\s+)?"
)
_FEW_PEOPLE = re.compile(rf"(?<![\w.,/–-])(?<!\d\s){_FEW}\s+{_ADJECTIVE}{_PEOPLE}", re.IGNORECASE)
# As far as a text says of the people that they are at work.
_NEAR = 40
_SMALLEST_TOLD = 5


def people(checked: Checked) -> Iterator[Problem]:
    for text in checked.public_texts:
        for match in _PERSON.finditer(text.text):
            sentence = _("%(place)s: “%(words)s” names a person; give the function instead.")
            yield _said(sentence, text, match[0])


def contacts(checked: Checked) -> Iterator[Problem]:
    for text in checked.public_texts:
        for hint, pattern in _CONTACTS:
            for match in re.finditer(pattern, text.text) if hint in text.text else ():
                sentence = _("%(place)s: “%(words)s” is a contact or another personal detail.")
                yield _said(sentence, text, match[0])
        for match in _BIRTH_NUMBER.finditer(text.text):
            digits = match[0].replace("/", "")
            # A number of a file looks the same, but not all of them can be divided.
            if len(digits) == 9 or int(digits) % 11 == 0:
                sentence = _("%(place)s: “%(words)s” is a contact or another personal detail.")
                yield _said(sentence, text, match[0])


def few_people(checked: Checked) -> Iterator[Problem]:
    for text in checked.public_texts:
        for match in _FEW_PEOPLE.finditer(text.text):
            around = text.text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if AT_WORK.search(around):
                continue
            sentence = _("%(place)s: “%(words)s” tells of fewer than five people.")
            yield _said(sentence, text, match[0])
    staff = staff_pattern(checked.public.abbreviations)
    for figure in checked.public.figures:
        if staff.search(figure.name):
            continue
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
