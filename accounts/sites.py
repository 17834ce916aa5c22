"""The Django admin as the operator gets it: our sign-in, our passwords, superusers only."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class OperatorSite(admin.AdminSite):
    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("Catalogue of criteria")
    # An address that leads nowhere is not found, as everywhere else.
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_active and user.is_superuser)

    def get_urls(self) -> list[Any]:
        """Visitors are led to our sign-in straight away, and from it back to where they were."""
        patterns: list[Any] = super().get_urls()
        for pattern in patterns:
            view: Any = getattr(pattern, "callback", None)
            if hasattr(view, "login_url"):
                view.login_url = reverse_lazy(settings.LOGIN_URL)
        return patterns

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Whoever comes here has signed in already; raises PermissionDenied for the others."""
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("account_change_password")
