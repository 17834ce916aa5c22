"""The one place where rights are checked: every view of a program loads it here."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from accounts.models import User
from accounts.roles import GLOBAL_PERMISSIONS, PERMISSIONS, Permission, Role, Visibility, visible_to
from programs.models import Membership, Program


@dataclass(frozen=True)
class ProgramAccess:
    """A program as one person may see and change it."""

    program: Program
    user: User
    role: Role

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        return PERMISSIONS[self.role]

    @cached_property
    def visibilities(self) -> frozenset[Visibility]:
        return visible_to(self.permissions)

    @property
    def may(self) -> dict[str, bool]:
        """For templates: `access.may.edit_consultations`."""
        return {permission.value: permission in self.permissions for permission in Permission}


def load_program(
    user: User | AnonymousUser, slug: str, *, needs: Permission = Permission.VIEW_PROGRAM
) -> ProgramAccess:
    """The program and what the person may do with it.

    Raises Http404 for somebody who is not its member (so that they do not learn that it
    exists) and PermissionDenied for a member without the permission. Asking for a
    permission that is not about a program is a programming error.
    """
    if needs in GLOBAL_PERMISSIONS:
        raise ValueError(f"{needs} belongs to no program.")
    if not isinstance(user, User):
        raise Http404
    try:
        membership = Membership.objects.select_related(
            "program__locality__municipality", "program__theme"
        ).get(program__slug=slug, user=user)
    except Membership.DoesNotExist:
        raise Http404 from None
    access = ProgramAccess(membership.program, user, Role(membership.role))
    if needs not in access.permissions:
        raise PermissionDenied
    return access


def readable_by(user: User, *, program: str, visibility: str = "visibility") -> Q:
    """Records of all the person's programs that they may read, as a filter.

    The arguments say where the records have their program and their visibility.
    """
    readable = Q()
    for each in Visibility:
        roles = [role for role, held in PERMISSIONS.items() if each in visible_to(held)]
        programs = Membership.objects.filter(user=user, role__in=roles).values("program")
        readable |= Q(**{visibility: each, f"{program}__in": programs})
    return readable


def has_global_permission(user: User | AnonymousUser, permission: Permission) -> bool:
    """Whether a role in any program gives a permission that belongs to no program.

    The operator, a superuser, holds all of them: somebody has to found the first program.
    """
    if permission not in GLOBAL_PERMISSIONS:
        raise ValueError(f"{permission} is a permission in a program.")
    roles = [role for role, permissions in PERMISSIONS.items() if permission in permissions]
    if not isinstance(user, User):
        return False
    return user.is_superuser or Membership.objects.filter(user=user, role__in=roles).exists()


def require_global(user: User | AnonymousUser, permission: Permission) -> User:
    """The person, if they hold the permission; raises PermissionDenied otherwise."""
    if not isinstance(user, User) or not has_global_permission(user, permission):
        raise PermissionDenied
    return user


def require_operator(user: User | AnonymousUser) -> User:
    """The person, if they run the application; raises PermissionDenied otherwise."""
    if not isinstance(user, User) or not user.is_superuser:
        raise PermissionDenied
    return user
