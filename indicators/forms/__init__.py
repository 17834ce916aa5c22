"""Forms of the catalogue and of what is said about a program's indicators."""

from indicators.forms.adopted_criterion import (
    AdoptedCriterionForm,
    AdoptionForm,
    CriteriaPlanForm,
)
from indicators.forms.assessment import (
    VERDICTS,
    AssessmentForm,
    RatingForm,
    StatementForm,
    typed_in_editor,
)
from indicators.forms.catalogue import (
    CatalogueAreaForm,
    CatalogueForm,
    CatalogueIndicatorForm,
    CriterionForm,
)
from indicators.forms.catalogue_move import CatalogueMoveForm
from indicators.forms.evidence import EvidenceForm, too_large
from indicators.forms.indicator import EditorPart, IndicatorEditor
from indicators.forms.rating import UNCHOSEN, BulkForm, LevelForm, Tick, TickedForm
from indicators.forms.recommendation import FollowUpForm, RecommendationForm, ResponseForm
from indicators.forms.search import SearchForm

__all__ = [
    "UNCHOSEN",
    "VERDICTS",
    "AdoptedCriterionForm",
    "AdoptionForm",
    "AssessmentForm",
    "BulkForm",
    "CatalogueAreaForm",
    "CatalogueForm",
    "CatalogueIndicatorForm",
    "CatalogueMoveForm",
    "CriteriaPlanForm",
    "CriterionForm",
    "EditorPart",
    "EvidenceForm",
    "FollowUpForm",
    "IndicatorEditor",
    "LevelForm",
    "RatingForm",
    "RecommendationForm",
    "ResponseForm",
    "SearchForm",
    "StatementForm",
    "Tick",
    "TickedForm",
    "too_large",
    "typed_in_editor",
]
