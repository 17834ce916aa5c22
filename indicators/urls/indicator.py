from django.urls import path

from indicators.views import indicator

urlpatterns = [
    path("ukazatele/", indicator.indicator_list, name="indicator_list"),
    path("ukazatele/<int:pk>/", indicator.indicator_row, name="indicator_row"),
    path("ukazatele/<int:pk>/upravit/", indicator.indicator_edit, name="indicator_edit"),
    path("ukazatele/<int:pk>/historie/", indicator.indicator_history, name="indicator_history"),
]
