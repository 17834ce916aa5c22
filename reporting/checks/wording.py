"""Words: abbreviations, dates that say nothing, copied texts, and two names of one thing."""

import re
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import czech
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.checks.written import Written, indicator_place
from reporting.structure import ProgramReport

_CAPITALS = re.compile(rf"(?<![\w/.@-])(?=\w{{2,8}}(?!\w|[-/]\d))(?:\w*[{czech.CAPITAL}]){{2}}\w*")
# What everybody knows, and a report need not explain.
_COMMON = frozenset({"ČR", "EU", "USA", "PDF", "SMS", "TV", "DPH", "IČO", "IČ", "PSČ", "OK"})
# As high as chapters and centuries go; "MV" and "CD" are abbreviations.
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:o\.\s?p\.\s?s\.|z\.\s?s\.|z\.\s?ú\.|s\.\s?r\.\s?o\.|p\.\s?o\.)(?!\w)"
)
_VAGUE_TIME = re.compile(
    r"(?<!\w)(?:letos|loni|v\s+tomto\s+roce|v\s+letošním\s+roce|v\s+loňském\s+roce|nyní"
    r"|v\s+současn(?:é\s+době|osti)|v\s+poslední\s+době|aktuálně"
    r"|ve\s+všech\s+(?:zkoumaných|sledovaných)\s+letech)(?!\w)",
    re.IGNORECASE,
)
_PASSIVE = (
    r"(?!(?:leden|březen|duben|květen|červen|srpen|občan)[ay]?(?!\w))\w{3,}(?:án|en|ěn)[aoyi]?"
)
_STILL_PLANNED = re.compile(
    rf"(?<!\w)(?:(?:bude|budou)\s+(?:\w+\s+){{0,2}}?{_PASSIVE}|(?:na)?plánován[aoyi]?"
    r"|zvažován[aoyi]?|zvažuj(?:e|í)|uvažuje)(?!\w)",
    re.IGNORECASE,
)
_WRONG_NOUN = re.compile(r"(?<!\w)kritérium\s+(?:je|není|bylo|nebylo)(?!\w)", re.IGNORECASE)
_LONG_ENOUGH = 60
# A recommendation may well be called as the activity that prepared it.
_TITLES = ("title",)
_ALIKE = 0.8
_DECLINED = 4
_NEAR = 45
# Of long texts, so many words are compared.
_BEGINNING = 300
_DONE = (Kind.ACTIVITY, Kind.COMMENT, Kind.EVALUATION)


def undefined_abbreviations(checked: Checked) -> Iterator[Problem]:
    known = {_bare(form) for one in checked.report.abbreviations for form in one.forms}
    known |= {_bare(word) for word in _names(checked.report)} | _COMMON
    seen: set[str] = set()
    for text in (*checked.texts, *_catalogue(checked.report)):
        found = [
            match[0]
            for match in _CAPITALS.finditer(text.text)
            if not _ROMAN.fullmatch(match[0]) and not _is_shouted(match, known)
        ]
        found += [match[0] for match in _LEGAL_FORM.finditer(text.text)]
        for form in found:
            if _bare(form) not in known | seen:
                seen.add(_bare(form))
                sentence = _("%(place)s: the abbreviation %(form)s is not explained.")
                values = {"place": text.place, "form": form}
                yield Problem(sentence % values, text.target)


def _catalogue(report: ProgramReport) -> Iterator[Written]:
    """Names of indicators are printed, too, but nobody who writes a report can change them."""
    for criterion in report.criteria:
        for indicator in criterion.indicators:
            place = indicator_place(criterion.code, indicator)
            yield Written(place, indicator.name, Target(Kind.ABBREVIATION))


def _bare(form: str) -> str:
    return re.sub(r"\s", "", form)


def _names(report: ProgramReport) -> Iterator[str]:
    """Short names of actors are explained where actors are listed."""
    for actor in report.actors:
        yield actor.abbreviation
        for name in (actor.name, *actor.aliases):
            yield from name.split()


def _is_shouted(found: re.Match[str], known: Collection[str]) -> bool:
    """Among other words in capitals it is emphasis, not an abbreviation."""
    text, start, end = found.string, found.start(), found.end()
    before = re.search(r"(\w{1,40})\s$", text[max(0, start - _NEAR) : start])
    after = re.match(r"\s(\w{1,40})", text[end : end + _NEAR])
    others = [near[1] for near in (before, after) if near and near[1] not in known]
    return any(len(other) > 1 and other.isalpha() and other.isupper() for other in others)


def unused_abbreviations(checked: Checked) -> Iterator[Problem]:
    for form in checked.unused:
        sentence = _("The abbreviation %(form)s is explained but never used.")
        yield Problem(sentence % {"form": form}, Target(Kind.ABBREVIATION))


def vague_times(checked: Checked) -> Iterator[Problem]:
    for text in checked.texts:
        if match := _VAGUE_TIME.search(text.text):
            sentence = _("%(place)s: “%(words)s” says nothing once the year is over; give a date.")
            values = {"place": text.place, "words": match[0]}
            yield Problem(sentence % values, text.target)


