"""Addresses of the team (Nastavení – Tým)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
