"""Addresses of the course of a program (Realizace): phases and their activities."""

from django.urls import path

from programs.views import activity, course, history, phase

urlpatterns = [
    path("<slug:slug>/realizace/", course.course_detail, name="course_detail"),
    path("<slug:slug>/realizace/faze/nova/", phase.phase_add, name="phase_add"),
    path("<slug:slug>/realizace/faze/rozvrhnout/", phase.phase_layout, name="phase_layout"),
    path("<slug:slug>/realizace/faze/<int:pk>/upravit/", phase.phase_edit, name="phase_edit"),
    path("<slug:slug>/realizace/faze/<int:pk>/smazat/", phase.phase_delete, name="phase_delete"),
    path(
        "<slug:slug>/realizace/faze-<int:position>/komentar/",
        phase.phase_comment,
        name="phase_comment",
    ),
    path(
        "<slug:slug>/realizace/faze-<int:position>/historie/",
        history.phase_history,
        name="phase_history",
    ),
    path(
        "<slug:slug>/realizace/faze-<int:position>/nova-aktivita/",
        activity.activity_add,
        name="activity_add",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/",
        activity.activity_detail,
        name="activity_detail",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/upravit/",
        activity.activity_edit,
        name="activity_edit",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/smazat/",
        activity.activity_delete,
        name="activity_delete",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/presunout/",
        activity.activity_move,
        name="activity_move",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/vyjmout/",
        activity.activity_release,
        name="activity_release",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/historie/",
        history.activity_history,
        name="activity_history",
    ),
]
