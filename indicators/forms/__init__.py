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

__all__ = [
    "AdoptedCriterionForm",
    "AdoptionForm",
    "AssessmentForm",
    "CANNOT_JUDGE",
    "CatalogueAreaForm",
    "CatalogueForm",
    "CatalogueIndicatorForm",
    "CriterionForm",
    "EditorPart",
    "IndicatorEditor",
    "RatingForm",
    "VERDICTS",
]
