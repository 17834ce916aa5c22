"""Code lists of all programs; mounted beside the programs, for methodologists."""

from django.urls import path

from indicators.views import catalogue, catalogue_history, catalogue_part, code_list
from programs.views import code_list as shared
from programs.views import code_list_history, locality, municipality, section

catalogue_part_urls = [
    path(f"katalogy/{address}", view, name=view.__name__)
    for address, view in (
        ("<int:pk>/oblasti/nova/", catalogue_part.catalogue_area_add),
        ("oblasti/<int:pk>/upravit/", catalogue_part.catalogue_area_edit),
        ("oblasti/<int:pk>/smazat/", catalogue_part.catalogue_area_delete),
        ("oblasti/<int:pk>/kriteria/nove/", catalogue_part.criterion_add),
        ("kriteria/<int:pk>/upravit/", catalogue_part.criterion_edit),
        ("kriteria/<int:pk>/presunout/", catalogue_part.criterion_move),
        ("kriteria/<int:pk>/smazat/", catalogue_part.criterion_delete),
        ("kriteria/<int:pk>/ukazatele/novy/", catalogue_part.catalogue_indicator_add),
        ("ukazatele/<int:pk>/upravit/", catalogue_part.catalogue_indicator_edit),
        ("ukazatele/<int:pk>/presunout/", catalogue_part.catalogue_indicator_move),
        ("ukazatele/<int:pk>/smazat/", catalogue_part.catalogue_indicator_delete),
    )
]
urlpatterns = [
    path("", code_list.code_lists, name="code_lists"),
    path("katalogy/novy/", catalogue.catalogue_add, name="catalogue_add"),
    path("katalogy/<int:pk>/", catalogue.catalogue_detail, name="catalogue_detail"),
    path("katalogy/<int:pk>/upravit/", catalogue.catalogue_edit, name="catalogue_edit"),
    path("katalogy/<int:pk>/zverejnit/", catalogue.catalogue_publish, name="catalogue_publish"),
    path(
        "katalogy/<int:pk>/dalsi-verze/",
        catalogue.catalogue_next_version,
        name="catalogue_next_version",
    ),
    path("katalogy/<int:pk>/smazat/", catalogue.catalogue_delete, name="catalogue_delete"),
    path(
        "katalogy/<int:pk>/historie/",
        catalogue_history.catalogue_history,
        name="catalogue_history",
    ),
    path(
        "katalogy/<int:pk>/historie/<slug:kind>/<int:row>/obnovit/",
        catalogue_history.catalogue_version_restore,
        name="catalogue_version_restore",
    ),
    path(
        "katalogy/<int:pk>/historie/<slug:kind>/<int:row>/vratit/",
        catalogue_history.catalogue_undelete,
        name="catalogue_undelete",
    ),
    *catalogue_part_urls,
    path("obce/", municipality.MunicipalityList.as_view(), name="municipality_list"),
    path("obce/nova/", municipality.municipality_add, name="municipality_add"),
    path("obce/<int:pk>/", municipality.municipality_detail, name="municipality_detail"),
    path("obce/<int:pk>/upravit/", municipality.municipality_edit, name="municipality_edit"),
    path("obce/<int:pk>/smazat/", municipality.municipality_delete, name="municipality_delete"),
    path("obce/<int:pk>/historie/", municipality.municipality_history, name="municipality_history"),
    path("obce/<int:pk>/lokality/nova/", locality.locality_add, name="locality_add"),
    path("lokality/<int:pk>/upravit/", locality.locality_edit, name="locality_edit"),
    path("lokality/<int:pk>/smazat/", locality.locality_delete, name="locality_delete"),
    path("lokality/<int:pk>/historie/", locality.locality_history, name="locality_history"),
    path(
        "historie/<slug:kind>/<int:row>/obnovit/",
        code_list_history.code_list_restore,
        name="code_list_restore",
    ),
    path("temata/nove/", shared.theme_add, name="theme_add"),
    path("temata/<int:pk>/", shared.theme_edit, name="theme_edit"),
    path("temata/<int:pk>/historie/", code_list_history.theme_history, name="theme_history"),
    path("oddily/novy/", section.narrative_section_add, name="narrative_section_add"),
    path("oddily/<int:pk>/", section.narrative_section_edit, name="narrative_section_edit"),
    path("zkratky/nova/", shared.abbreviation_add, name="abbreviation_add"),
    path("zkratky/<int:pk>/", shared.abbreviation_edit, name="abbreviation_edit"),
    path(
        "zkratky/<int:pk>/historie/",
        code_list_history.abbreviation_history,
        name="abbreviation_history",
    ),
]
