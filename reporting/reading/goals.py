"""The first axis: goals, and what was planned and recommended for them."""

from litvinov import narrative
from programs import models as programs
from reporting import structure
from reporting.reading.scope import Scope, choice, codes, names, term


def goals(scope: Scope) -> tuple[structure.Goal, ...]:
    by_goal: dict[int, list[int]] = {}
    for recommendation in scope.recommendations:
        for goal in recommendation.goals.all():
            by_goal.setdefault(goal.pk, []).append(recommendation.position)
    return tuple(
        structure.Goal(
            code=goal.code,
            depth=goal.depth,
            short_title=goal.short_title,
            wording=goal.wording,
            state=choice(programs.ImplementationState, goal.implementation_state),
            fulfilment=choice(programs.Fulfilment, goal.fulfilment),
            reason=goal.state_reason,
            position=choice(programs.StatePosition, goal.state_position),
            addressed_by_recommendation=goal.addressed_by_recommendation,
            recommendations=tuple(by_goal.get(goal.pk, [])),
            evaluation=narrative.parse(goal.evaluation),
            sources=scope.numbers(goal.sources.all()),
            key=goal.pk,
        )
        for goal in programs.Goal.objects.filter(program=scope.program).prefetch_related("sources")
    )


def outputs(scope: Scope) -> tuple[structure.Output, ...]:
    visible = {recommendation.pk for recommendation in scope.recommendations}
    planned = programs.Output.objects.filter(program=scope.program).prefetch_related(
        "goals", "recommendations"
    )
    return tuple(
        structure.Output(
            number=number,
            text=output.text,
            goals=codes(output.goals.all()),
            recommendations=tuple(
                recommendation.position
                for recommendation in output.recommendations.all()
                if recommendation.pk in visible
            ),
            delivered=choice(programs.Delivery, output.delivered),
            key=output.pk,
        )
        for number, output in enumerate(planned, start=1)
    )


def recommendations(scope: Scope) -> tuple[structure.Recommendation, ...]:
    return tuple(_recommendation(scope, found) for found in scope.recommendations)


def _recommendation(scope: Scope, found: programs.Recommendation) -> structure.Recommendation:
    activity = found.activity
    if activity and activity.visibility not in scope.visibilities:
        activity = None
    return structure.Recommendation(
        number=found.position,
        finding=narrative.parse(found.finding),
        conclusion=narrative.parse(found.conclusion),
        title=found.title,
        text=narrative.parse(found.text),
        goals=codes(found.goals.all()),
        indicators=tuple(link.indicator.name for link in found.indicator_links.all()),
        addressees=names(found.addressees.all()),
        target_groups=names(found.target_groups.all()),
        state=term(programs.RecommendationState(found.state)),
        activity=activity.title if activity else "",
        priority=choice(programs.Priority, found.priority),
        due_on=found.due_on,
        response=choice(programs.Response, found.response),
        responded_on=found.responded_on,
        response_reason=found.response_reason,
        next_step=found.next_step,
        follow_up=choice(programs.FollowUp, found.follow_up),
        followed_up_on=found.followed_up_on,
        follow_up_note=found.follow_up_note,
        evidence=scope.annexes(found.evidence.all()),
        key=found.pk,
    )
