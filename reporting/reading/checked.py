"""What the rules of completeness look at: both editions of a report, and unused abbreviations."""

from datetime import date

from programs.models import Abbreviation, Program, ProgramSection
from reporting import structure
from reporting.abbreviations import used_abbreviations
from reporting.checks import Checked
from reporting.models import Report
from reporting.reading import read_as_stored
from reporting.reading.background import FRAME_SECTIONS
from reporting.structure import Audience


def read_checked(program: Program, *, today: date, report: Report | None = None) -> Checked:
    """In a number of queries that does not grow."""
    report = report or Report.objects.newest_of(program)
    partners = read_as_stored(program, audience=Audience.PARTNERS, today=today, report=report)
    public = read_as_stored(program, audience=Audience.PUBLIC, today=today, report=report)
    own = {
        found.abbreviation: structure.Abbreviation(found.all_forms, found.expansion)
        for found in Abbreviation.objects.filter(program=program)
    }
    used = {one.forms[0] for one in used_abbreviations(own.values(), _texts(partners))}
    unused = tuple(form for form in own if form not in used)
    planned = ProgramSection.objects.filter(program=program).order_by("position")
    titles = dict(planned.values_list("section__code", "section__title"))
    written = {section.code for section in partners.further_sections}
    unwritten = tuple(
        structure.Section(code, title, ())
        for code, title in titles.items()
        if code not in written and code not in FRAME_SECTIONS
    )
    return Checked(partners, public, unused, frozenset(titles), unwritten)


def _texts(report: structure.ProgramReport) -> list[str]:
    """All but the list of abbreviations itself, where each of them would be found."""
    listed = set(structure.texts(report.abbreviations))
    return [text for text in structure.texts(report) if text not in listed]
