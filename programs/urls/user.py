"""Addresses of people, for the operator; mounted beside the programs."""

from django.urls import path

from programs.views import user

urlpatterns = [
    path("", user.UserList.as_view(), name="user_list"),
    path("pozvat/", user.user_invite, name="user_invite"),
    path("<int:pk>/", user.user_detail, name="user_detail"),
    path("<int:pk>/deaktivovat/", user.user_deactivate, name="user_deactivate"),
    path("<int:pk>/aktivovat/", user.user_activate, name="user_activate"),
    path("<int:pk>/heslo/", user.user_reset_password, name="user_reset_password"),
    path("<int:pk>/role/nova/", user.membership_add, name="membership_add"),
    path("<int:pk>/role/<int:membership>/", user.membership_edit, name="membership_edit"),
    path(
        "<int:pk>/role/<int:membership>/odebrat/",
        user.membership_remove,
        name="membership_remove",
    ),
]
