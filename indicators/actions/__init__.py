"""Every change of the catalogue and of what is said about a program's indicators."""

from indicators.actions.adopted_criterion import (
    NotAdoptable,
    adopt_criteria,
    drop_criterion,
    move_adopted_criterion,
    save_adopted_criterion,
)
from indicators.actions.assessment import AssessmentConflict, Edit, Key, assess_indicator
from indicators.actions.catalogue import publish_catalogue

__all__ = [
    "AssessmentConflict",
    "Edit",
    "Key",
    "NotAdoptable",
    "adopt_criteria",
    "assess_indicator",
    "drop_criterion",
    "move_adopted_criterion",
    "publish_catalogue",
    "save_adopted_criterion",
]
