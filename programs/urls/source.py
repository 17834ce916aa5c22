"""Addresses of sources, figures and abbreviations (Podklady)."""

from django.urls import path

from programs.views import abbreviation, figure, source

SOURCES = "<slug:slug>/podklady/"
FIGURES = "<slug:slug>/podklady/udaje/"
ABBREVIATIONS = "<slug:slug>/podklady/zkratky/"

urlpatterns = [
    path(SOURCES, source.source_list, name="source_list"),
    path(f"{SOURCES}novy/", source.source_add, name="source_add"),
    path(f"{SOURCES}<int:pk>/upravit/", source.source_edit, name="source_edit"),
    path(f"{SOURCES}<int:pk>/smazat/", source.source_delete, name="source_delete"),
    path(f"{SOURCES}<int:pk>/presunout/", source.source_move, name="source_move"),
    path(f"{SOURCES}<int:pk>/historie/", source.source_history, name="source_history"),
    path(FIGURES, figure.figure_list, name="figure_list"),
    path(f"{FIGURES}novy/", figure.figure_add, name="figure_add"),
    path(f"{FIGURES}<int:pk>/upravit/", figure.figure_edit, name="figure_edit"),
    path(f"{FIGURES}<int:pk>/smazat/", figure.figure_delete, name="figure_delete"),
    path(f"{FIGURES}<int:pk>/presunout/", figure.figure_move, name="figure_move"),
    path(f"{FIGURES}<int:pk>/historie/", figure.figure_history, name="figure_history"),
    path(ABBREVIATIONS, abbreviation.abbreviation_list, name="abbreviation_list"),
    path(f"{ABBREVIATIONS}nova/", abbreviation.abbreviation_add, name="abbreviation_add"),
    path(
        f"{ABBREVIATIONS}<int:pk>/upravit/",
        abbreviation.abbreviation_edit,
        name="abbreviation_edit",
    ),
    path(
        f"{ABBREVIATIONS}<int:pk>/smazat/",
        abbreviation.abbreviation_delete,
        name="abbreviation_delete",
    ),
    path(
        f"{ABBREVIATIONS}<int:pk>/historie/",
        abbreviation.abbreviation_history,
        name="abbreviation_history",
    ),
]
