from typing import Any

from django.db.models import F, QuerySet
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from programs.filters import ProgramFilter
from programs.models import Program
from programs.tables import ProgramTable


class ProgramList(SingleTableMixin, FilterView):
    """The programs the person has a role in."""

    table_class = ProgramTable
    filterset_class = ProgramFilter
    template_name = "programs/program_list.html"
    table_pagination = {"per_page": 25}

    def get_queryset(self) -> QuerySet[Program]:
        return (
            Program.objects.of_member(self.request.user)
            .select_related("locality__municipality", "theme")
            .annotate(role=F("membership__role"))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_any=self.get_queryset().exists(), **kwargs)
