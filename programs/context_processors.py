"""What every page's header needs to know."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.roles import Permission
from programs.access import has_global_permission


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Whether the person keeps code lists; asked only by pages that show the header."""

    def keeps_code_lists() -> bool:
        user = getattr(request, "user", None)
        return user is not None and has_global_permission(user, Permission.EDIT_CODE_LISTS)

    return {"keeps_code_lists": SimpleLazyObject(keeps_code_lists)}
