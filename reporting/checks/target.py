"""Where a finding is mended."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is mended: the names of the records, as in their addresses."""

    REPORT = "report"
    PROGRAM = "program"
    SECTION = "section"
    NARRATIVE = "narrative"
    FIGURE = "figure"
    GOAL = "goal"
    EVALUATION = "evaluation"
    STEP = "step"
    OUTPUT = "output"
    CRITERION = "criterion"
    INDICATOR = "indicator"
    PHASE = "phase"
    COMMENT = "comment"
    ACTIVITY = "activity"
    CONSULTATION = "consultation"
    RECOMMENDATION = "recommendation"
    RESPONSE = "response"
    FOLLOW_UP = "follow_up"
    ABBREVIATION = "abbreviation"
    SOURCE = "source"
    EVIDENCE = "evidence"
    ACTOR = "actor"
    WORKING_GROUP = "working_group"
    TARGET_GROUP = "target_group"


@dataclass(frozen=True, slots=True)
class Target:
    """The form a finding is mended in; `field` is the field of the form, `code` a section's.

    Without a key the list of such records is meant.
    """

    kind: Kind
    key: int = 0
    field: str = ""
    code: str = ""
