"""Addresses of a program's pages, a module for each noun."""

from programs.urls import (
    actor,
    consultation,
    course,
    goal,
    narrative,
    output,
    program,
    schedule,
    setting,
    source,
    team,
)

app_name = "programs"
urlpatterns = [
    *program.urlpatterns,
    *goal.urlpatterns,
    *output.urlpatterns,
    *schedule.urlpatterns,
    *course.urlpatterns,
    *consultation.urlpatterns,
    *actor.urlpatterns,
    *source.urlpatterns,
    *narrative.urlpatterns,
    *setting.urlpatterns,
    *team.urlpatterns,
]
