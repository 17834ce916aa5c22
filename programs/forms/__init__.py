"""Forms of a program's records: they clean input, actions save it."""

from programs.forms.abbreviation import AbbreviationForm
from programs.forms.activity import ActivityForm
from programs.forms.actor import ActorForm, TakeForm
from programs.forms.consultation import ConsultationForm
from programs.forms.figure import FigureForm
from programs.forms.goal import GoalEvaluationForm, GoalForm
from programs.forms.grouping import GroupingForm
from programs.forms.invitation import InvitationForm
from programs.forms.membership import MembershipForm, NewMembershipForm
from programs.forms.municipality import LocalityForm, MunicipalityForm
from programs.forms.narrative import NarrativeForm
from programs.forms.output import OutputForm
from programs.forms.phase import PhaseCommentForm, PhaseForm
from programs.forms.program import ProgramFrameForm, check_period
from programs.forms.section import (
    NarrativeSectionForm,
    ProgramSectionForm,
    SectionChoiceForm,
)
from programs.forms.source import SourceForm
from programs.forms.step import StepForm
from programs.forms.target_group import TargetGroupForm
from programs.forms.theme import ThemeForm
from programs.forms.working_group import GroupMemberForm, WorkingGroupForm

__all__ = [
    "AbbreviationForm",
    "ActivityForm",
    "ActorForm",
    "ConsultationForm",
    "FigureForm",
    "GoalEvaluationForm",
    "GoalForm",
    "GroupMemberForm",
    "GroupingForm",
    "LocalityForm",
    "MunicipalityForm",
    "NarrativeForm",
    "NarrativeSectionForm",
    "InvitationForm",
    "MembershipForm",
    "NewMembershipForm",
    "PhaseCommentForm",
    "PhaseForm",
    "ProgramSectionForm",
    "SectionChoiceForm",
    "SourceForm",
    "TakeForm",
    "TargetGroupForm",
    "OutputForm",
    "PhaseCommentForm",
    "ProgramFrameForm",
    "ProgramSectionForm",
    "SectionChoiceForm",
    "StepForm",
    "ThemeForm",
    "WorkingGroupForm",
    "check_period",
]
