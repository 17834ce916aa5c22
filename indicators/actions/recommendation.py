"""Recommendations with the indicators they concern."""

from collections.abc import Collection

from django.db import transaction

from accounts import audit
from accounts.models import User
from actors.models import Actor, TargetGroup
from indicators.actions.assessment import IndicatorMoved
from indicators.models import Indicator, IndicatorRecommendation
from programs import actions
from programs.models import Goal, Program, Recommendation


@transaction.atomic
def save_recommendation(
    *,
    recommendation: Recommendation,
    opened_version: int,
    goals: Collection[Goal],
    addressees: Collection[Actor],
    target_groups: Collection[TargetGroup],
    indicators: Collection[Indicator],
    by: User,
) -> Recommendation:
    """Save a recommendation and its links to indicators, all or nothing.

    Links to indicators of criteria that the program no longer has stay as they are. Raises
    what `programs.actions.save_recommendation` does, and IndicatorMoved for an indicator of
    a criterion that the program has not adopted, or no longer has.
    """
    # Nobody moves the program to another version of the catalogue in the meantime.
    Program.objects.select_for_update().get(pk=recommendation.program_id)
    own = set(Indicator.objects.of_program(recommendation.program))
    for indicator in indicators:
        if indicator not in own:
            raise IndicatorMoved(str(indicator))
    saved = actions.save_recommendation(
        recommendation=recommendation,
        opened_version=opened_version,
        goals=goals,
        addressees=addressees,
        target_groups=target_groups,
        by=by,
    )
    wanted = set(indicators)
    links = {
        link.indicator: link for link in saved.indicator_links.select_related("indicator").all()
    }
    for indicator, link in links.items():
        if indicator in own - wanted:
            audit.delete_record(link, by=by)
    for indicator in indicators:
        if indicator not in links:
            link = IndicatorRecommendation(recommendation=saved, indicator=indicator)
            audit.save_record(link, by=by)
    return saved
