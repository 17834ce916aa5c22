"""What a program is made of, a module for each noun."""

from programs.models.abbreviation import Abbreviation
from programs.models.consultation import Attendance, Consultation, ConsultationKind
from programs.models.evidence import Evidence
from programs.models.figure import ContextFigure, DatePrecision
from programs.models.goal import Fulfilment, Goal, ImplementationState, StatePosition
from programs.models.invitation import Invitation, InvitationState
from programs.models.narrative import Narrative, NarrativeSection, ProgramSection
from programs.models.output import Delivery, Output
from programs.models.phase import Activity, Phase
from programs.models.program import LastConsultant, Membership, Program, ProgramState, Theme
from programs.models.recommendation import (
    FollowUp,
    Priority,
    Recommendation,
    RecommendationState,
    Response,
)
from programs.models.schedule import ScheduleStep, StepTiming
from programs.models.source import Source

__all__ = [
    "Abbreviation",
    "Activity",
    "Attendance",
    "Consultation",
    "ConsultationKind",
    "ContextFigure",
    "DatePrecision",
    "Delivery",
    "Evidence",
    "FollowUp",
    "Fulfilment",
    "Goal",
    "ImplementationState",
    "Invitation",
    "InvitationState",
    "LastConsultant",
    "Membership",
    "Narrative",
    "NarrativeSection",
    "Output",
    "Phase",
    "Priority",
    "Program",
    "ProgramSection",
    "ProgramState",
    "Recommendation",
    "RecommendationState",
    "Response",
    "ScheduleStep",
    "Source",
    "StatePosition",
    "StepTiming",
    "Theme",
]
