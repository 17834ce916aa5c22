"""Who a report is read for is decided while it is read: what is hidden leaves no trace at all.

Hidden records are added to a program with everything, each with a marker in every text and each
linked to what everybody may read. The report must stay equal, to the last count; and the files
are searched for the marker, unpacked, with their metadata and the names of their parts.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import models

from accounts.audit import save_record
from accounts.roles import Role, Visibility
from indicators.models import Assessment, Moment
from programs.models import Attendance, Consultation, NarrativeSection, Program
from reporting.formats import FORMS, Format
from reporting.reading import read_report
from reporting.structure import Audience, ProgramReport
from reporting.tables import tables_of
from tests import pdf
from tests.builders import (
    adopt,
    assess,
    link,
    make_abbreviation,
    make_activity,
    make_actor,
    make_consultation,
    make_correction,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_invitation,
    make_member,
    make_narrative,
    make_phase,
    make_program,
    make_recommendation,
    make_report,
    make_section,
    make_source,
    make_target_group,
    make_user,
)
from tests.pages import furnish

pytestmark = pytest.mark.django_db

TEAM, PARTNERS = "TAJNETYMU", "JENPARTNERUM"
MARKERS = {Visibility.TEAM: TEAM, Visibility.PARTNERS: PARTNERS}
HIDDEN = {
    Audience.PUBLIC: (Visibility.TEAM, Visibility.PARTNERS),
    Audience.PARTNERS: (Visibility.TEAM,),
}


def read(program: Program, audience: Audience) -> ProgramReport:
    return read_report(program, audience=audience, today=date(2024, 7, 1))


@pytest.fixture
def program(db: None) -> Program:
    """Everything that everybody may read, and goals and criteria with nothing hidden yet."""
    program = make_program(slug="nas")
    furnish(program)
    section = make_section("locality", 10)
    make_narrative(program, section, position=1, text="Lokalita.")
    for number, _visibility in enumerate(MARKERS, start=2):
        adopt(program, make_criterion(f"{number}.1", 3), number)
    return program


def marked(record: Any, marker: str) -> Any:
    """The marker in every text that somebody types into the record."""
    for field in record._meta.fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if is_text and field.editable and not field.choices and field.name != "url":
            setattr(record, field.name, f"{marker} {field.name}"[: field.max_length])
    save_record(record, by=None)
    return record


def plant(program: Program, visibility: Visibility, place: int) -> None:
    """One of every kind of record that can be hidden, linked to everything that is not."""
    marker = MARKERS[visibility]
    hidden: dict[str, Any] = {"visibility": visibility}
    goal, phase = program.goal_set.get(), program.phase_set.get()
    section = NarrativeSection.objects.get(code="locality")
    actor, group = program.actors.get(), program.target_groups.get()
    activity = marked(make_activity(phase, place, goals=[goal], actors=[actor], **hidden), marker)
    source = marked(make_source(program, place, year=1987, **hidden), marker)
    web = make_evidence(program, place, url=f"https://www.example.cz/{marker}", **hidden)
    stored: dict[str, Any] = {"stored_as": f"{place:032x}", "file_name": "a.pdf", "size": 1}
    file = make_evidence(program, 10 + place, **stored, **hidden)
    evidence = [marked(web, marker), marked(file, marker)]
    marked(make_narrative(program, section, position=place, **hidden), marker)
    marked(make_figure(program, place, value=None, value_text="x", source=source, **hidden), marker)
    recommendation = make_recommendation(
        program,
        place,
        goals=[goal],
        activity=activity,
        response="rejected",
        response_reason="x",
        follow_up="done",
        **hidden,
    )
    marked(recommendation, marker)
    recommendation.addressees.set([actor])
    recommendation.target_groups.set([group])
    program.output_set.get().recommendations.add(recommendation)
    adopted = program.adopted_criteria.get(position=place)
    hide_assessments(adopted, marker, hidden, source, evidence)
    link(recommendation, adopted.criterion.indicators.earliest("position"))
    # Links from what everybody may read to what is hidden.
    cited: Any = {"sources": [*goal.sources.all(), source]}
    save_record(goal, by=None, links=cited)
    for record in (*program.recommendation_set.filter(visibility="public"), phase_activity(phase)):
        record.evidence.add(*evidence)
    consultation = program.consultation_set.get()
    consultation.activity = activity
    consultation.team_note = f"{TEAM} poznámka"
    links: Any = {"evidence": [*consultation.evidence.all(), *evidence]}
    save_record(consultation, by=None, links=links)
    note_the_team(program, marker, adopted)


def hide_assessments(
    adopted: Any, marker: str, hidden: dict[str, Any], source: Any, evidence: list[Any]
) -> None:
    for indicator in adopted.criterion.indicators.all():
        for moment in Moment:
            day = {"as_of": date(2024, 2, 3)} if moment == Moment.INTERIM else {}
            assessment = assess(adopted, indicator, moment, expert=0, town=4, **day, **hidden)
            marked(assessment, marker)
            assessment.sources.set([source])
            assessment.evidence.set(evidence)
            for rating in assessment.ratings.all():
                marked(rating, marker)
            if moment == Moment.BASELINE:
                marked(make_correction(assessment), marker)


def phase_activity(phase: Any) -> Any:
    return phase.activities.get(visibility="public")


def note_the_team(program: Program, marker: str, adopted: Any) -> None:
    """What belongs to no report: people of the team, their work, abbreviations nobody reads."""
    user = make_user(f"{marker.lower()}@example.cz", name=f"{TEAM} {marker}")
    make_member(program, Role.EXPERT, user)
    make_invitation(program, email=f"{TEAM.lower()}.{marker.lower()}@example.cz")
    adopted.responsible, adopted.due_on = user, date(2031, 3, 3)
    save_record(adopted, by=user)
    make_abbreviation(program, marker, expansion=f"{marker} rozepsáno")


@pytest.mark.parametrize("audience", list(Audience))
def test_hidden_records_change_nothing_in_a_report(program: Program, audience: Audience) -> None:
    before = read(program, audience)

    for visibility in HIDDEN[audience]:
        plant(program, visibility, 2 + list(MARKERS).index(visibility))

    assert read(program, audience) == before


def test_correction_of_a_hidden_baseline_stays_hidden_when_it_is_shown(program: Program) -> None:
    plant(program, Visibility.PARTNERS, 3)
    for assessment in Assessment.objects.filter(visibility=Visibility.PARTNERS):
        assessment.visibility = Visibility.PUBLIC
        assessment.statement = assessment.justification = "Zveřejněno."
        save_record(assessment, by=None)
        for rating in assessment.ratings.all():
            rating.note = ""
            save_record(rating, by=None)

    assert PARTNERS not in repr(read(program, Audience.PUBLIC).criteria)


def searched(content: bytes) -> str:
    """Everything in a file that can be read, the names of its parts too."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            inner = [f"{name} {searched(package.read(name))}" for name in package.namelist()]
            return "\n".join(inner)
    if content.startswith(b"%PDF"):
        return "\n".join([pdf.full_text(content), *objects_of(content)])
    return content.decode("utf-8", "replace")


