"""Addresses of written sections (Zpráva – Texty)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