def still_planned(checked: Checked) -> Iterator[Problem]:
    """In a final report what was planned has happened or has not."""
    report = checked.report
    if report.identification.kind.code != "final":
        return
    looking_back = {
        passage.key
        for section in (report.course, report.overall_evaluation)
        for passage in section.passages
    }
    for text in checked.texts:
        kind, key = text.target.kind, text.target.key
        is_final = kind == Kind.INDICATOR and text.target.field.startswith("final")
        is_past = kind in _DONE or is_final or (kind == Kind.NARRATIVE and key in looking_back)
        if is_past and (match := _STILL_PLANNED.search(text.text)):
            sentence = _("%(place)s: “%(words)s” leaves open whether it happened.")
            values = {"place": text.place, "words": re.sub(r"\s+", " ", match[0])}
            yield Problem(sentence % values, text.target)


def wrong_noun(checked: Checked) -> Iterator[Problem]:
    for text in checked.texts:
        if text.target.kind == Kind.INDICATOR and _WRONG_NOUN.search(text.text):
            sentence = _("%(place)s: the text speaks of a criterion, but judges one indicator.")
            yield Problem(sentence % {"place": text.place}, text.target)


def copied(checked: Checked) -> Iterator[Problem]:
    """The same text word for word in two places."""
    seen: dict[str, Written] = {}
    for text in checked.texts:
        words = " ".join(text.text.split())
        if len(words) < _LONG_ENOUGH or text.target.field in _TITLES:
            continue
        if (first := seen.get(words)) is None:
            seen[words] = text
        elif first.target.key == text.target.key and first.target.kind == text.target.kind:
            sentence = _("%(place)s: the end repeats the baseline word for word.")
            yield Problem(sentence % {"place": text.place}, text.target)
        else:
            sentence = _("%(place)s: the text is the same as in: %(first)s.")
            yield Problem(sentence % {"place": text.place, "first": first.place}, text.target)


def reworded(checked: Checked) -> Iterator[Problem]:
    """Nearly the same text in two places: which of them is right?"""
    long = [
        (text, words[:_BEGINNING], set(words[:_BEGINNING]))
        for text in checked.texts
        if len(text.text) >= _LONG_ENOUGH
        and text.target.field not in _TITLES
        and (words := czech.fold(text.text).split())
    ]
    for (one, words, bag), (other, others, other_bag) in combinations(long, 2):
        if words == others or one.target.key == other.target.key:
            continue
        # What shares few words cannot be alike; comparing sets is a hundred times faster.
        if 2 * len(bag & other_bag) < _ALIKE * (len(bag) + len(other_bag)):
            continue
        if SequenceMatcher(None, words, others, autojunk=False).ratio() >= _ALIKE:
            sentence = _("%(place)s: says in other words the same as: %(other)s.")
            values = {"place": other.place, "other": one.place}
            yield Problem(sentence % values, other.target)


def other_names(checked: Checked) -> Iterator[Problem]:
    """An actor called by another of its names than the one it is listed under."""
    for actor in checked.report.actors:
        words, name = set(_words(actor.name)), _in_any_case(actor.name)
        for alias in actor.aliases:
            # A common noun such as "the town" is no second name, nor is a part of the name.
            if alias == actor.abbreviation or alias.islower() or words >= set(_words(alias)):
                continue
            pattern, stems = _in_any_case(alias), [word[:_DECLINED] for word in alias.split()]
            # A text with both names says itself that they are one. Looking for a few letters
            # first is many times faster.
            texts = [
                text
                for text in checked.texts
                if all(stem in text.text for stem in stems)
                and pattern.search(text.text)
                and not name.search(text.text)
            ]
            if texts:
                sentence = _("%(place)s: “%(alias)s” is elsewhere called “%(name)s”.")
                values = {"place": texts[0].place, "alias": alias, "name": actor.name}
                yield Problem(sentence % values, texts[0].target)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", czech.fold(name))


def _in_any_case(name: str) -> re.Pattern[str]:
    """The name in any grammatical case: Czech changes ends of words."""
    words = [
        re.escape(word) if len(word) < _DECLINED or word.isupper() else _stem(word)
        for word in name.split()
    ]
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")


def _stem(word: str) -> str:
    return re.escape(word[: max(_DECLINED, len(word) - 2)]) + r"\w{0,5}"


RULES = (
    Rule(
        "undefined_abbreviation",
        gettext_lazy("Every abbreviation is explained"),
        Severity.ADVICE,
        undefined_abbreviations,
    ),
    Rule(
        "unused_abbreviation",
        gettext_lazy("Every explained abbreviation is used"),
        Severity.ADVICE,
        unused_abbreviations,
    ),
    Rule(
        "vague_time",
        gettext_lazy("Times can be told after years"),
        Severity.ADVICE,
        vague_times,
    ),
    Rule(
        "still_planned",
        gettext_lazy("What was planned has happened or has not"),
        Severity.ADVICE,
        still_planned,
    ),
    Rule(
        "wrong_noun",
        gettext_lazy("A criterion is not taken for its indicator"),
        Severity.ADVICE,
        wrong_noun,
    ),
    Rule("copied_text", gettext_lazy("No text is copied"), Severity.ADVICE, copied),
    Rule(
        "reworded_text",
        gettext_lazy("The same is not said in two ways"),
        Severity.ADVICE,
        reworded,
    ),
    Rule(
        "other_name",
        gettext_lazy("Everybody is called by one name"),
        Severity.ADVICE,
        other_names,
    ),
)
