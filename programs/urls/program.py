from django.urls import path

from programs.views import history, program

urlpatterns = [
    path("", program.ProgramList.as_view(), name="program_list"),
    path("<slug:slug>/historie/", history.program_history, name="program_history"),
    path(
        "<slug:slug>/historie/<slug:kind>/<int:row>/obnovit/",
        history.version_restore,
        name="version_restore",
    ),
    path(
        "<slug:slug>/historie/<slug:kind>/<int:row>/vratit/",
        history.record_undelete,
        name="record_undelete",
    ),
]
