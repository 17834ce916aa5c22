from django.urls import path

from indicators.views import indicator

app_name = "indicators"
urlpatterns = [
    path("", indicator.indicator_list, name="indicator_list"),
    path("<int:pk>/", indicator.indicator_row, name="indicator_row"),
    path("<int:pk>/upravit/", indicator.indicator_edit, name="indicator_edit"),
    path("<int:pk>/historie/", indicator.indicator_history, name="indicator_history"),
]
