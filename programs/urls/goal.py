from django.urls import path

from programs.views import goal, goal_order, history

urlpatterns = [
    path("<slug:slug>/cile/", goal.goal_list, name="goal_list"),
    path("<slug:slug>/cile/novy/", goal.goal_add, name="goal_add"),
    path("<slug:slug>/cile/<int:pk>/upravit/", goal.goal_edit, name="goal_edit"),
    path("<slug:slug>/cile/<int:pk>/vyhodnotit/", goal.goal_evaluate, name="goal_evaluate"),
    path("<slug:slug>/cile/<int:pk>/smazat/", goal.goal_delete, name="goal_delete"),
    path("<slug:slug>/cile/<int:pk>/presunout/", goal_order.goal_move, name="goal_move"),
    path("<slug:slug>/cile/precislovat/", goal_order.goal_renumber, name="goal_renumber"),
    path("<slug:slug>/cile/<int:pk>/historie/", history.goal_history, name="goal_history"),
]
