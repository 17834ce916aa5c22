import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.roles import Permission, Role, Visibility
from programs.access import has_global_permission, load_program, require_global
from tests.conftest import Cast


def test_member_gets_program_with_role(cast: Cast) -> None:
    access = load_program(cast.town, "nas")

    assert (access.program, access.role) == (cast.program, Role.TOWN)
    assert access.visibilities == {Visibility.PUBLIC, Visibility.PARTNERS}


def test_stranger_learns_nothing(cast: Cast) -> None:
    with pytest.raises(Http404):
        load_program(cast.stranger, "nas")


def test_anonymous_learns_nothing(cast: Cast) -> None:
    with pytest.raises(Http404):
        load_program(AnonymousUser(), "nas")


def test_missing_permission_refused(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        load_program(cast.reader, "nas", needs=Permission.EDIT_FRAME)


def test_permission_of_no_program_is_a_mistake(cast: Cast) -> None:
    with pytest.raises(ValueError, match="belongs to no program"):
        load_program(cast.methodologist, "nas", needs=Permission.EDIT_CODE_LISTS)


def test_permission_of_a_program_is_not_global(cast: Cast) -> None:
    with pytest.raises(ValueError, match="permission in a program"):
        has_global_permission(cast.expert, Permission.EDIT_FRAME)


def test_global_permission_comes_from_any_program(cast: Cast) -> None:
    assert require_global(cast.methodologist, Permission.EDIT_CODE_LISTS) == cast.methodologist


def test_global_permission_refused_to_others(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        require_global(cast.expert, Permission.EDIT_CODE_LISTS)


def test_loading_takes_one_query(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        access = load_program(cast.expert, "nas")
        str(access.program.locality), str(access.program.theme)
