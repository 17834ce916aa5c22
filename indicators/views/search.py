"""Hledání: over one program or all of the person's, only what they may read."""

from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts import search as index
from indicators.forms import SearchForm
from indicators.hits import hits_of
from litvinov import czech, highlight
from programs.models import Program
from programs.searching import readable_entries

PAGE_SIZE = 20


class _Counted(Paginator):
    """Pages of hits that were counted already, by their kinds."""

    def __init__(self, found: Any, count: int) -> None:
        super().__init__(found, PAGE_SIZE)
        self._count = count

    @cached_property
    def count(self) -> int:
        return self._count


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    programs = list(Program.objects.of_member(user).order_by("title", "pk"))
    form = SearchForm(request.GET, programs=programs)
    context: dict[str, Any] = {"form": form, "typed": "", "terms": (), "has_programs": programs}
    if form.is_valid():
        context |= _answer(request, form, user, programs)
    return render(request, "indicators/search.html", context)


def _answer(
    request: HttpRequest, form: SearchForm, user: Any, programs: list[Program]
) -> dict[str, Any]:
    typed = form.cleaned_data["q"]
    terms = highlight.parse(typed)
    if not terms:
        return {"typed": typed}
    found = index.find(terms, readable_entries(user, form.chosen_program))
    counts = dict(
        found.order_by().values("model").annotate(count=Count("pk")).values_list("model", "count")
    )
    chosen = form.chosen_model
    if chosen:
        found = found.filter(model=chosen)
    count = counts.get(chosen, 0) if chosen else sum(counts.values())
    program = form.chosen_program
    shown = [program] if program else programs
    page = _Counted(index.best_first(found, terms), count).get_page(request.GET.get("page"))
    return {
        "typed": typed,
        "terms": terms,
        "count": count,
        "count_everywhere": sum(counts.values()),
        "kinds": _kinds(counts, chosen),
        "chosen_program": program,
        "page": page,
        "hits": hits_of(page.object_list, terms, {each.pk: each for each in shown}),
    }


def _kinds(counts: dict[str, int], chosen: str) -> list[dict[str, Any]]:
    """The kinds of records that were found, those first of which there is most."""
    kinds = []
    for label, count in counts.items():
        options = apps.get_model(label)._meta
        kinds.append(
            {
                "name": options.model_name,
                "label": capfirst(str(options.verbose_name_plural)),
                "count": count,
                "is_chosen": label == chosen,
            }
        )
    return sorted(kinds, key=lambda kind: (-kind["count"], czech.sort_key(kind["label"])))
