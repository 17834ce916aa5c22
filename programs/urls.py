from django.urls import path

from programs.views import consultation, course, goal, history, program

app_name = "programs"
urlpatterns = [
    path("", program.ProgramList.as_view(), name="program_list"),
    path("<slug:slug>/cile/", goal.goal_list, name="goal_list"),
    path("<slug:slug>/cile/novy/", goal.goal_add, name="goal_add"),
    path("<slug:slug>/cile/<int:pk>/upravit/", goal.goal_edit, name="goal_edit"),
    path("<slug:slug>/cile/<int:pk>/vyhodnotit/", goal.goal_evaluate, name="goal_evaluate"),
    path("<slug:slug>/cile/<int:pk>/historie/", history.goal_history, name="goal_history"),
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
    path(
        "<slug:slug>/realizace/konzultace/nova/",
        consultation.consultation_add,
        name="consultation_add",
    ),
    path(
        "<slug:slug>/realizace/konzultace/faze/",
        consultation.consultation_phase,
        name="consultation_phase",
    ),
    path(
        "<slug:slug>/realizace/konzultace/<int:pk>/upravit/",
        consultation.consultation_edit,
        name="consultation_edit",
    ),
    path(
        "<slug:slug>/realizace/konzultace/<int:pk>/smazat/",
        consultation.consultation_delete,
        name="consultation_delete",
    ),
    path(
        "<slug:slug>/realizace/konzultace/<int:pk>/historie/",
        history.consultation_history,
        name="consultation_history",
    ),
]
