"""Addresses of written sections (Zpráva – Texty)."""

from django.urls import path

from programs.views import narrative

urlpatterns = [
    path("<slug:slug>/zprava/texty/", narrative.narrative_list, name="narrative_list"),
    path(
        "<slug:slug>/zprava/texty/<slug:section>/novy/",
        narrative.narrative_add,
        name="narrative_add",
    ),
    path(
        "<slug:slug>/zprava/texty/<int:pk>/upravit/",
        narrative.narrative_edit,
        name="narrative_edit",
    ),
    path(
        "<slug:slug>/zprava/texty/<int:pk>/smazat/",
        narrative.narrative_delete,
        name="narrative_delete",
    ),
    path(
        "<slug:slug>/zprava/texty/<int:pk>/poradi/", narrative.narrative_move, name="narrative_move"
    ),
    path(
        "<slug:slug>/zprava/texty/<int:pk>/historie/",
        narrative.narrative_history,
        name="narrative_history",
    ),
]
