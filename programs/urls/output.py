"""Addresses of planned outputs (Cíle – Výstupy)."""

from django.urls import path

from programs.views import output

urlpatterns = [
    path("<slug:slug>/cile/vystupy/", output.output_list, name="output_list"),
    path("<slug:slug>/cile/vystupy/novy/", output.output_add, name="output_add"),
    path("<slug:slug>/cile/vystupy/<int:pk>/upravit/", output.output_edit, name="output_edit"),
    path("<slug:slug>/cile/vystupy/<int:pk>/smazat/", output.output_delete, name="output_delete"),
    path("<slug:slug>/cile/vystupy/<int:pk>/presunout/", output.output_move, name="output_move"),
    path(
        "<slug:slug>/cile/vystupy/<int:pk>/historie/", output.output_history, name="output_history"
    ),
]
