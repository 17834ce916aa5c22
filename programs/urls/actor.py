"""Addresses of actors, working groups and target groups (Aktéři)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
