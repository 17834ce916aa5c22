"""What every page's header needs to know."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import Permission
from programs.access import has_global_permission


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the person may do outside programs; asked only by pages that show it."""

    def founds_programs() -> bool:
        user = getattr(request, "user", None)
        return user is not None and has_global_permission(user, Permission.FOUND_PROGRAMS)

    def keeps_code_lists() -> bool:
        user = getattr(request, "user", None)
        return user is not None and has_global_permission(user, Permission.EDIT_CODE_LISTS)

    return {
        "founds_programs": SimpleLazyObject(founds_programs),
        "keeps_code_lists": SimpleLazyObject(keeps_code_lists),
    }
