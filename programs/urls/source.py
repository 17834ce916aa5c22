"""Addresses of sources, figures and abbreviations (Podklady)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
