"""Criteria, their indicators, and how a town meets them."""

from indicators.models.assessment import (
    CANNOT_JUDGE,
    Assessment,
    Contribution,
    Moment,
    Rater,
    Rating,
)
from indicators.models.baseline_correction import BaselineCorrection
from indicators.models.catalogue import (
    CatalogueArea,
    CataloguePublished,
    CriteriaCatalogue,
    Criterion,
    Indicator,
)
from indicators.models.program_criterion import AdoptedCriterion, IndicatorRecommendation

__all__ = [
    "CANNOT_JUDGE",
    "AdoptedCriterion",
    "Assessment",
    "BaselineCorrection",
    "CatalogueArea",
    "CataloguePublished",
    "Contribution",
    "CriteriaCatalogue",
    "Criterion",
    "Indicator",
    "IndicatorRecommendation",
    "Moment",
    "Rater",
    "Rating",
]
