"""What a report is made of, as one short text: as long as it is the same, so is the report.

The key covers everything that a report is read from and drawn with, and rather too much than too
little: every column of every record of its program, whoever may read it, with all links; the town,
its register of actors and groups; the theme, the adopted criteria and their part of the catalogue;
sections and shared abbreviations; the logos; the day, which the title page prints; and the program
code, templates, messages, static files and packages that draw it. Accounts of people are left out,
because a report names nobody. Reading rows is several times cheaper than reading the report.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q, QuerySet
from weasyprint.text.ffi import pango

from accounts.audit import Audited
from actors.models import (
    Actor,
    GroupMember,
    Locality,
    Municipality,
    TargetGroup,
    WorkingGroup,
)
from indicators.models import (
    Assessment,
    BaselineCorrection,
    CatalogueArea,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
)
from programs.models import Abbreviation, Invitation, Membership, NarrativeSection, Program, Theme
from reporting.models import Report
from reporting.publicity import logos
from reporting.structure import Audience

NOT_READ: tuple[type[Model], ...] = (Membership, Invitation)
"""Records of a program that say who works on it; a report does not."""

_CODE = ("accounts", "actors", "indicators", "litvinov", "programs", "reporting")
_DRAWN_WITH = {"templates": "*.html", "locale": "*.mo"}


def content_key(report: Report, *, audience: Audience, form: str, today: date) -> str:
    """The same for the same content, in every process and on every machine; never for another.

    Asks the database a number of questions that does not grow.
    """
    digest = sha256()
    if settings.DEBUG:
        # Templates and messages are edited while the process runs.
        drawing_version.cache_clear()
    told: list[Any] = [drawing_version(), report.program_id, report.pk, str(audience), str(form)]
    for part in (*told, today, *_logos(report)):
        digest.update(repr(part).encode())
    for rows in rows_of(report.program):
        digest.update(rows.model._meta.label.encode())
        for row in rows.order_by("pk").values_list():
            digest.update(repr(row).encode())
    return digest.hexdigest()


def rows_of(program: Program) -> Iterator[QuerySet[Any]]:
    """Every record that a report of the program may be read from."""
    for model in apps.get_models():
        if not issubclass(model, Audited) or not model.program_lookup or model in NOT_READ:
            continue
        lookup = model.program_lookup
        yield model._default_manager.filter(**{lookup: program.pk})
        for field in model._meta.local_many_to_many:
            links: Any = field.remote_field.through
            source = field.m2m_field_name()
            path = source if lookup == "pk" else f"{source}__{lookup}"
            yield links._default_manager.filter(**{path: program.pk})
    # Says since when a corrected baseline may be read by whom; grows with each change.
    corrected = BaselineCorrection.objects.filter(assessment__adopted__program=program)
    yield Assessment.history.filter(id__in=corrected.values("assessment"))
    town, adopted = program.locality.municipality_id, {"adoptions__program": program}
    yield Municipality.objects.filter(pk=town)
    yield Locality.objects.filter(pk=program.locality_id)
    yield Theme.objects.filter(pk=program.theme_id)
    yield Actor.objects.filter(Q(municipality=town) | Q(pk__in=program.actors.values("pk")))
    yield TargetGroup.objects.filter(
        Q(municipality=town) | Q(pk__in=program.target_groups.values("pk"))
    )
    groups = program.working_groups.values("pk")
    yield WorkingGroup.objects.filter(Q(municipality=town) | Q(pk__in=groups))
    yield GroupMember.objects.filter(Q(group__municipality=town) | Q(group__in=groups))
    criteria = Criterion.objects.filter(**adopted)
    yield criteria
    # A recommendation keeps its indicators when the program gives their criterion up.
    linked = IndicatorRecommendation.objects.filter(recommendation__program=program)
    yield Indicator.objects.filter(
        Q(criterion__in=criteria.values("pk")) | Q(pk__in=linked.values("indicator"))
    )
    yield CatalogueArea.objects.filter(pk__in=criteria.values("area"))
    yield CriteriaCatalogue.objects.filter(pk__in=criteria.values("area__catalogue"))
    yield NarrativeSection.objects.all()
    yield Abbreviation.objects.filter(program=None)


def _logos(report: Report) -> tuple[Any, ...]:
    if not report.with_publicity:
        return ()
    try:
        return logos()
    except ImproperlyConfigured as error:
        return (str(error),)


@cache
def drawing_version() -> str:
    """What draws reports in this process: our code and files, and the packages they rest on."""
    digest = sha256()
    root: Path = settings.BASE_DIR
    files = [path for folder in _CODE for path in (root / folder).rglob("*.py")]
    files += [
        path for folder, names in _DRAWN_WITH.items() for path in (root / folder).rglob(names)
    ]
    # Names static files by their content, fonts too.
    files += Path(settings.STATIC_ROOT).glob("staticfiles.json")
    for path in sorted(files):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    told = (*_packages(root), sys.version_info[:2], pango.pango_version(), settings.DEBUG)
    digest.update(repr(told).encode())
    return digest.hexdigest()


def _packages(root: Path) -> Iterator[str]:
    """The packages that are pinned for everybody, in the versions that are installed."""
    for line in (root / "requirements.txt").read_text(encoding="utf-8").splitlines():
        name, pinned, _rest = line.partition("==")
        # Some are pinned for other systems than this one.
        if pinned and name.strip() == name:
            with suppress(PackageNotFoundError):
                yield f"{name}=={version(name)}"
