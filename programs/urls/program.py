from django.urls import path

from programs.views import program

urlpatterns = [
    path("", program.ProgramList.as_view(), name="program_list"),
]
