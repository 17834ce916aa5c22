"""Evidence together with what it is attached to."""

from collections.abc import Collection, Mapping

from django.db import transaction

from accounts.audit import Audited
from accounts.models import User
from accounts.roles import Visibility
from indicators.evidence_places import records_in
from programs import actions
from programs.evidence_files import Upload
from programs.models import Evidence


@transaction.atomic
def save_evidence(
    *,
    evidence: Evidence,
    opened_version: int,
    upload: Upload | None,
    attached_to: Mapping[str, Collection[Audited]],
    visibilities: Collection[Visibility],
    by: User,
) -> Evidence:
    """Save evidence and attach it, by kinds of records, to those and no others.

    Only records of the given visibilities are touched, and only kinds that are given.
    Raises what `programs.actions.save_evidence` and `attach_evidence` do.
    """
    saved = actions.save_evidence(
        evidence=evidence, opened_version=opened_version, upload=upload, by=by
    )
    readable = records_in(saved.program, visibilities)
    for kind, records in attached_to.items():
        actions.attach_evidence(evidence=saved, to=records, among=readable[kind], by=by)
    return saved
