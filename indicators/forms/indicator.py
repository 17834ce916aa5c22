"""The editor of one indicator: what a person may change of its statements and ratings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.editing import (
    TAKE_SAVED,
    Conflict,
    VersionedModelForm,
    resolve_conflict,
    take_saved,
)
from accounts.writing import fill_in
from indicators.actions import AssessmentConflict, DayTaken, Edit, Key, ReasonMissing
from indicators.forms.assessment import AssessmentForm, RatingForm
from indicators.grid import RATING_PERMISSIONS, STATEMENT_PERMISSIONS
from indicators.models import AdoptedCriterion, Assessment, Indicator, Moment, Rater, Rating
from programs.access import ProgramAccess
from programs.models import Source

HEADINGS = {Rater.EXPERT: _("Expert's rating"), Rater.TOWN: _("Municipality's rating")}


@dataclass
class EditorPart:
    """One form of the editor with its heading."""

    heading: str
    form: VersionedModelForm
    conflict: Conflict | None = None


@dataclass
class EditorMoment:
    """A moment with its forms; `interim` is the interim state when it is one."""

    heading: str
    parts: list[EditorPart]
    interim: Assessment | None = None


class IndicatorEditor:
    """The forms one person gets for one indicator, saved together or not at all.

    A moment that exists but is not visible to the person is left out whole: they must
    neither read it nor write over it. `only` is an assessment to be edited alone.
    """

    def __init__(
        self,
        access: ProgramAccess,
        adopted: AdoptedCriterion,
        indicator: Indicator,
        data: Any = None,
        *,
        only: Assessment | None = None,
    ) -> None:
        self.access = access
        self.data = data
        # Several editors may be open on one page.
        self.auto_id = f"id_{indicator.pk}_%s"
        self.moments: list[EditorMoment] = []
        self.parts: dict[Key, EditorPart] = {}
        for assessment in [only] if only else self._assessments(adopted, indicator):
            if assessment.visibility in access.visibilities:
                self._add_moment(assessment)

    @cached_property
    def sources(self) -> Sequence[Source]:
        """What may be linked to a statement."""
        sources = Source.objects.filter(program=self.access.program)
        return list(sources.visible_in(self.access.visibilities))

    def _assessments(self, adopted: AdoptedCriterion, indicator: Indicator) -> Sequence[Assessment]:
        """The two moments that each indicator has, with the interim states between them."""
        saved = list(
            Assessment.objects.filter(adopted=adopted, indicator=indicator)
            .order_by("as_of", "pk")
            .prefetch_related("ratings", "sources")
        )
        for assessment in saved:
            assessment.adopted = adopted

        def at(moment: Moment) -> Assessment:
            new = Assessment(adopted=adopted, indicator=indicator, moment=moment)
            return next((found for found in saved if found.moment == moment), new)

        interims = [found for found in saved if found.moment == Moment.INTERIM]
        return [at(Moment.BASELINE), *interims, at(Moment.FINAL)]

    def _add_moment(self, assessment: Assessment) -> None:
        may = self.access.permissions
        is_interim = assessment.moment == Moment.INTERIM
        shown = EditorMoment(
            heading=str(Moment(assessment.moment).label),
            parts=[],
            interim=assessment if is_interim and not assessment._state.adding else None,
        )
        for rater, permission in RATING_PERMISSIONS.items():
            if permission in may:
                saved = None if assessment._state.adding else assessment.rating_by(rater)
                rating = saved or Rating(assessment=assessment, rater=rater)
                rating.assessment = assessment
                self._add_part(shown, rating, rater, HEADINGS[rater])
        if STATEMENT_PERMISSIONS[Moment(assessment.moment)] in may:
            self._add_part(shown, assessment, "", _("Statement"))
        if shown.parts:
            self.moments.append(shown)

    def _add_part(
        self, shown: EditorMoment, record: Assessment | Rating, rater: str, heading: Any
    ) -> None:
        part = EditorPart(str(heading), self._form_of(record, self.data))
        assessment = record if isinstance(record, Assessment) else record.assessment
        self.parts[_place(assessment), rater] = part
        shown.parts.append(part)

    def _form_of(self, record: Any, data: Any = None) -> VersionedModelForm:
        if data is not None and TAKE_SAVED in data and not record._state.adding:
            data = take_saved(data, self._form_of(record))
        if isinstance(record, Assessment):
            return AssessmentForm(
                data,
                instance=record,
                access=self.access,
                sources=self.sources,
                prefix=_place(record),
                auto_id=self.auto_id,
            )
        prefix = f"{_place(record.assessment)}-{record.rater}"
        return RatingForm(data, instance=record, prefix=prefix, auto_id=self.auto_id)

    def __iter__(self) -> Iterator[EditorMoment]:
        return iter(self.moments)

    @property
    def is_bound(self) -> bool:
        return self.data is not None

    def fill_in(self, fields: Any) -> None:
        """Show a draft that was kept of the editor."""
        for part in self.parts.values():
            fill_in(part.form, fields)

    def is_valid(self) -> bool:
        return all([part.form.is_valid() for part in self.parts.values()])

    @property
    def has_conflict(self) -> bool:
        return any(part.conflict for part in self.parts.values())

    def edits(self) -> dict[Key, Edit]:
        """What was really changed, with the versions it was changed from."""
        return {
            key: Edit(
                part.form.instance,
                part.form.cleaned_data["opened_version"],
                reason=part.form.cleaned_data.get("correction_reason", ""),
                links=part.form.links() if isinstance(part.form, AssessmentForm) else {},
            )
            for key, part in self.parts.items()
            if part.form.has_changed()
        }

    def show_conflicts(self, refused: AssessmentConflict) -> None:
        form_of: Callable[[Any], ModelForm] = self._form_of
        for key, conflict in refused.conflicts.items():
            part = self.parts[key]
            part.conflict = resolve_conflict(part.form, conflict, form_of)

    def show_refusal(self, refused: ReasonMissing | DayTaken) -> None:
        """Say at the field why nothing was saved."""
        if isinstance(refused, ReasonMissing):
            for key in refused.keys:
                form = self.parts[key].form
                place = "correction_reason" if "correction_reason" in form.fields else None
                form.add_error(
                    place, _("The program is running: say why the baseline is corrected.")
                )
            return
        for part in self.parts.values():
            if "as_of" in part.form.changed_data and _is_interim(part.form.instance):
                part.form.add_error(None, ValidationError(refused.message_dict))


def _place(assessment: Assessment) -> str:
    """What tells the moment of an assessment apart from the others of its indicator."""
    if assessment.moment == Moment.INTERIM:
        return f"interim-{assessment.pk}" if assessment.pk else "interim-new"
    return str(assessment.moment)


def _is_interim(record: Any) -> bool:
    return isinstance(record, Assessment) and record.moment == Moment.INTERIM
