"""Addresses of the schedule (Harmonogram)."""

from django.urls import path

from programs.views import schedule

urlpatterns = [
    path("<slug:slug>/harmonogram/", schedule.schedule_detail, name="schedule_detail"),
    path("<slug:slug>/harmonogram/novy-krok/", schedule.step_add, name="step_add"),
    path("<slug:slug>/harmonogram/<int:pk>/upravit/", schedule.step_edit, name="step_edit"),
    path("<slug:slug>/harmonogram/<int:pk>/smazat/", schedule.step_delete, name="step_delete"),
    path("<slug:slug>/harmonogram/<int:pk>/presunout/", schedule.step_move, name="step_move"),
    path("<slug:slug>/harmonogram/<int:pk>/historie/", schedule.step_history, name="step_history"),
]
