"""What every page's header needs to know about a person's work."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from indicators.duties import overdue_count


def work(request: HttpRequest) -> dict[str, Any]:
    """How much of the person's work is overdue; asked only by pages that show the header."""

    def count() -> int:
        user = getattr(request, "user", None)
        return overdue_count(user, timezone.localdate()) if isinstance(user, User) else 0

    counting: Callable[[], int] = count
    return {"overdue_count": counting}
