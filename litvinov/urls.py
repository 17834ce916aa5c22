"""Where each application's pages are mounted, and nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from indicators import admin
from indicators.views.founding import program_found
from indicators.views.my_work import my_work
from indicators.views.overview import program_overview
from indicators.views.search import search
from litvinov.views import help_page, narrative_preview
from programs.views.invitation import invitation_accept
from programs.views.profile import profile

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="programs:program_list"), name="home"),
    path("jazyk/", login_not_required(set_language), name="set_language"),
    path("napoveda/", help_page, name="help_page"),
    path("nahled/", narrative_preview, name="narrative_preview"),
    path("hledani/", search, name="search"),
    path("moje-prace/", my_work, name="my_work"),
    path("ucet/", include("accounts.urls")),
    path("ucet/profil/", profile, name="profile"),
    path("pozvanka/<str:token>/", invitation_accept, name="invitation_accept"),
    path("uzivatele/", include("programs.urls.user")),
    path("ciselniky/", include("indicators.code_list_urls")),
    path("zalozit-program/", program_found, name="program_found"),
    path("sprava/", admin.site.urls),
    path("programy/", include("programs.urls")),
    path("programy/<slug:slug>/", program_overview, name="program_detail"),
    path("programy/<slug:slug>/", include("indicators.urls")),
    path("programy/<slug:slug>/zprava/", include("reporting.urls")),
]
