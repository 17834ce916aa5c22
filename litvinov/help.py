"""Nápověda: its topics, which of them a page needs, and its pictures. It is in Czech only."""

import struct
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from django.conf import settings

PICTURES = Path(settings.BASE_DIR) / "litvinov" / "assets" / "help"
"""PNG files that tests/browser/test_help.py takes."""
SCALE = 1.5
"""Pixels of a picture for each one of the page, so that it is sharp on fine screens too."""


@dataclass(frozen=True)
class Topic:
    name: str
    anchor: str
    title: str

    @property
    def template(self) -> str:
        return f"help/_{self.name}.html"


TOPICS = (
    Topic("first_steps", "prvni-kroky", "První kroky"),
    Topic("indicators", "ukazatele", "Nastavit úrovně ukazatelů"),
    Topic("consultation", "konzultace", "Zapsat konzultaci z telefonu"),
    Topic("writing", "psani", "Psát a o nic nepřijít"),
    Topic("conflict", "stret", "Když totéž upravují dva"),
    Topic("history", "historie", "Historie a obnovení"),
    Topic("recommendation", "doporuceni", "Doporučení a vyjádření obce"),
    Topic("evidence", "doklady", "Doklady"),
    Topic("report", "zprava", "Zpráva v PDF"),
    Topic("team", "tym", "Pozvat do týmu"),
    Topic("shortcuts", "klavesove-zkratky", "Klávesové zkratky"),
    Topic("accessibility", "pristupnost", "Přístupnost"),
)

# Names of routes and the anchor that helps there; the first that fits holds.
NEEDS = (
    ("*_history", "historie"),
    ("indicators:indicator_*", "ukazatele"),
    ("indicators:interim_*", "ukazatele"),
    ("indicators:recommendation_*", "doporuceni"),
    ("indicators:evidence_*", "doklady"),
    ("programs:consultation_*", "konzultace"),
    ("programs:narrative_*", "psani"),
    ("programs:section_*", "psani"),
    ("programs:member_*", "tym"),
    ("programs:invitation_*", "tym"),
    ("reporting:*", "zprava"),
)


def anchor_for(route: str) -> str:
    """The topic that helps on a page, or nothing where the whole page does."""
    return next((anchor for needs, anchor in NEEDS if fnmatchcase(route, needs)), "")


@cache
def picture_size(name: str) -> tuple[int, int]:
    """Width and height of a picture on the page, read from the head of its file."""
    with (PICTURES / f"{name}.png").open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])
    return round(width / SCALE), round(height / SCALE)
