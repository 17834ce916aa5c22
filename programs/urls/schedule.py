"""Addresses of the schedule (Harmonogram)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
