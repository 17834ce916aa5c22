"""The catalogue of criteria: a draft that changes until it is published."""

from datetime import date

from django.db import transaction

from accounts import audit
from accounts.models import User
from indicators.models import CriteriaCatalogue


@transaction.atomic
def publish_catalogue(*, catalogue: CriteriaCatalogue, published_on: date, by: User) -> None:
    """Publish a draft; from then on it never changes.

    Raises CataloguePublished when it was published already.
    """
    draft = CriteriaCatalogue.objects.select_for_update().get(pk=catalogue.pk)
    draft.published_on = published_on
    audit.save_record(draft, by=by)
