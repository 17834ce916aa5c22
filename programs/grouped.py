"""What an activity made of consultations begins with; people edit it before it is saved."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import pgettext

from litvinov import czech
from programs.models import Consultation, Phase

LONGEST_TITLE = 250


def proposal(consultations: Sequence[Consultation]) -> dict[str, Any]:
    """The fields of an activity as its consultations tell them, in the order they were held.

    The report is Czech, so are the title and the text. Notes of the team stay out.
    """
    with translation.override("cs"):
        return {
            "phase": proposed_phase(consultations),
            "title": _title(consultations),
            "text": "\n".join(_item(one) for one in consultations),
            "goals": _union(one.goals.all() for one in consultations),
            "actors": _union(one.actors.all() for one in consultations),
            "held_from": min(one.held_on for one in consultations),
            "held_to": max(one.held_on for one in consultations),
        }


def phase_counts(consultations: Iterable[Consultation]) -> list[tuple[Phase | None, int]]:
    """How many of the consultations each phase has, in the order of phases; None at the end."""
    phases = {one.phase_id: one.phase for one in consultations}
    counts = Counter(one.phase_id for one in consultations)
    found = [(phases[key], count) for key, count in counts.items()]
    return sorted(found, key=lambda pair: (pair[0] is None, pair[0] and pair[0].position or 0))


def proposed_phase(consultations: Iterable[Consultation]) -> Phase | None:
    """The phase that most of the consultations belong to, the earlier of two."""
    counts = [(phase, count) for phase, count in phase_counts(consultations) if phase]
    return max(counts, key=lambda pair: pair[1])[0] if counts else None


def _title(consultations: Sequence[Consultation]) -> str:
    kinds = {one.get_kind_display() for one in consultations}
    kind = kinds.pop() if len(kinds) == 1 else pgettext("title of an activity", "consultations")
    shared = set.intersection(
        *({actor.name for actor in one.actors.all()} for one in consultations)
    )
    title = capfirst(kind)
    if 0 < len(shared) <= 2:
        title = f"{title} – {', '.join(sorted(shared, key=czech.sort_key))}"
    return title[:LONGEST_TITLE]


def _item(consultation: Consultation) -> str:
    """An item of a list in Markdown; the date is bold, or it would begin a list of its own."""
    lines = consultation.outcome.replace("\r\n", "\n").strip().split("\n")
    head = f"- **{_day(consultation.held_on)}** – {consultation.get_kind_display()}:"
    rest = ["  " + line if line.strip() else "" for line in lines]
    if lines[0].lstrip()[:1] in "-*+>" or lines[0].lstrip()[:1].isdigit():
        return "\n".join([head, "", *rest])
    return "\n".join([f"{head} {lines[0].strip()}", *rest[1:]])


def _day(day: date) -> str:
    return f"{day.day}. {day.month}. {day.year}"


def _union(linked: Iterable[Iterable[Any]]) -> list[int]:
    return list(dict.fromkeys(record.pk for records in linked for record in records))
