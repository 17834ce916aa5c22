"""Addresses of a program's pages, a module for each noun."""

from programs.urls import consultation, course, goal, program

app_name = "programs"
urlpatterns = [
    *program.urlpatterns,
    *goal.urlpatterns,
    *course.urlpatterns,
    *consultation.urlpatterns,
]
