"""Addresses of actors, working groups and target groups (Aktéři)."""

from django.urls import path

from programs.views import actor, group_member, target_group, working_group

ACTORS = "<slug:slug>/akteri/"
GROUPS = "<slug:slug>/akteri/skupiny/"
MEMBERS = "<slug:slug>/akteri/skupiny/<int:pk>/clenove/"
TARGETS = "<slug:slug>/akteri/cilove-skupiny/"

urlpatterns = [
    path(ACTORS, actor.ActorList.as_view(), name="actor_list"),
    path(f"{ACTORS}novy/", actor.actor_add, name="actor_add"),
    path(f"{ACTORS}prevzit/", actor.actor_take, name="actor_take"),
    path(f"{ACTORS}<int:pk>/", actor.actor_detail, name="actor_detail"),
    path(f"{ACTORS}<int:pk>/upravit/", actor.actor_edit, name="actor_edit"),
    path(f"{ACTORS}<int:pk>/odebrat/", actor.actor_leave, name="actor_leave"),
    path(f"{ACTORS}<int:pk>/smazat/", actor.actor_delete, name="actor_delete"),
    path(f"{ACTORS}<int:pk>/historie/", actor.actor_history, name="actor_history"),
    path(GROUPS, working_group.working_group_list, name="working_group_list"),
    path(f"{GROUPS}nova/", working_group.working_group_add, name="working_group_add"),
    path(f"{GROUPS}prevzit/", working_group.working_group_take, name="working_group_take"),
    path(f"{GROUPS}<int:pk>/", working_group.working_group_detail, name="working_group_detail"),
    path(f"{GROUPS}<int:pk>/upravit/", working_group.working_group_edit, name="working_group_edit"),
    path(
        f"{GROUPS}<int:pk>/odebrat/", working_group.working_group_leave, name="working_group_leave"
    ),
    path(
        f"{GROUPS}<int:pk>/smazat/", working_group.working_group_delete, name="working_group_delete"
    ),
    path(
        f"{GROUPS}<int:pk>/historie/",
        working_group.working_group_history,
        name="working_group_history",
    ),
    path(f"{MEMBERS}novy/", group_member.group_member_add, name="group_member_add"),
    path(
        f"{MEMBERS}<int:member>/upravit/", group_member.group_member_edit, name="group_member_edit"
    ),
    path(
        f"{MEMBERS}<int:member>/smazat/",
        group_member.group_member_delete,
        name="group_member_delete",
    ),
    path(
        f"{MEMBERS}<int:member>/presunout/",
        group_member.group_member_move,
        name="group_member_move",
    ),
    path(
        f"{MEMBERS}<int:member>/historie/",
        group_member.group_member_history,
        name="group_member_history",
    ),
    path(TARGETS, target_group.target_group_list, name="target_group_list"),
    path(f"{TARGETS}nova/", target_group.target_group_add, name="target_group_add"),
    path(f"{TARGETS}prevzit/", target_group.target_group_take, name="target_group_take"),
    path(f"{TARGETS}<int:pk>/", target_group.target_group_detail, name="target_group_detail"),
    path(f"{TARGETS}<int:pk>/upravit/", target_group.target_group_edit, name="target_group_edit"),
    path(f"{TARGETS}<int:pk>/odebrat/", target_group.target_group_leave, name="target_group_leave"),
    path(
        f"{TARGETS}<int:pk>/smazat/", target_group.target_group_delete, name="target_group_delete"
    ),
    path(
        f"{TARGETS}<int:pk>/historie/",
        target_group.target_group_history,
        name="target_group_history",
    ),
]
