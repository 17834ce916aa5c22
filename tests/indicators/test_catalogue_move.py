"""A program moves to another version of the catalogue and loses nothing on the way."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit import delete_record, save_record
from accounts.restoring import restore_deleted, restore_version
from indicators import actions
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
    Moment,
    Rating,
)
from indicators.moving import plan_move
from indicators.versions import compare_versions, versions_around
from programs.actions import ForeignRecord
from programs.views.editing import SentForm
from tests.builders import adopt, assess, link, make_criterion, make_recommendation, publish
from tests.conftest import Cast
from tests.forms import errors_of, send, sent, sent_editor

HTMX = {"HX-Request": "true"}


@dataclass(frozen=True)
class Versions:
    """Two published versions. The later one rewords indicator 1 of criterion 1.1, has nothing
    for indicator 2, nothing for criterion 1.2, and criterion 1.3 on top; the program has taken
    1.1 and 1.2 and assessed everything."""

    old: CriteriaCatalogue
    new: CriteriaCatalogue
    first: AdoptedCriterion
    second: AdoptedCriterion

    def indicator(self, number: int) -> Indicator:
        return Indicator.objects.get(
            criterion__area__catalogue=self.old, criterion__code="1.1", position=number
        )

    @property
    def keys(self) -> list[str]:
        return [f"indicator-{self.indicator(2).pk}", f"criterion-{self.second_criterion.pk}"]

    @property
    def second_criterion(self) -> Criterion:
        return Criterion.objects.get(area__catalogue=self.old, code="1.2")


@pytest.fixture
def versions(cast: Cast) -> Versions:
    first = make_criterion("1.1", 3)
    second = make_criterion("1.2", 1, area=first.area, position=2)
    old = publish(first.area.catalogue)
    by = cast.methodologist
    new = actions.draft_next_version(catalogue=old, version_name="nová", by=by)
    reworded = Indicator.objects.get(previous__criterion=first, position=1)
    reworded.name = "Ukazatel nově."
    save_record(reworded, by=by)
    delete_record(Indicator.objects.get(previous__criterion=first, position=2), by=by)
    delete_record(Criterion.objects.get(previous=second), by=by)
    area = new.areas.get()
    make_criterion("1.3", 2, area=area, position=9)
    publish(new)
    adopted = [adopt(cast.program, first, 1), adopt(cast.program, second, 2)]
    for one in adopted:
        for indicator in one.criterion.indicators.all():
            assess(one, indicator, Moment.BASELINE, expert=2, statement=f"K {indicator.name}")
    link(make_recommendation(cast.program), first.indicators.all()[0])
    return Versions(old, new, *adopted)


def address(catalogue: CriteriaCatalogue) -> str:
    return reverse("indicators:catalogue_move", args=["nas", catalogue.pk])


def move(cast: Cast, versions: Versions, **changes: object) -> None:
    values = {
        "program": cast.program,
        "catalogue": versions.new,
        "opened": versions.old,
        "leave": versions.keys,
        "by": cast.expert,
        **changes,
    }
    actions.move_to_catalogue(**values)  # type: ignore[arg-type]


def said(cast: Cast) -> dict[str, str]:
    """What the program says of its indicators, by their names."""
    return dict(
        Assessment.objects.filter(
            adopted__program=cast.program,
            indicator__in=Indicator.objects.of_program(cast.program),
        ).values_list("indicator__name", "statement")
    )


def test_page_shows_what_changes_and_what_is_left(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    page = expert_client.get(address(versions.new))

    plan = page.context["plan"]
    fates = {
        one.adopted.criterion.code: (
            one.change.fate,
            [pair.fate for pair in one.change.indicators],
        )
        for one in plan.adopted
    }
    assert fates == {
        "1.1": ("kept", ["reworded", "kept", "removed"]),
        "1.2": ("removed", ["removed"]),
    }
    assert {one.key for one in plan.left} == set(versions.keys)
    assert [criterion.code for criterion in plan.added] == ["1.3"]
    assert "<ins>" in page.content.decode()


def test_moved_with_everything_that_was_said(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    added = Criterion.objects.get(area__catalogue=versions.new, code="1.3")

    response = expert_client.post(
        address(versions.new),
        {"opened": versions.old.pk, "leave": versions.keys, "adopt": [added.pk]},
    )

    assert response.headers["Location"] == "/programy/nas/nastaveni/kriteria/"
    assert CriteriaCatalogue.objects.of_program(cast.program) == versions.new
    adopted = AdoptedCriterion.objects.filter(program=cast.program)
    assert [one.criterion.code for one in adopted] == ["1.1", "1.3"]
    # The statements are where they were, under the new wording.
    assert said(cast) == {
        "Ukazatel nově.": "K Ukazatel 1.1 číslo 1.",
        "Ukazatel 1.1 číslo 3.": "K Ukazatel 1.1 číslo 3.",
    }
    assert Rating.objects.filter(assessment__adopted=versions.first, level=2).count() == 2
    assert IndicatorRecommendation.objects.get().indicator.name == "Ukazatel nově."
    moved = AdoptedCriterion.objects.get(pk=versions.first.pk)
    assert [row.history_user for row in moved.history.all()] == [cast.expert, None]


def test_nothing_left_behind_without_a_tick(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    response = expert_client.post(
        address(versions.new), {"opened": versions.old.pk, "leave": versions.keys[:1]}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Zaškrtněte vše, co zůstane jen v historii" in page
    # What was ticked stays ticked.
    assert f'id="leave-{versions.keys[0]}" checked' in page
    assert len(said(cast)) == 4
    with pytest.raises(actions.MoveRefused):
        move(cast, versions, leave=versions.keys[:1])


def test_left_assessed_meanwhile_has_to_be_agreed_to(cast: Cast, versions: Versions) -> None:
    """The person agreed to what was shown, and then somebody wrote to another indicator."""
    Assessment.objects.filter(indicator=versions.indicator(2)).delete()
    agreed = [one.key for one in plan_move(cast.program, versions.old, versions.new).left]
    assess(versions.first, versions.indicator(2), Moment.FINAL, statement="Mezitím.")

    with pytest.raises(actions.MoveRefused):
        move(cast, versions, leave=agreed)

    assert "Mezitím." in said(cast).values()


def test_second_click_moves_nothing_more(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    data = {"opened": versions.old.pk, "leave": versions.keys}
    expert_client.post(address(versions.new), data)

    again = expert_client.post(address(versions.new), data, follow=True)

    assert "Program už používá katalog" in again.content.decode()
    assert versions.first.history.count() == 2


def test_moved_by_somebody_else_meanwhile_told_with_409(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    newest = actions.draft_next_version(
        catalogue=versions.new, version_name="nejnovější", by=cast.methodologist
    )
    publish(newest)
    move(cast, versions)

    response = expert_client.post(address(newest), {"opened": versions.old.pk})

    assert response.status_code == 409
    assert CriteriaCatalogue.objects.of_program(cast.program) == versions.new
    # Sent again, it is an answer to how things stand now.
    again = {"opened": response.context["form"]["opened"].value()}
    assert expert_client.post(address(newest), again).status_code == 302
    assert CriteriaCatalogue.objects.of_program(cast.program) == newest


def test_moved_over_several_versions_at_once(cast: Cast, versions: Versions) -> None:
    newest = actions.draft_next_version(
        catalogue=versions.new, version_name="nejnovější", by=cast.methodologist
    )
    publish(newest)

    move(cast, versions, catalogue=newest)

    assert CriteriaCatalogue.objects.of_program(cast.program) == newest
    assert sorted(said(cast)) == ["Ukazatel 1.1 číslo 3.", "Ukazatel nově."]
    assert versions_around(newest) == ([], [versions.new, versions.old])


def test_going_back_and_bringing_back_gives_everything_as_it_was(
    cast: Cast, versions: Versions
) -> None:
    before = said(cast)
    left = Assessment.objects.get(indicator=versions.indicator(2)).pk
    move(cast, versions)

    move(cast, versions, catalogue=versions.old, opened=versions.new, leave=[])
    restore_deleted(model=AdoptedCriterion, object_id=versions.second.pk, by=cast.expert)
    restore_deleted(model=Assessment, object_id=left, by=cast.expert)

    assert said(cast) == before
    assert Rating.objects.filter(assessment__adopted__program=cast.program).count() == 4


def test_left_behind_does_not_come_back_into_another_version(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    left = Assessment.objects.get(indicator=versions.indicator(2)).pk
    move(cast, versions)

    for model, key in (("adoptedcriterion", versions.second.pk), ("assessment", left)):
        history = {"adoptedcriterion": AdoptedCriterion, "assessment": Assessment}[model].history
        row = history.filter(id=key).first()
        assert row is not None
        undelete = reverse("programs:record_undelete", args=["nas", model, row.pk])
        page = expert_client.post(undelete, follow=True).content.decode()
        assert "je z jiné verze katalogu" in page or "Tento ukazatel teď program nemá." in page

    assert sorted(said(cast)) == ["Ukazatel 1.1 číslo 3.", "Ukazatel nově."]


def test_restored_version_stays_in_the_version_of_the_program(
    cast: Cast, versions: Versions
) -> None:
    move(cast, versions)
    assessment = Assessment.objects.get(indicator__name="Ukazatel nově.")
    row = assessment.history.last()

    assessment.statement = "Přepsáno."
    save_record(assessment, by=cast.expert)
    restore_version(record=assessment, row=row, by=cast.expert)

    assessment.refresh_from_db()
    assert assessment.statement == "K Ukazatel 1.1 číslo 1."
    assert assessment.indicator.name == "Ukazatel nově."


def test_address_of_an_indicator_from_before_leads_to_what_came_of_it(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    kept, gone = versions.indicator(1), versions.indicator(2)
    move(cast, versions)

    found = expert_client.get(reverse("indicators:indicator_history", args=["nas", kept.pk]))
    lost = expert_client.get(reverse("indicators:indicator_history", args=["nas", gone.pk]))

    assert "Ukazatel nově." in found.content.decode()
    assert lost.status_code == 404


def test_only_versions_of_the_same_catalogue_that_are_published(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    draft = actions.draft_next_version(
        catalogue=versions.new, version_name="koncept", by=cast.methodologist
    )
    foreign = publish(make_criterion().area.catalogue)

    answers = [expert_client.get(address(one)).status_code for one in (draft, foreign)]

    assert answers == [404, 404]
    for catalogue in (draft, foreign):
        with pytest.raises(actions.MoveRefused):
            move(cast, versions, catalogue=catalogue)


def test_only_new_criteria_adopted_on_the_way(cast: Cast, versions: Versions) -> None:
    own = Criterion.objects.get(area__catalogue=versions.new, code="1.1")

    with pytest.raises(actions.MoveRefused):
        move(cast, versions, adopt=[own])

    assert CriteriaCatalogue.objects.of_program(cast.program) == versions.old


def test_other_programs_stay_with_their_version(cast: Cast, versions: Versions) -> None:
    theirs = adopt(cast.strange_program, versions.first.criterion)
    indicator = versions.indicator(2)
    assessed = assess(theirs, indicator, Moment.FINAL, statement="Cizí.")

    move(cast, versions)

    assessed.refresh_from_db()
    assert assessed.indicator == indicator
    assert CriteriaCatalogue.objects.of_program(cast.strange_program) == versions.old


def test_new_version_offered_to_those_who_may_move(
    cast: Cast, versions: Versions, expert_client: Client, reader_client: Client
) -> None:
    listed = reverse("indicators:adopted_criterion_list", args=["nas"])

    assert address(versions.new) in expert_client.get(listed).content.decode()
    read = reader_client.get(listed).content.decode()
    assert "byla zveřejněna novější verze" in read
    assert address(versions.new) not in read
    assert reader_client.post(address(versions.new)).status_code == 403


def test_comparison_backwards_is_the_comparison_turned_around(versions: Versions) -> None:
    forward = compare_versions(versions.old, versions.new)
    backward = compare_versions(versions.new, versions.old)

    assert [(one.new, one.old) for one in backward.criteria] == [
        (one.old, one.new) for one in forward.criteria
    ]


def test_assessment_of_an_indicator_from_before_the_move_refused(
    cast: Cast, versions: Versions
) -> None:
    """Somebody had the form of an indicator open while the program moved."""
    opened = AdoptedCriterion.objects.get(pk=versions.first.pk)
    written = Assessment(
        adopted=opened, indicator=versions.indicator(1), moment=Moment.FINAL, statement="Pozdě."
    )
    move(cast, versions)

    with pytest.raises(ForeignRecord):
        actions.assess_indicator(
            adopted=opened, edits={(Moment.FINAL, ""): actions.Edit(written, 0)}, by=cast.expert
        )


# --- somebody was writing meanwhile -----------------------------------------------------------


def url_of(route: str, indicator: Indicator, *rest: str) -> str:
    return reverse(f"indicators:{route}", args=["nas", indicator.pk, *rest])


@pytest.fixture
def moves_at_the_last_moment(
    cast: Cast, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program moves after a form was checked and before it is saved."""

    saved = SentForm.saved

    def save_too_late(*arguments: Any) -> Any:
        if CriteriaCatalogue.objects.of_program(cast.program) == versions.old:
            move(cast, versions)
        return saved(*arguments)

    monkeypatch.setattr(SentForm, "saved", save_too_late)


