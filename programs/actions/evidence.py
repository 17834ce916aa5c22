"""The register of evidence, and what its pieces are attached to."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.audit import Audited
from accounts.models import User
from programs import evidence_files
from programs.actions.guards import ForeignRecord
from programs.actions.positioned import save_positioned
from programs.evidence_files import Upload
from programs.models import Evidence


@transaction.atomic
def save_evidence(
    *, evidence: Evidence, opened_version: int, upload: Upload | None, by: User
) -> Evidence:
    """Add a piece of evidence to the end of the register, or change one.

    `upload` is its file where one was chosen now; the earlier file of a changed piece
    stays on the disk, for its history. Raises accounts.audit.EditConflict; then, as after
    any other failure here, nothing is kept of the file.
    """
    if upload is None:
        saved: Evidence = save_positioned(record=evidence, opened_version=opened_version, by=by)
        return saved
    evidence.stored_as = evidence_files.keep(upload)
    evidence.file_name, evidence.content_type = upload.name, upload.content_type
    evidence.size, evidence.sha256 = upload.size, upload.sha256
    try:
        saved = save_positioned(record=evidence, opened_version=opened_version, by=by)
    except BaseException:
        evidence_files.discard(evidence.stored_as)
        raise
    transaction.on_commit(lambda: evidence_files.forget(upload))
    return saved


@transaction.atomic
def attach_evidence(
    *, evidence: Evidence, to: Collection[Audited], among: QuerySet[Any], by: User
) -> None:
    """Attach evidence to some records and to no others among those given.

    Records that are not `among` them stay as they are: the person may not even read them.
    Each record that gains or loses the evidence gets an entry in its history. Raises
    ForeignRecord for one that is not `among` them.
    """
    offered = set(among.order_by().values_list("pk", flat=True))
    wanted = {record.pk for record in to}
    for record in to:
        if record.pk not in offered:
            raise ForeignRecord(str(record))
    attached = set(among.filter(evidence=evidence).order_by().values_list("pk", flat=True))
    # Read anew and locked, so that what others save meanwhile is not written over.
    changed = among.model._default_manager.select_for_update().filter(pk__in=wanted ^ attached)
    for record in changed.order_by("pk"):
        with audit.change(record, by=by):
            if record.pk in wanted:
                record.evidence.add(evidence)
            else:
                record.evidence.remove(evidence)
            record.save()


def delete_evidence(*, evidence: Evidence, by: User) -> None:
    """Delete evidence; its file stays on the disk, so that it can come back."""
    audit.delete_record(evidence, by=by)
