"""Filters of a program's indicators and recommendations."""

from indicators.filters.indicator import IndicatorFilter, ready_views
from indicators.filters.recommendation import RecommendationFilter

__all__ = ["IndicatorFilter", "RecommendationFilter", "ready_views"]
