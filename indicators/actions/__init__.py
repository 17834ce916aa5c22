"""Every change of the catalogue and of what is said about a program's indicators."""

from indicators.actions.assessment import AssessmentConflict, Edit, Key, assess_indicator
from indicators.actions.catalogue import publish_catalogue

__all__ = [
    "AssessmentConflict",
    "Edit",
    "Key",
    "assess_indicator",
    "publish_catalogue",
]
