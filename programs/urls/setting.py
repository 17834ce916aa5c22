"""Addresses of the frame of a program and its sections (Nastavení)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
