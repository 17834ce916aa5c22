"""Addresses of the report of a program (Zpráva)."""

from django.urls import path

from reporting.views import check, preview, report

app_name = "reporting"
urlpatterns = [
    path("", preview.report_preview, name="report_preview"),
    path("soubory/<slug:form>/", preview.report_file, name="report_file"),
    path("kontrola/", check.report_check, name="report_check"),
    path("srovnani/", check.report_comparison, name="report_comparison"),
    path("vydani/", report.report_list, name="report_list"),
    path("vydani/nove/", report.report_add, name="report_add"),
    path("vydani/<int:pk>/upravit/", report.report_edit, name="report_edit"),
    path("vydani/<int:pk>/smazat/", report.report_delete, name="report_delete"),
    path("vydani/<int:pk>/historie/", report.report_history, name="report_history"),
]
