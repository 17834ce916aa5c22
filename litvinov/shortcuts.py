"""Every keyboard shortcut of the application: one list for the overlay, the help page and the grid.

A shortcut with a place in the page (`g p`, `n`, `/`) works where an element carries the same keys
in `data-shortcut`; litvinov/assets/shortcuts.js clicks it or, when it is a field, goes into it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Keys that have no sign of their own, by the names they have in this list.
_NAMED: dict[str, Promise | str] = {
    "Arrows": _("arrows"),
    "LeftRight": _("left and right arrow"),
    "Space": _("space bar"),
    "0-4": _("0 to 4"),
    "PageUp": "Page Up",
    "PageDown": "Page Down",
}


@dataclass(frozen=True)
class Chord:
    """Keys held together, and whether they are pressed only after the keys before them."""

    keys: tuple[Promise | str, ...]
    follows: bool


@dataclass(frozen=True)
class Shortcut:
    """`keys` holds alternatives divided by "|"; "Ctrl+S" is one press, "g p" is two."""

    keys: str
    does: Promise

    @property
    def ways(self) -> list[list[Chord]]:
        return [
            [
                Chord(tuple(_NAMED.get(key, key) for key in chord.split("+")), follows=place > 0)
                for place, chord in enumerate(way.split())
            ]
            for way in self.keys.split("|")
        ]


@dataclass(frozen=True)
class Group:
    name: str
    title: Promise
    shortcuts: tuple[Shortcut, ...]
    may_be_off: bool = False
    """Keys without Ctrl that work wherever the focus is; WCAG 2.1.4 wants a switch for them."""


GROUPS = (
    Group(
        "page",
        _("On every page"),
        (
            Shortcut("?", _("show this overview")),
            Shortcut("/", _("go into the search field")),
            Shortcut("n", _("add what the page lists, for example a goal or a consultation")),
        ),
        may_be_off=True,
    ),
    Group(
        "sections",
        _("Go to: g, then a letter"),
        (
            Shortcut("g m", _("My work")),
            Shortcut("g s", _("list of programs")),
            Shortcut("g p", _("Overview of the open program")),
            Shortcut("g c", _("Goals")),
            Shortcut("g h", _("Schedule")),
            Shortcut("g r", _("Course")),
            Shortcut("g u", _("Indicators")),
            Shortcut("g a", _("Actors")),
            Shortcut("g d", _("Recommendations")),
            Shortcut("g k", _("Sources and figures")),
            Shortcut("g z", _("Report")),
            Shortcut("g n", _("Settings")),
        ),
        may_be_off=True,
    ),
    Group(
        "forms",
        _("Forms and windows"),
        (
            Shortcut("Ctrl+S", _("save the form that is being filled in")),
            Shortcut("Esc", _("close a window or an open list")),
            Shortcut("Tab Enter", _("at the top of a page: skip to its content")),
            Shortcut("LeftRight|Home|End", _("go from tool to tool above a longer text")),
        ),
    ),
    Group(
        "grid",
        _("Cells of the table of indicators"),
        (
            Shortcut("Arrows", _("go from cell to cell")),
            Shortcut("Home|End", _("beginning and end of the row")),
            Shortcut("Ctrl+Home|Ctrl+End", _("the first and the last cell")),
            Shortcut("PageUp|PageDown", _("ten rows up and down")),
            Shortcut("0-4", _("set the level")),
            Shortcut("n|?", _("cannot be judged")),
            Shortcut("Delete|Backspace", _("take the rating back")),
            Shortcut("Space", _("open the list of levels")),
            Shortcut("Enter|F2", _("write the statement")),
            Shortcut("Shift+Space", _("tick the row")),
            Shortcut("Ctrl+Z", _("take back the last level that was set")),
        ),
    ),
    Group(
        "levels",
        _("Open list of levels"),
        (
            Shortcut("Arrows|Home|End", _("go from level to level")),
            Shortcut("Enter|Space", _("set the level")),
            Shortcut("0-4|n|?|Delete", _("set the level straight away")),
            Shortcut("Esc|Tab", _("close the list and go back to the cell")),
        ),
    ),
    Group(
        "statement",
        _("Open statement of an indicator"),
        (
            Shortcut("Ctrl+Enter|Ctrl+S", _("save the statement")),
            Shortcut("Esc", _("close it; what is typed stays for the next time")),
        ),
    ),
)


def group_of(name: str) -> Group:
    return next(group for group in GROUPS if group.name == name)
