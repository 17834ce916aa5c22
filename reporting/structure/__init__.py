"""A program as its report says it: one immutable reading, shared by every renderer.

Only dataclasses, tuples, enums, dates and scalars; no Django. Values, not formatted
texts: typography and wording of dates and numbers belong to the renderers. What an
audience may not see, and what the report was told to do without, is not here at all.

Goals (with phases and consultations) and criteria (with indicators) are two axes,
mirrored as two tuples; nothing joins them.

`key` is the number of the record in the database it was read from. It leads back to the form
where the record is mended and says nothing, so it belongs to no format and to no comparison.
"""

from reporting.structure.annexes import (
    Abbreviation,
    Actor,
    Evidence,
    Place,
    Seat,
    Source,
    TargetGroup,
    WorkingGroup,
)
from reporting.structure.basic import Audience, Count, Months, Part, Passage, Section, Term
from reporting.structure.course import Activity, Attendance, Consultation, Phase
from reporting.structure.criteria import (
    NOT_ASSESSED,
    Assessment,
    Correction,
    Criterion,
    Indicator,
    Rating,
)
from reporting.structure.goals import Goal, Output, Recommendation
from reporting.structure.program import Figure, Identification, Step
from reporting.structure.report import ProgramReport, texts
from reporting.structure.summary import GoalCell, MonthCount, Participation, Statistics, Summary

__all__ = [
    "Abbreviation",
    "Activity",
    "Actor",
    "Assessment",
    "Attendance",
    "Audience",
    "Consultation",
    "Correction",
    "Count",
    "Criterion",
    "Evidence",
    "Figure",
    "Goal",
    "GoalCell",
    "Identification",
    "Indicator",
    "MonthCount",
    "Months",
    "NOT_ASSESSED",
    "Output",
    "Part",
    "Participation",
    "Passage",
    "Phase",
    "Place",
    "ProgramReport",
    "Rating",
    "Recommendation",
    "Seat",
    "Section",
    "Source",
    "Statistics",
    "Step",
    "Summary",
    "TargetGroup",
    "Term",
    "WorkingGroup",
    "texts",
]
