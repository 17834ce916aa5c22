"""Every change of the catalogue and of what is said about a program's indicators."""

from indicators.actions.adopted_criterion import (
    NotAdoptable,
    adopt_criteria,
    drop_criterion,
    move_adopted_criterion,
    save_adopted_criterion,
)
from indicators.actions.assessment import (
    AssessmentConflict,
    DayTaken,
    Edit,
    IndicatorMoved,
    Key,
    RatingConflict,
    ReasonMissing,
    assess_indicator,
    delete_interim,
    rate_indicators,
)
from indicators.actions.catalogue import (
    CatalogueCodeTaken,
    CatalogueIncomplete,
    delete_catalogue,
    delete_catalogue_part,
    draft_next_version,
    missing_parts,
    move_catalogue_indicator,
    move_criterion,
    publish_catalogue,
    save_catalogue,
    save_catalogue_area,
    save_catalogue_indicator,
    save_criterion,
)
from indicators.actions.catalogue_move import MoveRefused, move_to_catalogue
from indicators.actions.evidence import save_evidence
from indicators.actions.founding import Founding, found_program
from indicators.actions.recommendation import save_recommendation

__all__ = [
    "AssessmentConflict",
    "CatalogueCodeTaken",
    "CatalogueIncomplete",
    "DayTaken",
    "Edit",
    "Key",
    "Founding",
    "IndicatorMoved",
    "MoveRefused",
    "NotAdoptable",
    "RatingConflict",
    "ReasonMissing",
    "adopt_criteria",
    "assess_indicator",
    "delete_catalogue",
    "delete_catalogue_part",
    "delete_interim",
    "draft_next_version",
    "drop_criterion",
    "found_program",
    "missing_parts",
    "move_adopted_criterion",
    "move_catalogue_indicator",
    "move_criterion",
    "move_to_catalogue",
    "publish_catalogue",
    "rate_indicators",
    "save_adopted_criterion",
    "save_catalogue",
    "save_catalogue_area",
    "save_catalogue_indicator",
    "save_criterion",
    "save_evidence",
    "save_recommendation",
]
