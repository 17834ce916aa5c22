"""Who may do what: the rights table, typed out once more by hand."""

import pytest

from accounts.roles import (
    GLOBAL_PERMISSIONS,
    PERMISSIONS,
    Permission,
    Role,
    Visibility,
    visible_to,
)

RIGHTS = {
    #                       expert consultant methodologist town reader
    "view_program":         "yes    yes        yes           yes  yes",
    "view_partner_content": "yes    yes        yes           yes  no",
    "view_team_content":    "yes    yes        yes           no   no",
    "edit_team_content":    "yes    yes        no            no   no",
    "edit_frame":           "yes    yes        no            no   no",
    "edit_baseline":        "yes    yes        no            yes  no",
    "edit_evaluation":      "yes    yes        no            no   no",
    "rate_as_expert":       "yes    no         no            no   no",
    "rate_as_town":         "no     no         no            yes  no",
    "edit_consultations":   "yes    yes        no            no   no",
    "edit_evidence":        "yes    yes        no            yes  no",
    "respond_for_town":     "no     yes        no            yes  no",
    "manage_team":          "no     yes        no            no   no",
    "edit_code_lists":      "no     no         yes           no   no",
    "found_programs":       "no     yes        no            no   no",
}  # fmt: skip
ROLES = ["expert", "consultant", "methodologist", "town", "reader"]


def test_permissions_are_those_of_the_table() -> None:
    given = {
        permission: " ".join(
            "yes" if Permission(permission) in PERMISSIONS[Role(role)] else "no" for role in ROLES
        )
        for permission in Permission
    }

    assert given == {permission: " ".join(row.split()) for permission, row in RIGHTS.items()}


def test_permissions_are_given_to_every_role_and_no_other() -> None:
    assert [str(role) for role in PERMISSIONS] == ROLES
    assert list(Role.values) == ROLES


def test_permissions_table_names_every_permission() -> None:
    assert [str(permission) for permission in Permission] == list(RIGHTS)


def test_global_permissions_are_those_that_belong_to_no_program() -> None:
    assert sorted(GLOBAL_PERMISSIONS) == ["edit_code_lists", "found_programs"]


@pytest.mark.parametrize(
    ("role", "visible"),
    [
        (Role.EXPERT, {"team", "partners", "public"}),
        (Role.CONSULTANT, {"team", "partners", "public"}),
        (Role.METHODOLOGIST, {"team", "partners", "public"}),
        (Role.TOWN, {"partners", "public"}),
        (Role.READER, {"public"}),
    ],
)
def test_visible_to_role_is_what_it_may_read(role: Role, visible: set[str]) -> None:
    assert {str(visibility) for visibility in visible_to(PERMISSIONS[role])} == visible


def test_visible_to_somebody_without_permissions_is_what_is_public() -> None:
    assert visible_to(frozenset()) == {Visibility.PUBLIC}
