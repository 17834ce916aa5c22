"""Addresses of the register of evidence (Podklady)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
