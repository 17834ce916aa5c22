from django.urls import path

from indicators.views import bulk, indicator, interim, rating, statement

urlpatterns = [
    path("ukazatele/", indicator.indicator_list, name="indicator_list"),
    path("ukazatele/hromadne/", bulk.indicators_rate, name="indicators_rate"),
    path("ukazatele/hromadne/beze-zmeny/", bulk.indicators_keep, name="indicators_keep"),
    path("ukazatele/hromadne/kriteria/", bulk.indicators_plan, name="indicators_plan"),
    path("ukazatele/<int:pk>/", indicator.indicator_detail, name="indicator_detail"),
    path("ukazatele/<int:pk>/radek/", indicator.indicator_row, name="indicator_row"),
    path("ukazatele/<int:pk>/upravit/", indicator.indicator_edit, name="indicator_edit"),
    path("ukazatele/<int:pk>/historie/", indicator.indicator_history, name="indicator_history"),
    path("ukazatele/<int:pk>/hodnotit/", rating.indicator_rate, name="indicator_rate"),
    path("ukazatele/<int:pk>/popis/<slug:when>/", statement.statement_edit, name="statement_edit"),
    path("ukazatele/<int:pk>/prubezne/novy/", interim.interim_add, name="interim_add"),
    path(
        "ukazatele/prubezne-stavy/<int:pk>/smazat/",
        interim.interim_delete,
        name="interim_delete",
    ),
]
