"""Signing in and out and the forgotten password, by django-allauth; and a person's drafts.

Other pages of django-allauth (signing up, changing e-mails) are not offered.
"""

from allauth.account import views
from django.urls import path, re_path

from accounts.views import draft_discard, draft_save

urlpatterns = [
    path("prihlaseni/", views.login, name="account_login"),
    path("odhlaseni/", views.logout, name="account_logout"),
    path("neaktivni/", views.account_inactive, name="account_inactive"),
    path("heslo/", views.password_change, name="account_change_password"),
    path("heslo/prvni/", views.password_set, name="account_set_password"),
    path("heslo/zapomenute/", views.password_reset, name="account_reset_password"),
    path(
        "heslo/zapomenute/odeslano/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^heslo/nove/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "heslo/nove/hotovo/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("koncepty/", draft_save, name="draft_save"),
    path("koncepty/<int:pk>/zahodit/", draft_discard, name="draft_discard"),
]
