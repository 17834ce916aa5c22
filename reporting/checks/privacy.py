"""What no public report may say: names of people, their contacts, and very small counts.

Regulation (EU) 2016/679 and act no. 110/2019: people are told by their functions, and a
group smaller than five is not told at all.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.naming import contacts_in, names_in
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.work import AT_WORK, staff_pattern
from reporting.checks.written import Written

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
    sentence = _("%(place)s: “%(words)s” names a person; give the function instead.")
    for text in checked.public_texts:
        for words in names_in(text.text):
            yield _said(sentence, text, words)


def contacts(checked: Checked) -> Iterator[Problem]:
    sentence = _("%(place)s: “%(words)s” is a contact or another personal detail.")
    for text in checked.public_texts:
        for words in contacts_in(text.text):
            yield _said(sentence, text, words)


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
