"""Forms of the catalogue and of what is said about a program's indicators."""

from indicators.forms.adopted_criterion import AdoptedCriterionForm, AdoptionForm
from indicators.forms.indicator import (
    CANNOT_JUDGE,
    VERDICTS,
    AssessmentForm,
    EditorPart,
    IndicatorEditor,
    RatingForm,
)

__all__ = [
    "CANNOT_JUDGE",
    "VERDICTS",
    "AdoptedCriterionForm",
    "AdoptionForm",
    "AssessmentForm",
    "EditorPart",
    "IndicatorEditor",
    "RatingForm",
]