@pytest.mark.usefixtures("moves_at_the_last_moment")
def test_editor_sent_at_the_moment_of_the_move_keeps_what_was_typed(
    versions: Versions, expert_client: Client
) -> None:
    address = url_of("indicator_edit", versions.indicator(1))
    fields = sent_editor(
        expert_client.get(address).context["editor"], final__statement="Psáno právě teď."
    )

    refused = expert_client.post(address, fields)
    again = sent_editor(refused.context["editor"])
    saved = expert_client.post(address, again)

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Program právě přešel na jinou verzi katalogu." in page
    assert "Ukazatel nově." in page
    assert "Psáno právě teď." in page
    assert saved.status_code == 302
    final = Assessment.objects.get(moment=Moment.FINAL)
    assert (final.statement, final.indicator.name) == ("Psáno právě teď.", "Ukazatel nově.")


@pytest.mark.usefixtures("moves_at_the_last_moment")
def test_editor_of_what_stays_behind_gives_back_what_was_typed(
    versions: Versions, expert_client: Client
) -> None:
    address = url_of("indicator_edit", versions.indicator(2))
    fields = sent_editor(
        expert_client.get(address).context["editor"],
        final__statement="Psáno právě teď.",
        final__expert__verdict="3",
    )

    refused = expert_client.post(address, fields)

    assert refused.status_code == 409
    assert ("Závěrečné vyhodnocení – Popis", "Psáno právě teď.") in refused.context["typed"]
    assert ("Závěrečné vyhodnocení – Úroveň", "3 Převážně naplněno") in refused.context["typed"]
    assert not Assessment.objects.filter(moment=Moment.FINAL).exists()
    # The page itself is gone for good.
    assert expert_client.get(address).status_code == 404


