"""Where the program stands: what it is, its written sections, figures, plan and sources."""

from collections.abc import Iterable
from datetime import date

from litvinov import narrative
from programs import models as programs
from reporting import structure
from reporting.publicity import logos
from reporting.reading.scope import Scope, term
from reporting.structure import Section

KINDS = {
    "final": "Závěrečná evaluační zpráva poradenského programu",
    "interim": "Průběžná evaluační zpráva poradenského programu",
}
FRAME_SECTIONS = (
    "summary",
    "methodology",
    "locality",
    "annotation",
    "expert_support",
    "starting_points",
    "outputs",
    "course",
    "overall_evaluation",
    "cooperation",
)
"""Sections with a fixed place in the report; all others follow after cooperation."""


def identification(scope: Scope, today: date) -> structure.Identification:
    program, locality = scope.program, scope.program.locality
    has_publicity = structure.Part.PUBLICITY in scope.report.parts
    return structure.Identification(
        title=program.title,
        kind=structure.Term(scope.report.kind, KINDS[scope.report.kind]),
        reference_number=scope.report.reference_number,
        file_number=scope.report.file_number,
        dated_on=scope.report.dated_on,
        prepared_by=scope.report.prepared_by,
        municipality=locality.municipality.name,
        district=locality.municipality.district,
        region=locality.municipality.region,
        locality=locality.name,
        locality_description=locality.description,
        theme=program.theme.name,
        period=structure.Months(program.first_month, program.last_month),
        month_count=program.month_count,
        state=term(programs.ProgramState(program.state)),
        provider=program.provider,
        team=program.team,
        demo_notice=program.demo_notice,
        publicity=scope.report.publicity if has_publicity else "",
        publicity_logos=tuple(logo.alternative for logo in logos()) if has_publicity else (),
        printed_on=today,
    )


def sections(scope: Scope) -> dict[str, Section]:
    """Every section there is, written or not, by its code, in their order."""
    passages: dict[int, list[structure.Passage]] = {}
    for written in (
        programs.Narrative.objects.filter(program=scope.program)
        .visible_in(scope.visibilities)
        .prefetch_related("sources")
        .order_by("position", "pk")
    ):
        text = narrative.parse(written.text)
        if not text:
            continue
        sources = scope.numbers(written.sources.all())
        passage = structure.Passage(written.topic, text, sources, key=written.pk)
        passages.setdefault(written.section_id, []).append(passage)
    found = {
        section.code: Section(section.code, section.title, tuple(passages.get(section.pk, [])))
        for section in _in_order(scope)
    }
    for code in FRAME_SECTIONS:
        found.setdefault(code, Section(code, "", ()))
    return found


def _in_order(scope: Scope) -> list[programs.NarrativeSection]:
    """Sections the program has put in an order of its own, then the rest of the code list."""
    plans = programs.ProgramSection.objects.filter(program=scope.program)
    places = dict(plans.values_list("section_id", "position"))
    last = max(places.values(), default=0)
    found = list(programs.NarrativeSection.objects.all())
    return sorted(found, key=lambda section: places.get(section.pk, last + section.position + 1))


def further_sections(found: dict[str, Section]) -> tuple[Section, ...]:
    """Those that are written: a report may do without any of them, and then does not name it."""
    return tuple(
        section
        for code, section in found.items()
        if code not in FRAME_SECTIONS and section.passages
    )


def figures(scope: Scope) -> tuple[structure.Figure, ...]:
    found = programs.ContextFigure.objects.filter(program=scope.program)
    return tuple(
        structure.Figure(
            name=figure.name,
            area=figure.area,
            value=figure.value,
            value_text=figure.value_text,
            unit=figure.unit,
            date_from=figure.date_from,
            date_to=figure.date_to,
            date_precision=figure.date_precision,
            source=source.position if (source := scope.sources.get(figure.source_id)) else None,
            derivation=figure.derivation,
            key=figure.pk,
        )
        for figure in found.visible_in(scope.visibilities)
    )


def steps(scope: Scope) -> tuple[structure.Step, ...]:
    planned = programs.ScheduleStep.objects.filter(program=scope.program)
    return tuple(
        structure.Step(
            number=number,
            description=step.description,
            timing=term(programs.StepTiming(step.timing)),
            months=tuple(month for month in (step.first_month, step.last_month) if month),
            time_text=step.time_text,
            responsible=step.responsible,
            key=step.pk,
        )
        for number, step in enumerate(planned, start=1)
    )


def sources(scope: Scope) -> tuple[structure.Source, ...]:
    return tuple(
        structure.Source(
            number=source.position,
            name=source.name,
            kind=source.kind,
            author=source.author,
            year=source.year,
            data_date=source.data_date,
            url=source.url,
            key=source.pk,
        )
        for source in scope.sources.values()
    )


def abbreviations(scope: Scope) -> Iterable[structure.Abbreviation]:
    """All that are known; a program's own one replaces the shared one of the same form."""
    known: dict[str, structure.Abbreviation] = {}
    shared_first = sorted(
        programs.Abbreviation.objects.known_to(scope.program),
        key=lambda abbreviation: abbreviation.program_id is not None,
    )
    for found in shared_first:
        known[found.abbreviation] = structure.Abbreviation(
            found.all_forms, found.expansion, key=found.pk
        )
    return known.values()
