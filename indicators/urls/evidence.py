"""Addresses of the register of evidence (Podklady)."""

from django.urls import path

from indicators.views import evidence

urlpatterns = [
    path("podklady/doklady/", evidence.evidence_list, name="evidence_list"),
    path("podklady/doklady/novy/", evidence.evidence_add, name="evidence_add"),
    path("podklady/doklady/prilohy.zip", evidence.evidence_archive, name="evidence_archive"),
    path("podklady/doklady/<int:pk>/soubor/", evidence.evidence_file, name="evidence_file"),
    path("podklady/doklady/<int:pk>/upravit/", evidence.evidence_edit, name="evidence_edit"),
    path("podklady/doklady/<int:pk>/smazat/", evidence.evidence_delete, name="evidence_delete"),
    path("podklady/doklady/<int:pk>/historie/", evidence.evidence_history, name="evidence_history"),
    path("podklady/doklady/<int:pk>/poradi/", evidence.evidence_move, name="evidence_move"),
]
