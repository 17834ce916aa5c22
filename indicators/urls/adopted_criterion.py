"""Addresses of the criteria a program has taken (Nastavení)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
