"""Addresses of the report of a program (Zpráva)."""

from django.urls import path

from reporting.views import check, preview, rendering, report

app_name = "reporting"
urlpatterns = [
    path("", preview.report_preview, name="report_preview"),
    path("soubory/<slug:form>/", rendering.report_file, name="report_file"),
    path("soubory/<slug:form>/priprava/", rendering.rendering_detail, name="rendering_detail"),
    path("soubory/<slug:form>/znovu/", rendering.rendering_retry, name="rendering_retry"),
    path("kontrola/", check.report_check, name="report_check"),
    path("srovnani/", check.report_comparison, name="report_comparison"),
    path("vydani/", report.report_list, name="report_list"),
    path("vydani/nove/", report.report_add, name="report_add"),
    path("vydani/<int:pk>/upravit/", report.report_edit, name="report_edit"),
    path("vydani/<int:pk>/smazat/", report.report_delete, name="report_delete"),
    path("vydani/<int:pk>/historie/", report.report_history, name="report_history"),
]
