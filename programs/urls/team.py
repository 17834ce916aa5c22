"""Addresses of the team (Nastavení – Tým)."""

from django.urls import path

from programs.views import team

urlpatterns = [
    path("<slug:slug>/nastaveni/tym/", team.member_list, name="member_list"),
    path("<slug:slug>/nastaveni/tym/odejit/", team.member_leave, name="member_leave"),
    path("<slug:slug>/nastaveni/tym/pozvat/", team.invitation_add, name="invitation_add"),
    path("<slug:slug>/nastaveni/tym/<int:pk>/upravit/", team.member_edit, name="member_edit"),
    path("<slug:slug>/nastaveni/tym/<int:pk>/odebrat/", team.member_remove, name="member_remove"),
    path(
        "<slug:slug>/nastaveni/tym/<int:pk>/historie/", team.member_history, name="member_history"
    ),
    path(
        "<slug:slug>/nastaveni/tym/pozvanky/<int:pk>/poslat/",
        team.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "<slug:slug>/nastaveni/tym/pozvanky/<int:pk>/stahnout/",
        team.invitation_withdraw,
        name="invitation_withdraw",
    ),
]
