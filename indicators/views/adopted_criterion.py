"""Nastavení – Kritéria: what a program took from the catalogue and who looks after it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from indicators import actions
from indicators.forms import AdoptedCriterionForm, AdoptionForm
from indicators.models import AdoptedCriterion, CriteriaCatalogue
from indicators.versions import versions_around
from programs.access import ProgramAccess, load_program
from programs.views.editing import delete_record, edit_record, load_record, rank_of
from programs.views.history import show_history


@require_safe
def adopted_criterion_list(request: HttpRequest, slug: str) -> HttpResponse:
    access = load_program(request.user, slug)
    adopted = (
        AdoptedCriterion.objects.filter(program=access.program)
        .select_related("criterion", "responsible")
        .annotate(indicator_count=Count("criterion__indicators"))
    )
    catalogue = CriteriaCatalogue.objects.of_program(access.program)
    later, earlier = versions_around(catalogue) if catalogue else ([], [])
    context = {
        **_context(access),
        "adopted": adopted,
        "catalogue": catalogue,
        "later": later,
        "earlier": earlier,
    }
    return render(request, "indicators/adopted_criterion_list.html", context)


@require_http_methods(["GET", "POST"])
def adopted_criterion_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Tick criteria to be taken: of the program's catalogue, or of any when it has none."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    published = list(CriteriaCatalogue.objects.published())
    own = CriteriaCatalogue.objects.of_program(access.program)
    offered = [own] if own else published
    catalogue = _chosen(request, offered)
    form = None
    if catalogue is not None:
        data = request.POST if request.method == "POST" else None
        form = AdoptionForm(data, catalogue=catalogue)
        if data is not None and form.is_valid():
            return _adopt(request, access, form)
    taken = set(_taken(access))
    criteria = form.fields["criteria"].queryset if form else ()  # type: ignore[attr-defined]
    context = {
        **_context(access),
        "form": form,
        "catalogue": catalogue,
        "offered": offered,
        "taken": taken,
        "is_all_taken": all(criterion.pk in taken for criterion in criteria),
    }
    status = 422 if form and form.errors else 200
    return render(request, "indicators/adopted_criterion_add.html", context, status=status)


def _chosen(request: HttpRequest, offered: list[CriteriaCatalogue]) -> CriteriaCatalogue | None:
    """The catalogue the address asks for, else the newest; Http404 for one not offered."""
    asked = request.GET.get("katalog", "")
    if not asked:
        return offered[0] if offered else None
    for catalogue in offered:
        if str(catalogue.pk) == asked:
            return catalogue
    raise Http404


def _taken(access: ProgramAccess) -> Any:
    adopted = AdoptedCriterion.objects.filter(program=access.program)
    return adopted.values_list("criterion_id", flat=True)


def _adopt(request: HttpRequest, access: ProgramAccess, form: AdoptionForm) -> HttpResponse:
    # What is taken already was perhaps taken by the first of two clicks.
    new = [one for one in form.cleaned_data["criteria"] if one.pk not in set(_taken(access))]
    adopted = actions.adopt_criteria(program=access.program, criteria=new, by=access.user)
    count = len(adopted)
    told = ngettext("%d criterion was adopted.", "%d criteria were adopted.", count) % count
    messages.success(request, told)
    return redirect("indicators:adopted_criterion_list", access.program.slug)


@require_http_methods(["GET", "POST"])
def adopted_criterion_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    program = access.program
    adopted = load_record(request, AdoptedCriterion.objects.all(), pk, program=program)

    def form_of(record: Any, data: Any = None) -> AdoptedCriterionForm:
        return AdoptedCriterionForm(data, instance=record, program=program)

    def save(form: Any) -> AdoptedCriterion:
        return actions.save_adopted_criterion(
            adopted=form.instance,
            opened_version=form.cleaned_data["opened_version"],
            by=access.user,
        )

    return edit_record(
        request,
        access,
        adopted,
        form_of=form_of,
        save=save,
        done=lambda saved: _to_list(request, access, _("The criterion was saved.")),
        template="indicators/adopted_criterion_form.html",
        anew=False,
    )


@require_POST
def adopted_criterion_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    adopted = get_object_or_404(AdoptedCriterion, pk=pk, program=access.program)
    actions.move_adopted_criterion(adopted=adopted, rank=rank_of(request), by=access.user)
    response = redirect("indicators:adopted_criterion_list", access.program.slug)
    response["Location"] += f"#kriterium-{pk}"
    return response


@require_http_methods(["GET", "POST"])
def adopted_criterion_delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    adopted = get_object_or_404(AdoptedCriterion, pk=pk, program=access.program)
    back = redirect("indicators:adopted_criterion_list", access.program.slug)["Location"]
    return delete_record(
        request,
        access,
        adopted,
        delete=lambda: actions.drop_criterion(adopted=adopted, by=access.user),
        done=lambda: _to_list(request, access, _("The criterion is no longer among those taken.")),
        question=_("Drop this criterion?"),
        consequence=_(
            "Its indicators disappear from the program. It stays in the catalogue and can be "
            "adopted again."
        ),
        label=_("Drop the criterion"),
        back_url=back,
    )


@require_safe
def adopted_criterion_history(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    access = load_program(request.user, slug)
    adopted = get_object_or_404(
        AdoptedCriterion.objects.select_related("criterion"), pk=pk, program=access.program
    )
    return show_history(request, access, str(adopted), [("", adopted, None)])


def _context(access: ProgramAccess) -> dict[str, Any]:
    return {"access": access, "program": access.program}


def _to_list(request: HttpRequest, access: ProgramAccess, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("indicators:adopted_criterion_list", access.program.slug)
