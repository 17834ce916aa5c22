"""Addresses of the frame of a program and its sections (Nastavení)."""

from django.urls import path

from programs.views import section, setting

urlpatterns = [
    path("<slug:slug>/nastaveni/", setting.program_edit, name="program_edit"),
    path("<slug:slug>/nastaveni/smazat/", setting.program_delete, name="program_delete"),
    path("<slug:slug>/nastaveni/historie/", setting.frame_history, name="frame_history"),
    path("<slug:slug>/nastaveni/oddily/", section.section_list, name="section_list"),
    path(
        "<slug:slug>/nastaveni/oddily/<int:pk>/upravit/", section.section_edit, name="section_edit"
    ),
    path(
        "<slug:slug>/nastaveni/oddily/<int:pk>/vynechat/", section.section_drop, name="section_drop"
    ),
    path(
        "<slug:slug>/nastaveni/oddily/<int:pk>/poradi/", section.section_move, name="section_move"
    ),
    path(
        "<slug:slug>/nastaveni/oddily/<int:pk>/historie/",
        section.section_history,
        name="section_history",
    ),
]
