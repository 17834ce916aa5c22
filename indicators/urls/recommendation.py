"""Addresses of recommendations (Doporučení)."""

from django.urls import path

from indicators.views import recommendation

urlpatterns = [
    path("doporuceni/", recommendation.recommendation_list, name="recommendation_list"),
    path("doporuceni/nove/", recommendation.recommendation_add, name="recommendation_add"),
    path(
        "doporuceni/<int:pk>/", recommendation.recommendation_detail, name="recommendation_detail"
    ),
    path(
        "doporuceni/<int:pk>/upravit/",
        recommendation.recommendation_edit,
        name="recommendation_edit",
    ),
    path(
        "doporuceni/<int:pk>/vyjadreni/",
        recommendation.recommendation_respond,
        name="recommendation_respond",
    ),
    path(
        "doporuceni/<int:pk>/po-programu/",
        recommendation.recommendation_follow_up,
        name="recommendation_follow_up",
    ),
    path(
        "doporuceni/<int:pk>/smazat/",
        recommendation.recommendation_delete,
        name="recommendation_delete",
    ),
    path(
        "doporuceni/<int:pk>/historie/",
        recommendation.recommendation_history,
        name="recommendation_history",
    ),
    path(
        "doporuceni/<int:pk>/poradi/",
        recommendation.recommendation_move,
        name="recommendation_move",
    ),
]
