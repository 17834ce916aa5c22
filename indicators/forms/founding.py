from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actors.models import Locality, Municipality
from indicators.actions.founding import Founding
from indicators.models import AdoptedCriterion, CriteriaCatalogue, Criterion
from litvinov.czech import months_later
from litvinov.db.functions import CodeOrder
from litvinov.forms import RecordsField
from programs.forms import ProgramFrameForm
from programs.models import Program

MUNICIPALITY_FIELDS = ("code", "district", "region")


class FoundingForm(ProgramFrameForm):
    """Town, locality, theme and period, what the frame is made of, and the criteria.

    A locality that is not in the list yet is named here, and its town with it.
    """

    new_locality = forms.CharField(label=_("New locality"), required=False, max_length=200)
    municipality = forms.ModelChoiceField(
        queryset=Municipality.objects.all(),
        required=False,
        label=_("Its municipality"),
        empty_label=_("choose"),
    )
    new_municipality = forms.CharField(
        label=_("New municipality"),
        required=False,
        max_length=100,
        help_text=_("Only where the municipality is not in the list above."),
    )
    municipality_code = forms.CharField(label=_("RÚIAN code"), required=False, max_length=6)
    municipality_district = forms.CharField(label=_("District"), required=False, max_length=100)
    municipality_region = forms.CharField(label=_("Region"), required=False, max_length=100)
    pattern = forms.ModelChoiceField(
        queryset=Program.objects.none(),
        required=False,
        label=_("Frame"),
        empty_label=_("common skeleton: sections with prompts, quarterly phases, schedule"),
        help_text=_(
            "An earlier program lends its sections, phases, schedule and criteria; months move "
            "to the new period."
        ),
    )
    copy_goals = forms.BooleanField(
        label=_("Take over the wording of its goals, too"), required=False
    )
    criteria = RecordsField(queryset=Criterion.objects.none(), required=False, label=_("Criteria"))

    class Meta(ProgramFrameForm.Meta):
        fields = ["title", "locality", "theme", "first_month", "last_month"]
        help_texts = {
            "title": _("Leave empty and it is made of the municipality and the theme."),
            "locality": _("A socially excluded locality; the municipality comes with it."),
        }

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self.fields["locality"].required = False
        if not self.initial.get("first_month"):
            self.initial["first_month"] = months_later(today, 1)
            self.initial["last_month"] = months_later(today, 12)
        mine = Program.objects.of_member(user).order_by("title")
        self.fields["pattern"].queryset = mine  # type: ignore[attr-defined]
        self.catalogues = list(
            CriteriaCatalogue.objects.filter(published_on__isnull=False).order_by(
                "-published_on", "version_name"
            )
        )
        offered = Criterion.objects.filter(area__catalogue__in=self.catalogues)
        self.fields["criteria"].queryset = offered.select_related(  # type: ignore[attr-defined]
            "area__catalogue"
        ).order_by(CodeOrder("area__code"), "position", "pk")

    def criteria_by_catalogue(self) -> Iterator[tuple[CriteriaCatalogue, list[Any]]]:
        """For the template: each published catalogue with the ticks of its criteria."""
        bound: BoundField = self["criteria"]
        ticked = {str(key) for key in bound.value() or []}
        criteria = list(self.fields["criteria"].queryset)  # type: ignore[attr-defined]
        for catalogue in self.catalogues:
            yield (
                catalogue,
                [
                    {"criterion": criterion, "ticked": str(criterion.pk) in ticked}
                    for criterion in criteria
                    if criterion.area.catalogue_id == catalogue.pk
                ],
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_place(cleaned)
        catalogues = {criterion.area.catalogue_id for criterion in cleaned.get("criteria", [])}
        if len(catalogues) > 1:
            self.add_error(
                "criteria",
                ValidationError(_("Tick criteria of one version of the catalogue only.")),
            )
        return cleaned

    def _clean_place(self, cleaned: dict[str, Any]) -> None:
        locality, new = cleaned.get("locality"), (cleaned.get("new_locality") or "").strip()
        if locality and new:
            self.add_error("new_locality", _("Choose a locality or name a new one, not both."))
        elif not locality and not new and "locality" not in self.errors:
            self.add_error("locality", _("Choose the locality, or name a new one below."))
        elif new:
            self._clean_municipality(cleaned, new)

    def _clean_municipality(self, cleaned: dict[str, Any], name: str) -> None:
        town, new = cleaned.get("municipality"), (cleaned.get("new_municipality") or "").strip()
        if town and new:
            self.add_error(
                "new_municipality", _("Choose a municipality or name a new one, not both.")
            )
        elif not town and not new:
            self.add_error("municipality", _("Say which municipality the locality belongs to."))
        elif town and Locality.objects.filter(municipality=town, name__iexact=name).exists():
            self.add_error("new_locality", _("The list has this locality already; choose it."))
        elif new:
            self._clean_new_municipality(cleaned, new)

    def _clean_new_municipality(self, cleaned: dict[str, Any], name: str) -> None:
        town = Municipality(name=name)
        for field in MUNICIPALITY_FIELDS:
            setattr(town, field, (cleaned.get(f"municipality_{field}") or "").strip())
        try:
            town.full_clean()
        except ValidationError as wrong:
            for field, messages in wrong.message_dict.items():
                target = f"municipality_{field}" if field in MUNICIPALITY_FIELDS else None
                self.add_error(target or "new_municipality", messages)
        cleaned["town_to_found"] = town

    def founding(self) -> Founding:
        """What was decided, for the action."""
        cleaned, program = self.cleaned_data, self.instance
        locality = None
        if name := (cleaned["new_locality"] or "").strip():
            locality = Locality(name=name)
            town = cleaned["municipality"] or cleaned["town_to_found"]
            locality.municipality = town
        else:
            town = None
        if not program.title:
            place = town or program.locality.municipality
            program.title = f"Poradenský program {place} – {program.theme}"
        criteria = list(cleaned["criteria"])
        pattern = cleaned["pattern"]
        if pattern is not None and not criteria:
            adopted = AdoptedCriterion.objects.filter(program=pattern).select_related("criterion")
            criteria = [adoption.criterion for adoption in adopted]
        return Founding(
            program=program,
            municipality=town,
            locality=locality,
            criteria=criteria,
            pattern=pattern,
            copy_goals=cleaned["copy_goals"],
        )
