"""Forms of the catalogue and of what is said about a program's indicators."""

from indicators.forms.adopted_criterion import AdoptedCriterionForm, AdoptionForm
from indicators.forms.catalogue import (
    CatalogueAreaForm,
    CatalogueForm,
    CatalogueIndicatorForm,
    CriterionForm,
)
from indicators.forms.indicator import (
    CANNOT_JUDGE,
    VERDICTS,
    AssessmentForm,
    EditorPart,
    IndicatorEditor,
    RatingForm,
)
from indicators.forms.recommendation import FollowUpForm, RecommendationForm, ResponseForm

__all__ = [
    "CANNOT_JUDGE",
    "VERDICTS",
    "AdoptedCriterionForm",
    "AdoptionForm",
    "AssessmentForm",
    "CatalogueAreaForm",
    "CatalogueForm",
    "CatalogueIndicatorForm",
    "CriterionForm",
    "EditorPart",
    "FollowUpForm",
    "IndicatorEditor",
    "RatingForm",
    "RecommendationForm",
    "ResponseForm",
]
