"""Code lists of all programs; mounted beside the programs, for methodologists."""

from django.urls import path

from indicators.views import code_list
from programs.views import code_list as shared
from programs.views import section

urlpatterns = [
    path("", code_list.code_lists, name="code_lists"),
    path("katalogy/<int:pk>/", code_list.catalogue_detail, name="catalogue_detail"),
    path("temata/nove/", shared.theme_add, name="theme_add"),
    path("temata/<int:pk>/", shared.theme_edit, name="theme_edit"),
    path("oddily/novy/", section.narrative_section_add, name="narrative_section_add"),
    path("oddily/<int:pk>/", section.narrative_section_edit, name="narrative_section_edit"),
    path("zkratky/nova/", shared.abbreviation_add, name="abbreviation_add"),
    path("zkratky/<int:pk>/", shared.abbreviation_edit, name="abbreviation_edit"),
]
