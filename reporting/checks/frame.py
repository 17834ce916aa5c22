"""What every report must have: its identification and its written sections."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from litvinov import czech
from reporting.checks.finding import Checked, Problem, Rule, Severity
from reporting.checks.target import Kind, Target
from reporting.structure import ProgramReport, Section
from reporting.summary_page import letters_too_many


def unidentified(checked: Checked) -> Iterator[Problem]:
    """Decree no. 259/2012 § 16 and the standard of records services ask for these."""
    known = checked.report.identification
    asked = (
        (
            known.provider,
            Kind.PROGRAM,
            "provider",
            _("The title page does not say who prepared it."),
        ),
        (
            known.team,
            Kind.PROGRAM,
            "team",
            _("The title page does not name the team by functions."),
        ),
        (
            known.reference_number,
            Kind.REPORT,
            "reference_number",
            _("The reference number is missing."),
        ),
        (known.file_number, Kind.REPORT, "file_number", _("The file number is missing.")),
        (known.dated_on, Kind.REPORT, "dated_on", _("The date of the report is missing.")),
        (
            known.prepared_by,
            Kind.REPORT,
            "prepared_by",
            _("The function of who prepared the report is missing."),
        ),
    )
    for value, kind, field, sentence in asked:
        if not value:
            yield Problem(sentence, Target(kind, field=field))


def unwritten_sections(checked: Checked) -> Iterator[Problem]:
    yield from _unwritten(_needed(checked.report))


def unwritten_further_sections(checked: Checked) -> Iterator[Problem]:
    """Those the program left out of its plan are missed by nobody."""
    yield from _unwritten(checked.unwritten)


def unwritten_summary(checked: Checked) -> Iterator[Problem]:
    summary, methodology = checked.report.summary, checked.report.methodology
    if summary and not summary.passages:
        sentence = _(
            "The executive summary has its counts, but no sentence that says what matters."
        )
        yield Problem(sentence, Target(Kind.SECTION, code="summary"))
    if methodology and not methodology.passages:
        sentence = _("The methodology does not say what the evaluation rests on and what it lacks.")
        yield Problem(sentence, Target(Kind.SECTION, code="methodology"))


def overfull_summary(checked: Checked) -> Iterator[Problem]:
    """A mayor reads one page. The public edition says no more than this one."""
    report = checked.report
    if (letters := letters_too_many(report)) and report.summary and report.summary.passages:
        sentence = _(
            "The executive summary does not fit on one page; shorten it by about %(letters)s "
            "letters."
        )
        target = Target(Kind.NARRATIVE, report.summary.passages[0].key, "text")
        yield Problem(sentence % {"letters": czech.number(letters)}, target)


def _needed(report: ProgramReport) -> tuple[Section, ...]:
    return (
        report.locality,
        report.annotation,
        report.starting_points,
        report.course,
        report.overall_evaluation,
        report.cooperation,
    )


def _unwritten(sections: tuple[Section, ...]) -> Iterator[Problem]:
    for section in sections:
        if not section.passages:
            sentence = _("The section %(title)s is not written.")
            title = f"„{section.title or section.code}“"
            yield Problem(sentence % {"title": title}, Target(Kind.SECTION, code=section.code))


RULES = (
    Rule(
        "unidentified",
        gettext_lazy("The identification of the report is complete"),
        Severity.ADVICE,
        unidentified,
    ),
    Rule(
        "unwritten_section",
        gettext_lazy("The sections every report has are written"),
        Severity.BLOCKS,
        unwritten_sections,
        final_only=True,
    ),
    Rule(
        "unwritten_further_section",
        gettext_lazy("Further sections are written or left out"),
        Severity.ADVICE,
        unwritten_further_sections,
    ),
    Rule(
        "unwritten_summary",
        gettext_lazy("The summary and the methodology have sentences of their own"),
        Severity.ADVICE,
        unwritten_summary,
    ),
    Rule(
        "overfull_summary",
        gettext_lazy("The executive summary fits on one page"),
        Severity.ADVICE,
        overfull_summary,
    ),
)
