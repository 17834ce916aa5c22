from django.urls import path

from programs.views import consultation, history

urlpatterns = [
    path(
        "<slug:slug>/realizace/konzultace/nova/",
        consultation.consultation_add,
        name="consultation_add",
    ),
    path(
        "<slug:slug>/realizace/konzultace/faze/",
        consultation.consultation_phase,
        name="consultation_phase",
    ),
    path(
        "<slug:slug>/realizace/konzultace/<int:pk>/upravit/",
        consultation.consultation_edit,
        name="consultation_edit",
    ),
    path(
        "<slug:slug>/realizace/konzultace/<int:pk>/smazat/",
        consultation.consultation_delete,
        name="consultation_delete",
    ),
    path(
        "<slug:slug>/realizace/konzultace/<int:pk>/historie/",
        history.consultation_history,
        name="consultation_history",
    ),
]
