from django.urls import path

from programs.views import course, history

urlpatterns = [
    path("<slug:slug>/realizace/", course.CourseDetail.as_view(), name="course_detail"),
    path(
        "<slug:slug>/realizace/faze-<int:position>/komentar/",
        course.phase_comment,
        name="phase_comment",
    ),
    path(
        "<slug:slug>/realizace/faze-<int:position>/historie/",
        history.phase_history,
        name="phase_history",
    ),
    path(
        "<slug:slug>/realizace/faze-<int:position>/nova-aktivita/",
        course.activity_add,
        name="activity_add",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/upravit/",
        course.activity_edit,
        name="activity_edit",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/smazat/",
        course.activity_delete,
        name="activity_delete",
    ),
    path(
        "<slug:slug>/realizace/aktivity/<int:pk>/historie/",
        history.activity_history,
        name="activity_history",
    ),
]
