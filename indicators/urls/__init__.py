"""Addresses of a program's pages that know of indicators, a module for each noun."""

from indicators.urls import adopted_criterion, evidence, indicator, recommendation

app_name = "indicators"
urlpatterns = [
    *indicator.urlpatterns,
    *recommendation.urlpatterns,
    *evidence.urlpatterns,
    *adopted_criterion.urlpatterns,
]