@pytest.mark.usefixtures("moves_at_the_last_moment")
def test_level_set_at_the_moment_of_the_move_asks_to_open_the_page_again(
    versions: Versions, expert_client: Client
) -> None:
    address = url_of("indicator_rate", versions.indicator(1))
    level = {"moment": "final", "rater": "expert", "verdict": "3", "opened_version": 0}

    for _time in ("at that moment", "later"):
        refused = expert_client.post(address, level, headers=HTMX)

        assert refused.status_code == 409
        assert refused.headers["X-Moved"] == "1"
        assert "otevřete stránku znovu" in refused.content.decode()
    assert not Rating.objects.filter(assessment__moment=Moment.FINAL).exists()


@pytest.mark.usefixtures("moves_at_the_last_moment")
def test_statement_sent_at_the_moment_of_the_move_waits_in_the_new_row(
    versions: Versions, expert_client: Client
) -> None:
    old = versions.indicator(1)
    form = expert_client.get(url_of("statement_edit", old, "zaver"), headers=HTMX)
    fields = {
        **sent(form.context["form"], statement="Psáno."),
        "form_key": form.context["form_key"],
    }

    refused = expert_client.post(url_of("statement_edit", old, "zaver"), fields, headers=HTMX)

    heir = Indicator.objects.get(name="Ukazatel nově.")
    opened = expert_client.get(url_of("statement_edit", heir, "zaver"), headers=HTMX)
    assert (refused.status_code, refused.headers["X-Moved"]) == (409, "1")
    assert "Psáno." in opened.content.decode()


def test_indicator_of_nobody_is_not_found_instead_of_moved(
    cast: Cast, versions: Versions, expert_client: Client
) -> None:
    foreign = adopt(cast.strange_program, make_criterion()).criterion.indicators.get()
    editor = {"final-statement": "Psáno."}

    assert expert_client.post(url_of("indicator_rate", foreign), headers=HTMX).status_code == 404
    assert expert_client.post(url_of("indicator_edit", foreign), editor).status_code == 404


@pytest.mark.usefixtures("moves_at_the_last_moment")
def test_recommendation_saved_at_the_moment_of_the_move_asks_again(
    versions: Versions, expert_client: Client
) -> None:
    address = reverse("indicators:recommendation_add", args=["nas"])
    refused = send(
        expert_client, address, title="Nové doporučení", indicators=[versions.indicator(1).pk]
    )

    assert refused.status_code == 422
    assert errors_of(refused)["indicators"] == [
        "Kritéria se právě změnila; zaškrtněte ukazatele znovu."
    ]
    assert "Nové doporučení" in refused.content.decode()
