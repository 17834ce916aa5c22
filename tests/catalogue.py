"""A catalogue with a past and a future: versions that programs meet on their pages."""

from datetime import date

from accounts.models import User
from accounts.roles import Role
from indicators.actions import (
    draft_next_version,
    publish_catalogue,
    save_catalogue_indicator,
    save_criterion,
)
from indicators.models import CriteriaCatalogue, Criterion, Indicator
from tests.builders import make_user


def furnish_catalogue(catalogue: CriteriaCatalogue) -> None:
    """Publish a catalogue, its next version as well, and begin a draft of the one after."""
    keeper = User.objects.filter(memberships__role=Role.METHODOLOGIST).first() or make_user()
    day = date(2023, 7, 1)
    if catalogue.published_on is None:
        publish_catalogue(catalogue=catalogue, published_on=day, by=keeper)
    newer = draft_next_version(catalogue=catalogue, version_name="2025", by=keeper)
    reworded = Indicator.objects.filter(criterion__area__catalogue=newer).first()
    assert reworded
    reworded.name = f"Nově: {reworded.name}"
    save_catalogue_indicator(indicator=reworded, opened_version=1, by=keeper)
    added = Criterion(area=reworded.criterion.area, code="9.1", name="Obec vyhodnocuje dopady.")
    save_criterion(criterion=added, opened_version=0, by=keeper)
    indicator = Indicator(criterion=added, name="Obec má plán vyhodnocení dopadů.")
    save_catalogue_indicator(indicator=indicator, opened_version=0, by=keeper)
    publish_catalogue(catalogue=newer, published_on=day.replace(year=2025), by=keeper)
    draft_next_version(catalogue=newer, version_name="2027", by=keeper)
