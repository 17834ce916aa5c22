"""Nastavení – Kritéria: a program moves to another version of the catalogue."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from indicators import actions
from indicators.forms import CatalogueMoveForm
from indicators.models import CriteriaCatalogue
from indicators.moving import plan_move
from indicators.versions import versions_around
from programs.access import load_program


@require_http_methods(["GET", "POST"])
def catalogue_move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what another version changes, and move the program to it when it is agreed to."""
    access = load_program(request.user, slug, needs=Permission.EDIT_FRAME)
    program = access.program
    current = CriteriaCatalogue.objects.of_program(program)
    if current is None:
        raise Http404
    if current.pk == pk:
        # A second click, or somebody else was faster.
        messages.info(request, _("The program already uses %s.") % current)
        return redirect("indicators:adopted_criterion_list", slug)
    later, earlier = versions_around(current)
    catalogue = next((one for one in [*later, *earlier] if one.pk == pk), None)
    if catalogue is None:
        raise Http404
    plan = plan_move(program, current, catalogue)
    sent = request.POST if request.method == "POST" else None
    form = CatalogueMoveForm(sent, plan=plan)
    status = 200
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                actions.move_to_catalogue(
                    program=program,
                    catalogue=catalogue,
                    opened=get_object_or_404(CriteriaCatalogue, pk=form.cleaned_data["opened"]),
                    leave=form.cleaned_data["leave"],
                    adopt=form.cleaned_data["adopt"],
                    by=access.user,
                )
            except actions.MoveRefused as refused:
                # Shown is how the program stands now; agreeing to that is another answer.
                data = sent.copy()
                data["opened"] = str(current.pk)
                form = CatalogueMoveForm(data, plan=plan)
                form.add_error(None, refused)
                status = 409
            else:
                messages.success(request, _("The program now uses %s.") % catalogue)
                return redirect("indicators:adopted_criterion_list", slug)
    context = {
        "access": access,
        "program": program,
        "plan": plan,
        "form": form,
        "goes_back": catalogue in earlier,
    }
    return render(request, "indicators/catalogue_move.html", context, status=status)
