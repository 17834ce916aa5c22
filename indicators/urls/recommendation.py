"""Addresses of recommendations (Doporučení)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
