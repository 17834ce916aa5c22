"""Who may do what: roles of people in a program, as plain data.

The table is the product's own rule; docs/roles.md prints it for people.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Permission(StrEnum):
    VIEW_PROGRAM = "view_program"
    VIEW_PARTNER_CONTENT = "view_partner_content"
    VIEW_TEAM_CONTENT = "view_team_content"
    EDIT_TEAM_CONTENT = "edit_team_content"
    EDIT_FRAME = "edit_frame"
    EDIT_BASELINE = "edit_baseline"
    EDIT_EVALUATION = "edit_evaluation"
    RATE_AS_EXPERT = "rate_as_expert"
    RATE_AS_TOWN = "rate_as_town"
    EDIT_CONSULTATIONS = "edit_consultations"
    EDIT_EVIDENCE = "edit_evidence"
    RESPOND_FOR_TOWN = "respond_for_town"
    MANAGE_TEAM = "manage_team"
    EDIT_CODE_LISTS = "edit_code_lists"
    FOUND_PROGRAMS = "found_programs"


# Held through any membership, whatever the program, and by the operator: code lists and
# the founding of programs belong to no program.
GLOBAL_PERMISSIONS = frozenset({Permission.EDIT_CODE_LISTS, Permission.FOUND_PROGRAMS})


class Role(TextChoices):
    EXPERT = "expert", _("Expert")
    CONSULTANT = "consultant", _("Local consultant")
    METHODOLOGIST = "methodologist", _("Methodologist")
    TOWN = "town", _("Municipality")
    READER = "reader", _("Reader")

    @property
    def description(self) -> str:
        """What the role may do, in words for whoever gives it."""
        return str(_DESCRIPTIONS[self])


_DESCRIPTIONS = {
    Role.EXPERT: _("writes the whole program and gives the expert's ratings"),
    Role.CONSULTANT: _(
        "writes the whole program except the expert's ratings, and manages the team"
    ),
    Role.METHODOLOGIST: _("reads everything, changes nothing in the program; keeps code lists"),
    Role.TOWN: _(
        "writes the baseline state, gives the municipality's ratings and answers recommendations; "
        "does not see what is for the team only"
    ),
    Role.READER: _("reads what is public, writes nothing"),
}


class Visibility(TextChoices):
    TEAM = "team", pgettext_lazy("visibility", "team")
    PARTNERS = "partners", pgettext_lazy("visibility", "partners")
    PUBLIC = "public", pgettext_lazy("visibility", "public")


_READ_AS_TEAM = frozenset(
    {
        Permission.VIEW_PROGRAM,
        Permission.VIEW_PARTNER_CONTENT,
        Permission.VIEW_TEAM_CONTENT,
    }
)
_WRITE_AS_TEAM = _READ_AS_TEAM | {
    Permission.EDIT_TEAM_CONTENT,
    Permission.EDIT_FRAME,
    Permission.EDIT_BASELINE,
    Permission.EDIT_EVALUATION,
    Permission.EDIT_CONSULTATIONS,
    Permission.EDIT_EVIDENCE,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.EXPERT: _WRITE_AS_TEAM | {Permission.RATE_AS_EXPERT},
    Role.CONSULTANT: _WRITE_AS_TEAM
    | {Permission.RESPOND_FOR_TOWN, Permission.MANAGE_TEAM, Permission.FOUND_PROGRAMS},
    Role.METHODOLOGIST: _READ_AS_TEAM | {Permission.EDIT_CODE_LISTS},
    Role.TOWN: frozenset(
        {
            Permission.VIEW_PROGRAM,
            Permission.VIEW_PARTNER_CONTENT,
            Permission.EDIT_BASELINE,
            Permission.RATE_AS_TOWN,
            Permission.EDIT_EVIDENCE,
            Permission.RESPOND_FOR_TOWN,
        }
    ),
    Role.READER: frozenset({Permission.VIEW_PROGRAM}),
}


def visible_to(permissions: frozenset[Permission]) -> frozenset[Visibility]:
    """The visibilities a holder of the permissions may read."""
    visible = {Visibility.PUBLIC}
    if Permission.VIEW_PARTNER_CONTENT in permissions:
        visible.add(Visibility.PARTNERS)
    if Permission.VIEW_TEAM_CONTENT in permissions:
        visible.add(Visibility.TEAM)
    return frozenset(visible)
