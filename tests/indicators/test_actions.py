from datetime import date

import pytest

from accounts.audit import save_record
from indicators.actions import AssessmentConflict, Edit, assess_indicator, publish_catalogue
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    CataloguePublished,
    Indicator,
    Moment,
    Rater,
    Rating,
)
from tests.builders import adopt, assess, make_criterion, rate
from tests.conftest import Cast

FINAL = (Moment.FINAL, "")
FINAL_TOWN = (Moment.FINAL, Rater.TOWN)
FINAL_EXPERT = (Moment.FINAL, Rater.EXPERT)


@pytest.fixture
def adopted(cast: Cast) -> AdoptedCriterion:
    return adopt(cast.program, make_criterion())


@pytest.fixture
def indicator(adopted: AdoptedCriterion) -> Indicator:
    return adopted.criterion.indicators.get()


def new_assessment(adopted: AdoptedCriterion, statement: str = "") -> Assessment:
    return Assessment(
        adopted=adopted,
        indicator=adopted.criterion.indicators.get(),
        moment=Moment.FINAL,
        statement=statement,
    )


def test_rating_creates_the_assessment_it_belongs_to(cast: Cast, adopted: AdoptedCriterion) -> None:
    rating = Rating(assessment=new_assessment(adopted), rater=Rater.TOWN, level=0)

    assess_indicator(adopted=adopted, edits={FINAL_TOWN: Edit(rating, 0)}, by=cast.town)

    saved = Rating.objects.get()
    assert (saved.level, saved.is_rated, saved.assessment.statement) == (0, True, "")
    assert saved.history.get().history_user == cast.town


def test_statement_fills_the_assessment_a_rating_had_created(
    cast: Cast, adopted: AdoptedCriterion
) -> None:
    """The expert opened an empty form; meanwhile the town rated. Nothing was overwritten."""
    assess(adopted, adopted.criterion.indicators.get(), Moment.FINAL, town=3)

    edit = Edit(new_assessment(adopted, "Splněno."), 0)
    assess_indicator(adopted=adopted, edits={FINAL: edit}, by=cast.expert)

    assessment = Assessment.objects.get()
    assert assessment.statement == "Splněno."
    assert assessment.rating_by(Rater.TOWN).level == 3  # type: ignore[union-attr]


def test_second_statement_for_an_empty_form_refused(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    assess(adopted, indicator, Moment.FINAL, statement="První.")

    with pytest.raises(AssessmentConflict) as refused:
        assess_indicator(
            adopted=adopted,
            edits={FINAL: Edit(new_assessment(adopted, "Druhý."), 0)},
            by=cast.expert,
        )

    assert list(refused.value.conflicts) == [FINAL]
    assert Assessment.objects.get().statement == "První."


def test_second_first_rating_refused(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    assessment = assess(adopted, indicator, Moment.FINAL)
    rate(assessment, Rater.TOWN, 1)

    with pytest.raises(AssessmentConflict):
        assess_indicator(
            adopted=adopted,
            edits={FINAL_TOWN: Edit(Rating(assessment=assessment, rater=Rater.TOWN, level=4), 0)},
            by=cast.town,
        )

    assert Rating.objects.get().level == 1


def test_conflict_in_one_part_saves_none_and_names_all(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    assessment = assess(adopted, indicator, Moment.FINAL, expert=1, statement="Původní.")
    rating = assessment.ratings.get()
    for record in (assessment, rating):
        save_record(type(record).objects.get(pk=record.pk), by=cast.consultant)
    assessment.statement, rating.level = "Můj.", 4

    with pytest.raises(AssessmentConflict) as refused:
        assess_indicator(
            adopted=adopted,
            edits={FINAL: Edit(assessment, 1), FINAL_EXPERT: Edit(rating, 1)},
            by=cast.expert,
        )

    assert set(refused.value.conflicts) == {FINAL, FINAL_EXPERT}
    assert Assessment.objects.get().statement == "Původní."
    assert Rating.objects.get().level == 1


def test_town_and_expert_do_not_collide(
    cast: Cast, adopted: AdoptedCriterion, indicator: Indicator
) -> None:
    assessment = assess(adopted, indicator, Moment.FINAL, expert=1, town=1, statement="Text.")
    expert, town = assessment.rating_by(Rater.EXPERT), assessment.rating_by(Rater.TOWN)
    assert expert is not None
    assert town is not None
    expert.level, town.level = 2, 4

    assess_indicator(adopted=adopted, edits={FINAL_TOWN: Edit(town, 1)}, by=cast.town)
    assess_indicator(adopted=adopted, edits={FINAL_EXPERT: Edit(expert, 1)}, by=cast.expert)

    assert {rating.rater: rating.level for rating in Rating.objects.all()} == {
        Rater.EXPERT: 2,
        Rater.TOWN: 4,
    }


def test_draft_catalogue_published_once(cast: Cast) -> None:
    catalogue = make_criterion().area.catalogue

    publish_catalogue(catalogue=catalogue, published_on=date(2024, 1, 1), by=cast.methodologist)

    with pytest.raises(CataloguePublished):
        publish_catalogue(catalogue=catalogue, published_on=date(2025, 1, 1), by=cast.methodologist)
    catalogue.refresh_from_db()
    assert catalogue.published_on == date(2024, 1, 1)


def test_published_catalogue_never_changes(cast: Cast) -> None:
    criterion = make_criterion()
    area, indicator = criterion.area, criterion.indicators.get()
    publish_catalogue(
        catalogue=area.catalogue, published_on=date(2024, 1, 1), by=cast.methodologist
    )

    for record in (area, criterion, indicator):
        record.name = "Jinak"
        with pytest.raises(CataloguePublished):
            record.save()
        with pytest.raises(CataloguePublished):
            record.delete()
    with pytest.raises(CataloguePublished):
        Indicator(criterion=criterion, position=9, name="Nový").save()
    assert criterion.indicators.get().name == "Ukazatel 1.1 číslo 1."
