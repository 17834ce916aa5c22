"""What is missing in a person's programs, as far as their role says that it is theirs to give.

The number of queries depends on the roles a person has, not on how many programs.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext_lazy

from accounts.models import User
from accounts.roles import PERMISSIONS, Role
from indicators.addresses import (
    list_of_criteria,
    list_of_indicators,
    list_of_recommendations,
    list_of_sections,
    place_of_comment,
    place_of_evaluation,
    place_of_response,
    place_of_text,
)
from indicators.duties import IS_RATED, open_criteria, open_recommendations, open_sections
from indicators.models import AdoptedCriterion, Assessment, CriteriaCatalogue, Moment, Rater, Rating
from programs.access import readable_by
from programs.models import (
    Goal,
    Phase,
    Program,
    ProgramSection,
    ProgramState,
    Recommendation,
    RecommendationState,
)


@dataclass(frozen=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True)
class Gap:
    """Something that is missing: how much of it, and where to give it.

    `links` lead to each of the missing things; without them `address` leads to all.
    """

    text: str
    address: str = ""
    links: tuple[Link, ...] = ()


UNCOMMENTED = ngettext_lazy(
    "%(count)s phase has ended without the expert's comment",
    "%(count)s phases have ended without the expert's comment",
    "count",
)
UNEVALUATED = ngettext_lazy(
    "%(count)s goal without a degree of fulfilment",
    "%(count)s goals without a degree of fulfilment",
    "count",
)
UNDESCRIBED = ngettext_lazy(
    "%(count)s indicator without a statement of the baseline",
    "%(count)s indicators without a statement of the baseline",
    "count",
)
UNANSWERED = ngettext_lazy(
    "%(count)s recommendation without the response of the municipality",
    "%(count)s recommendations without the response of the municipality",
    "count",
)
UNWRITTEN = ngettext_lazy(
    "%(count)s section without a text",
    "%(count)s sections without a text",
    "count",
)
UNRATED = {
    Moment.BASELINE: ngettext_lazy(
        "%(count)s indicator without your rating of the baseline",
        "%(count)s indicators without your rating of the baseline",
        "count",
    ),
    Moment.FINAL: ngettext_lazy(
        "%(count)s indicator without your final rating",
        "%(count)s indicators without your final rating",
        "count",
    ),
}
WITHOUT_A_PERSON: tuple[tuple[Callable[[User], Any], Any, Callable[[Program], str]], ...] = (
    (
        open_sections,
        ngettext_lazy(
            "%(count)s section has no responsible person",
            "%(count)s sections have no responsible person",
            "count",
        ),
        list_of_sections,
    ),
    (
        open_criteria,
        ngettext_lazy(
            "%(count)s criterion has no responsible person",
            "%(count)s criteria have no responsible person",
            "count",
        ),
        list_of_criteria,
    ),
    (
        open_recommendations,
        ngettext_lazy(
            "%(count)s recommendation has no responsible person",
            "%(count)s recommendations have no responsible person",
            "count",
        ),
        list_of_recommendations,
    ),
)


ByProgram = Iterator[tuple[int, Gap]]


def is_closing(program: Program, today: date) -> bool:
    """The program has ended or is in its last month, so its final evaluation is due."""
    return program.state == ProgramState.FINISHED or today >= program.last_month


def gaps_of(user: User, roles: Iterable[tuple[Role, Program]], today: date) -> dict[int, list[Gap]]:
    """What is missing in each of the programs, by their keys."""
    programs: dict[Role, dict[int, Program]] = {}
    for role, program in roles:
        programs.setdefault(role, {})[program.pk] = program
    experts, towns = programs.get(Role.EXPERT, {}), programs.get(Role.TOWN, {})
    found: dict[int, list[Gap]] = {}
    for gaps in (
        _uncommented(experts, today),
        _unrated(user, {Rater.EXPERT: experts, Rater.TOWN: towns}, today),
        _unevaluated(experts, today),
        _undescribed(user, towns),
        _unanswered(user, towns),
        _unwritten(user, programs.get(Role.CONSULTANT, {})),
        _without_a_person(user, programs.get(Role.CONSULTANT, {})),
    ):
        for key, gap in gaps:
            found.setdefault(key, []).append(gap)
    return found


def draft_catalogues() -> list[Link]:
    """Catalogues that a methodologist has begun and not published."""
    drafts = CriteriaCatalogue.objects.filter(published_on__isnull=True).order_by("version_name")
    return [Link(str(draft), reverse("catalogue_detail", args=[draft.pk])) for draft in drafts]


def _uncommented(programs: dict[int, Program], today: date) -> ByProgram:
    phases = Phase.objects.filter(
        program__in=programs, expert_comment="", last_month__lt=today.replace(day=1)
    ).order_by("program", "position")
    links = _grouped(
        (phase.program_id, Link(str(phase), place_of_comment(phase, programs[phase.program_id])))
        for phase in (phases if programs else [])
    )
    for key, found in links.items():
        yield key, Gap(UNCOMMENTED % {"count": len(found)}, links=found)


def _unrated(user: User, programs: dict[Rater, dict[int, Program]], today: date) -> ByProgram:
    """Only what the rater could rate: what is hidden from them is not theirs to give."""
    for rater, own in programs.items():
        if not own:
            continue
        totals = _indicator_counts(own)
        rating = Rating.objects.filter(IS_RATED, assessment=OuterRef("pk"), rater=rater)
        assessments = Assessment.objects.filter(
            Exists(rating) | ~readable_by(user, program="adopted__program"),
            adopted__program__in=own,
        )
        rated = {
            (program, moment): count
            for program, moment, count in assessments.order_by()
            .values_list("adopted__program", "moment")
            .annotate(count=Count("indicator", distinct=True))
        }
        for key, program in own.items():
            for moment, text in UNRATED.items():
                missing = totals.get(key, 0) - rated.get((key, moment), 0)
                is_due = moment == Moment.BASELINE or is_closing(program, today)
                if missing > 0 and is_due:
                    yield key, Gap(text % {"count": missing}, list_of_indicators(program))


def _unevaluated(programs: dict[int, Program], today: date) -> ByProgram:
    closing = {key: each for key, each in programs.items() if is_closing(each, today)}
    goals = Goal.objects.evaluated().filter(program__in=closing, fulfilment="")
    links = _grouped(
        (goal.program_id, Link(goal.code, place_of_evaluation(goal, closing[goal.program_id])))
        for goal in (goals if programs else [])
    )
    for key, found in links.items():
        yield key, Gap(UNEVALUATED % {"count": len(found)}, links=found)


def _undescribed(user: User, programs: dict[int, Program]) -> ByProgram:
    if not programs:
        return
    totals = _indicator_counts(programs)
    described = dict(
        Assessment.objects.filter(
            ~Q(statement="") | ~readable_by(user, program="adopted__program"),
            adopted__program__in=programs,
            moment=Moment.BASELINE,
        )
        .order_by()
        .values_list("adopted__program")
        .annotate(count=Count("indicator", distinct=True))
    )
    for key, program in programs.items():
        missing = totals.get(key, 0) - described.get(key, 0)
        if missing > 0:
            yield key, Gap(UNDESCRIBED % {"count": missing}, list_of_indicators(program))


def _unanswered(user: User, programs: dict[int, Program]) -> ByProgram:
    recommendations = Recommendation.objects.filter(
        readable_by(user, program="program"),
        program__in=programs,
        state=RecommendationState.HANDED_OVER,
        response="",
    ).order_by("program", "position")
    links = _grouped(
        (each.program_id, Link(each.title, place_of_response(each, programs[each.program_id])))
        for each in (recommendations if programs else [])
    )
    for key, found in links.items():
        yield key, Gap(UNANSWERED % {"count": len(found)}, links=found)


def _unwritten(user: User, programs: dict[int, Program]) -> ByProgram:
    sections = open_sections(user).filter(program__in=programs).order_by("program", "position")
    links = _grouped(
        (plan.program_id, Link(str(plan), _place_of_text(plan, programs)))
        for plan in (sections if programs else [])
    )
    for key, found in links.items():
        yield key, Gap(UNWRITTEN % {"count": len(found)}, links=found)


def _place_of_text(plan: ProgramSection, programs: dict[int, Program]) -> str:
    return place_of_text(plan, programs[plan.program_id], PERMISSIONS[Role.CONSULTANT])


def _without_a_person(user: User, programs: dict[int, Program]) -> ByProgram:
    if not programs:
        return
    for duties, text, address in WITHOUT_A_PERSON:
        counts = (
            duties(user)
            .filter(program__in=programs, responsible__isnull=True)
            .order_by()
            .values_list("program")
            .annotate(count=Count("pk"))
        )
        for key, count in counts:
            yield key, Gap(text % {"count": count}, address(programs[key]))


def _indicator_counts(programs: Iterable[int]) -> dict[int, int]:
    return dict(
        AdoptedCriterion.objects.filter(program__in=list(programs))
        .order_by()
        .values_list("program")
        .annotate(count=Count("criterion__indicators"))
    )


def _grouped(pairs: Iterable[tuple[int, Link]]) -> dict[int, tuple[Link, ...]]:
    found: dict[int, tuple[Link, ...]] = {}
    for key, link in pairs:
        found[key] = (*found.get(key, ()), link)
    return found
