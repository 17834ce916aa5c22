"""Addresses of planned outputs (Cíle – Výstupy)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
