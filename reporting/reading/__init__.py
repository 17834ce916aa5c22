"""The one reading of a program into the structure of its report."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import translation

from indicators.shift import Level, Shift
from programs.models import Program
from programs.models.consultation import SMALLEST_TOLD_COUNT
from reporting import structure, summary
from reporting.abbreviations import used_abbreviations
from reporting.models import Report
from reporting.numbering import renumbered
from reporting.reading import background, course, criteria, evidence, goals, people
from reporting.reading.scope import Scope, term
from reporting.structure import Audience, Part


def read_report(
    program: Program, *, audience: Audience, today: date, report: Report | None = None
) -> structure.ProgramReport:
    """Read everything the audience may see, in a number of queries that does not grow.

    The newest report of the program is read unless another one of its reports is given.
    Labels are Czech whatever the language of the screen, and the numbers are the report's own.
    """
    return renumbered(read_as_stored(program, audience=audience, today=today, report=report))


def read_as_stored(
    program: Program, *, audience: Audience, today: date, report: Report | None = None
) -> structure.ProgramReport:
    """The same with the numbers that people see where they write, for what points to those."""
    report = report or Report.objects.newest_of(program)
    # The one loaded with everything the reading needs.
    report.program = program
    with translation.override("cs"):
        return _read(Scope.of(report, audience), today)


def _read(scope: Scope, today: date) -> structure.ProgramReport:
    parts = scope.report.parts
    sections = background.sections(scope)
    phases, other_consultations = course.phases(scope)
    read_goals = goals.goals(scope)
    read_criteria = criteria.criteria(scope)
    read_outputs = goals.outputs(scope)
    read_recommendations = goals.recommendations(scope)
    read_actors = people.actors(scope)
    statistics = summary.statistics(
        phases=phases,
        others=other_consultations,
        goals=read_goals,
        actors=read_actors if Part.PEOPLE in parts else (),
        smallest_told=SMALLEST_TOLD_COUNT if scope.audience == Audience.PUBLIC else None,
    )
    summarised = summary.summarise(
        passages=sections["summary"].passages,
        goals=read_goals,
        criteria=read_criteria,
        outputs=read_outputs,
        recommendations=read_recommendations,
        phases=phases,
        consultation_count=statistics.total,
    )
    if Part.CONSULTATIONS not in parts:
        phases = tuple(replace(phase, consultations=()) for phase in phases)
        other_consultations = ()
    levels, shifts = (Level, Shift) if Part.LEVELS in parts else ((), ())
    content: dict[str, Any] = {
        "audience": scope.audience,
        "parts": parts,
        "identification": background.identification(scope, today),
        "scale": tuple(structure.Term(str(level.value), str(level.label)) for level in levels),
        "shifts": tuple(term(shift) for shift in shifts),
        "summary": summarised if Part.SUMMARY in parts else None,
        "methodology": sections["methodology"] if Part.METHODOLOGY in parts else None,
        "locality": sections["locality"],
        "annotation": sections["annotation"],
        "expert_support": sections["expert_support"],
        "starting_points": sections["starting_points"],
        "figures": background.figures(scope),
        "goals": read_goals,
        "steps": background.steps(scope),
        "outputs_introduction": sections["outputs"],
        "outputs": read_outputs,
        "criteria": read_criteria,
        "course": sections["course"],
        "phases": phases,
        "other_consultations": other_consultations,
        "statistics": statistics if Part.STATISTICS in parts else None,
        "recommendations": read_recommendations,
        "overall_evaluation": sections["overall_evaluation"],
        "cooperation": sections["cooperation"],
        "further_sections": background.further_sections(sections),
        "sources": background.sources(scope),
        "evidence": evidence.evidence(scope),
        "actors": read_actors if Part.PEOPLE in parts else (),
        "working_groups": people.working_groups(scope) if Part.PEOPLE in parts else (),
        "target_groups": people.target_groups(scope) if Part.PEOPLE in parts else (),
    }
    texts = structure.texts(tuple(content.values()))
    abbreviations = used_abbreviations(background.abbreviations(scope), texts)
    return structure.ProgramReport(abbreviations=abbreviations, **content)
