"""Every change of a program's records, each leaving who, when and what."""

from programs.actions.activity import delete_activity, move_activity, save_activity
from programs.actions.actor import (
    add_actor,
    delete_taken,
    leave_record,
    save_taken,
    take_records,
)
from programs.actions.code_list import save_abbreviation, save_theme
from programs.actions.consultation import delete_consultation, save_consultation
from programs.actions.evidence import attach_evidence, delete_evidence, save_evidence
from programs.actions.goal import CodeTaken, delete_goal, move_goal, renumber_goals, save_goal
from programs.actions.grouping import (
    NotLoose,
    attach_consultations,
    group_consultations,
    release_consultations,
)
from programs.actions.guards import ForeignRecord
from programs.actions.invitation import (
    InvitationClosed,
    accept_invitation,
    invite,
    register_invited,
    resend_invitation,
    withdraw_invitation,
)
from programs.actions.membership import add_member, remove_member, save_membership
from programs.actions.narrative import delete_narrative, move_narrative, save_narrative
from programs.actions.output import delete_output, save_output
from programs.actions.phase import (
    comment_phase,
    delete_phase,
    lay_quarterly_phases,
    save_phase,
    settle_phases,
)
from programs.actions.positioned import move_positioned, save_positioned
from programs.actions.program import begin_program, delete_program, save_program
from programs.actions.recommendation import (
    delete_recommendation,
    follow_up_recommendation,
    respond_to_recommendation,
    save_recommendation,
)
from programs.actions.restoring import restore_record, undelete_record
from programs.actions.schedule import delete_step
from programs.actions.section import (
    drop_section,
    plan_section,
    save_narrative_section,
    take_sections,
)
from programs.actions.source import (
    delete_abbreviation,
    delete_figure,
    delete_source,
    save_figure,
    save_source,
)

__all__ = [
    "CodeTaken",
    "ForeignRecord",
    "InvitationClosed",
    "NotLoose",
    "accept_invitation",
    "add_actor",
    "add_member",
    "attach_consultations",
    "attach_evidence",
    "begin_program",
    "comment_phase",
    "delete_abbreviation",
    "delete_activity",
    "delete_consultation",
    "delete_evidence",
    "delete_figure",
    "delete_goal",
    "delete_narrative",
    "delete_output",
    "delete_phase",
    "delete_program",
    "delete_recommendation",
    "delete_source",
    "delete_step",
    "delete_taken",
    "drop_section",
    "follow_up_recommendation",
    "group_consultations",
    "invite",
    "lay_quarterly_phases",
    "leave_record",
    "move_activity",
    "move_goal",
    "move_narrative",
    "move_positioned",
    "plan_section",
    "register_invited",
    "release_consultations",
    "remove_member",
    "renumber_goals",
    "resend_invitation",
    "respond_to_recommendation",
    "restore_record",
    "save_abbreviation",
    "save_activity",
    "save_consultation",
    "save_evidence",
    "save_figure",
    "save_goal",
    "save_membership",
    "save_narrative",
    "save_narrative_section",
    "save_output",
    "save_phase",
    "save_positioned",
    "save_program",
    "save_recommendation",
    "save_source",
    "save_taken",
    "save_theme",
    "settle_phases",
    "take_records",
    "take_sections",
    "undelete_record",
    "withdraw_invitation",
]