def objects_of(content: bytes) -> list[str]:
    """Metadata, names, addresses and streams of a PDF, unpacked."""
    with pdf.open_pdf(content) as document:
        found = [str(document.docinfo), document.Root.Metadata.read_bytes().decode()]
        for thing in document.objects:
            found += strings_of(thing)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image":
                found.append(thing.read_bytes().decode("latin-1"))
    return found


def strings_of(thing: Any) -> Iterator[str]:
    """Texts and names of one object; those it refers to come by themselves."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for name, inner in thing.items():
            yield name
            yield from () if getattr(inner, "is_indirect", False) else strings_of(inner)
    elif isinstance(thing, pikepdf.Array):
        for inner in thing:
            yield from () if getattr(inner, "is_indirect", False) else strings_of(inner)
    elif isinstance(thing, pikepdf.String | pikepdf.Name):
        yield str(thing)


def leaks(report: ProgramReport, *markers: str, forms: Iterable[Format] = Format) -> list[str]:
    found = []
    for form in forms:
        text = re.sub(r"[\s\u00ad\u2060-]+", "", searched(FORMS[form].render(report))).casefold()
        found += [f"{marker} in {form}" for marker in markers if marker.casefold() in text]
    return found


def test_hidden_texts_are_in_no_file_of_those_who_may_not_read_them(program: Program) -> None:
    plant(program, Visibility.TEAM, 2)
    plant(program, Visibility.PARTNERS, 3)

    assert leaks(read(program, Audience.PUBLIC), TEAM, PARTNERS) == []
    # Those who may read them find them in each, so the search would see a leak.
    assert leaks(read(program, Audience.PARTNERS), TEAM, PARTNERS) == [
        f"{PARTNERS} in {form}" for form in Format
    ]


def with_counts(program: Program, *counts: int | None) -> None:
    group = make_target_group(program, "Děti z ubytovny")
    Consultation.objects.all().delete()
    for day, number in enumerate(counts, start=1):
        make_consultation(program, held_on=date(2024, 2, day), counts={group: number})


def test_public_report_is_the_same_however_few_came() -> None:
    reports, partners = [], []
    program = make_program()
    make_phase(program)
    make_goal(program)
    with_counts(program, 4, 12, None)
    for number in (1, 2, 3, 4):
        Attendance.objects.filter(count__lt=5).update(count=number)
        reports.append(read(program, Audience.PUBLIC))
        partners.append(read(program, Audience.PARTNERS))

    assert all(report == reports[0] for report in reports)
    assert len(set(partners)) == 4


def test_sum_under_five_is_withheld_too() -> None:
    program = make_program()
    with_counts(program, 3)

    statistics = read(program, Audience.PUBLIC).statistics

    assert statistics
    [row] = statistics.people
    assert (row.people, row.few) == (None, True)


MADE_APART = (Format.HTML, Format.DOCX, Format.XLSX, Format.JSON)
"""The others are made of these."""

SWITCHES = {
    "summary": ("summary",),
    "methodology": ("methodology",),
    "consultations": ("other_consultations",),
    "statistics": ("statistics",),
    "people": ("actors", "working_groups", "target_groups"),
}


@pytest.mark.parametrize("part", SWITCHES)
def test_part_that_is_switched_off_is_in_no_form(program: Program, part: str) -> None:
    for place, name in enumerate(("summary", "methodology"), start=20):
        make_narrative(program, make_section(name, place), text=f"{name}ZDE")
    make_consultation(program, held_on=date(2025, 2, 2), outcome="consultationsZDE")
    program.consultation_set.filter(held_on=date(2024, 2, 1)).update(outcome="consultationsZDE")
    program.actors.update(description="peopleZDE")
    make_report(program, **{f"with_{part}": False})

    report = read(program, Audience.PARTNERS)

    assert all(not getattr(report, name) for name in SWITCHES[part])
    if part != "statistics":
        assert leaks(report, f"{part}ZDE", forms=MADE_APART) == []


def test_report_without_levels_says_no_level_and_no_shift(program: Program) -> None:
    make_report(program, with_levels=False)

    report = read(program, Audience.PARTNERS)

    assert report.scale == report.shifts == ()
    assert report.summary
    assert report.summary.shifts == ()
    said = searched(FORMS[Format.HTML].render(report))
    for word in ("nenaplněno", "převážně", "zlepšení", "Úroveň"):
        assert word not in said, word


def test_report_without_charts_draws_nothing_in_any_form(program: Program) -> None:
    drawn = read(program, Audience.PARTNERS)
    make_report(program, with_charts=False)
    plain = read(program, Audience.PARTNERS)

    for report, has_charts in ((drawn, True), (plain, False)):
        page = FORMS[Format.HTML].render(report).decode()
        assert ("<svg" in page) is has_charts
        assert ("chart-number" in page) is has_charts
        with zipfile.ZipFile(BytesIO(FORMS[Format.DOCX].render(report))) as package:
            assert any("/media/" in name for name in package.namelist()) is has_charts
        assert ("Graf 1 " in pdf.full_text(FORMS[Format.PDF].render(report))) is has_charts
    # What charts show stands in the tables with or without them.
    assert tables_of(drawn)[2:] == tables_of(plain)[2:]


def test_report_without_lists_of_people_names_nobody_silent(program: Program) -> None:
    silent = make_actor(program, "Organizace bez jediné konzultace")
    make_target_group(program, "Skupina bez konzultace")
    listed = read(program, Audience.PARTNERS).statistics
    make_report(program, with_people=False)
    plain = read(program, Audience.PARTNERS)

    assert listed
    assert silent.name in listed.silent_actors
    assert plain.statistics
    assert plain.statistics.silent_actors == ()
    assert leaks(plain, "bez jediné konzultace", "bez konzultace", forms=MADE_APART) == []
