"""Addresses of the criteria a program has taken (Nastavení)."""

from django.urls import path

from indicators.views import adopted_criterion as views
from indicators.views.catalogue_move import catalogue_move

urlpatterns = [
    path("nastaveni/kriteria/", views.adopted_criterion_list, name="adopted_criterion_list"),
    path("nastaveni/kriteria/prevzit/", views.adopted_criterion_add, name="adopted_criterion_add"),
    path(
        "nastaveni/kriteria/<int:pk>/upravit/",
        views.adopted_criterion_edit,
        name="adopted_criterion_edit",
    ),
    path(
        "nastaveni/kriteria/<int:pk>/presunout/",
        views.adopted_criterion_move,
        name="adopted_criterion_move",
    ),
    path(
        "nastaveni/kriteria/<int:pk>/odebrat/",
        views.adopted_criterion_delete,
        name="adopted_criterion_delete",
    ),
    path(
        "nastaveni/kriteria/<int:pk>/historie/",
        views.adopted_criterion_history,
        name="adopted_criterion_history",
    ),
    path("nastaveni/kriteria/verze/<int:pk>/", catalogue_move, name="catalogue_move"),
]
