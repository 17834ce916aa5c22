"""The one reading of a program into the structure of its report."""

from datetime import date
from typing import Any

from django.utils import translation

from indicators.shift import Level, Shift
from programs.models import Program
from reporting import structure
from reporting.abbreviations import used_abbreviations
from reporting.reading import background, course, criteria, evidence, goals, people
from reporting.reading.scope import Scope, term
from reporting.structure import Audience


def read_report(program: Program, *, audience: Audience, today: date) -> structure.ProgramReport:
    """Read everything the audience may see, in a number of queries that does not grow.

    Labels are Czech whatever the language of the screen.
    """
    with translation.override("cs"):
        return _read(Scope.of(program, audience), today)


def _read(scope: Scope, today: date) -> structure.ProgramReport:
    sections = background.sections(scope)
    phases, other_consultations = course.phases(scope)
    content: dict[str, Any] = {
        "audience": scope.audience,
        "identification": background.identification(scope, today),
        "scale": tuple(structure.Term(str(level.value), str(level.label)) for level in Level),
        "shifts": tuple(term(shift) for shift in Shift),
        "locality": sections["locality"],
        "annotation": sections["annotation"],
        "expert_support": sections["expert_support"],
        "starting_points": sections["starting_points"],
        "figures": background.figures(scope),
        "goals": goals.goals(scope),
        "steps": background.steps(scope),
        "outputs_introduction": sections["outputs"],
        "outputs": goals.outputs(scope),
        "criteria": criteria.criteria(scope),
        "course": sections["course"],
        "phases": phases,
        "other_consultations": other_consultations,
        "recommendations": goals.recommendations(scope),
        "overall_evaluation": sections["overall_evaluation"],
        "cooperation": sections["cooperation"],
        "further_sections": background.further_sections(sections),
        "sources": background.sources(scope),
        "evidence": evidence.evidence(scope),
        "actors": people.actors(scope),
        "working_groups": people.working_groups(scope),
        "target_groups": people.target_groups(scope),
    }
    texts = structure.texts(tuple(content.values()))
    abbreviations = used_abbreviations(background.abbreviations(scope), texts)
    return structure.ProgramReport(abbreviations=abbreviations, **content)
