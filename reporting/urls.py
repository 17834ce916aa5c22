from django.urls import path

from reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.report_preview, name="report_preview"),
    path("pdf/", views.report_pdf, name="report_pdf"),
]
