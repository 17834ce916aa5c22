"""Plain builders of records for tests; each makes what it needs and takes overrides."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.audit import change, save_record
from accounts.models import User
from accounts.roles import Role
from actors.models import (
    Actor,
    ActorKind,
    GroupMember,
    Locality,
    Municipality,
    TargetGroup,
    WorkingGroup,
    WorkingGroupState,
)
from indicators.models import (
    AdoptedCriterion,
    Assessment,
    BaselineCorrection,
    CatalogueArea,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
    Moment,
    Rater,
    Rating,
)
from litvinov.czech import months_later
from programs.models import (
    Abbreviation,
    Activity,
    Attendance,
    Consultation,
    ConsultationKind,
    ContextFigure,
    Evidence,
    Goal,
    Invitation,
    Membership,
    Narrative,
    NarrativeSection,
    Output,
    Phase,
    Program,
    ProgramSection,
    Recommendation,
    ScheduleStep,
    Source,
    Theme,
)
from reporting.models import Report

_numbers = count(1)


def make_user(email: str = "", **fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create_user(email or f"osoba{number}@example.cz", **fields)


def make_municipality(**fields: Any) -> Municipality:
    number = next(_numbers)
    values = {
        "name": f"Obec {number}",
        "code": f"{number:06}",
        "district": "Okres",
        "region": "Kraj",
        **fields,
    }
    return _saved(Municipality(**values))


def make_program(**fields: Any) -> Program:
    number = next(_numbers)
    if "locality" not in fields:
        municipality = fields.pop("municipality", None) or make_municipality()
        fields["locality"] = _saved(Locality(municipality=municipality, name=f"Lokalita {number}"))
    if "theme" not in fields:
        fields["theme"] = _saved(Theme(name=f"Téma {number}"))
    values = {
        "title": f"Program {number}",
        "slug": f"program-{number}",
        "first_month": date(2023, 7, 1),
        "last_month": date(2024, 6, 1),
        **fields,
    }
    return _saved(Program(**values))


def make_member(program: Program, role: Role, user: User | None = None) -> User:
    user = user or make_user()
    _saved(Membership(program=program, user=user, role=role))
    return user


def make_actor(program: Program, name: str = "", **fields: Any) -> Actor:
    values = {
        "municipality": program.locality.municipality,
        "name": name or f"Aktér {next(_numbers)}",
        "kind": ActorKind.ORGANISATION,
        **fields,
    }
    actor = _saved(Actor(**values))
    program.actors.add(actor)
    return actor


def make_target_group(program: Program, name: str = "", **fields: Any) -> TargetGroup:
    values = {
        "municipality": program.locality.municipality,
        "name": name or f"Skupina {next(_numbers)}",
        **fields,
    }
    group = _saved(TargetGroup(**values))
    program.target_groups.add(group)
    return group


def make_working_group(program: Program, name: str = "", **fields: Any) -> WorkingGroup:
    values = {
        "municipality": program.locality.municipality,
        "name": name or f"Pracovní skupina {next(_numbers)}",
        "state": WorkingGroupState.ACTIVE,
        **fields,
    }
    group = _saved(WorkingGroup(**values))
    program.working_groups.add(group)
    return group


def make_group_member(group: WorkingGroup, position: int = 1, **fields: Any) -> GroupMember:
    values = {"function": f"funkce {next(_numbers)}", **fields}
    return _saved(GroupMember(group=group, position=position, **values))


def make_goal(program: Program, code: str = "1.1", **fields: Any) -> Goal:
    values = {"wording": f"Znění cíle {code}.", **fields}
    return _saved(Goal(program=program, code=code, **values))


def make_source(program: Program, position: int = 1, **fields: Any) -> Source:
    values = {"name": f"Dokument {position}", **fields}
    return _saved(Source(program=program, position=position, **values))


def make_abbreviation(
    program: Program | None, abbreviation: str = "", **fields: Any
) -> Abbreviation:
    """Of a program, or with None one shared by all of them."""
    written = abbreviation or f"ZK{next(_numbers)}"
    values = {"forms": [written], "expansion": "rozvedená zkratka", **fields}
    return _saved(Abbreviation(program=program, abbreviation=written, **values))


def make_step(program: Program, position: int = 1, **fields: Any) -> ScheduleStep:
    values = {
        "description": f"Krok {position}",
        "first_month": date(2023, 7, 1),
        "last_month": date(2023, 9, 1),
        **fields,
    }
    return _saved(ScheduleStep(program=program, position=position, **values))


def make_figure(program: Program, position: int = 1, **fields: Any) -> ContextFigure:
    values = {"name": f"Údaj {position}", "value": 10, **fields}
    return _saved(ContextFigure(program=program, position=position, **values))


def make_phase(program: Program, position: int = 1, **fields: Any) -> Phase:
    month = months_later(date(2024, 1, 1), (position - 1) * 3)
    values = {
        "first_month": month,
        "last_month": months_later(month, 2),
        **fields,
    }
    return _saved(Phase(program=program, position=position, **values))


def make_activity(phase: Phase, position: int = 1, **fields: Any) -> Activity:
    links = {name: fields.pop(name, []) for name in ("goals", "actors", "sources", "evidence")}
    values = {"title": f"Aktivita {position}", **fields}
    activity = Activity(phase=phase, position=position, **values)
    save_record(activity, by=None, links=links)
    return activity


def make_consultation(program: Program, **fields: Any) -> Consultation:
    links = {name: fields.pop(name, []) for name in ("goals", "actors", "evidence")}
    counts = fields.pop("counts", {})
    values = {
        "held_on": date(2024, 2, 1),
        "kind": ConsultationKind.MEETING,
        "outcome": "Dohodnut další postup.",
        **fields,
    }
    consultation = Consultation(program=program, **values)
    consultation.phase = program.phase_on(consultation.held_on)
    with change(consultation, by=None):
        consultation.save()
        for name, linked in links.items():
            getattr(consultation, name).set(linked)
        for group, number in counts.items():
            Attendance.objects.create(consultation=consultation, target_group=group, count=number)
    return consultation


def make_recommendation(program: Program, position: int = 1, **fields: Any) -> Recommendation:
    names = ("goals", "addressees", "target_groups", "evidence")
    links = {name: fields.pop(name, []) for name in names}
    values = {"title": f"Doporučení k tématu {position}", **fields}
    recommendation = Recommendation(program=program, position=position, **values)
    save_record(recommendation, by=None, links=links)
    return recommendation


def make_output(program: Program, position: int = 1, **fields: Any) -> Output:
    links = {name: fields.pop(name, []) for name in ("goals", "recommendations")}
    output = Output(program=program, position=position, **{"text": f"Výstup {position}", **fields})
    save_record(output, by=None, links=links)
    return output


def make_evidence(program: Program, position: int = 1, **fields: Any) -> Evidence:
    """A link, unless the fields say that it is a file."""
    values = {"title": f"Doklad {position}", **fields}
    if "stored_as" not in values:
        values.setdefault("url", "https://www.example.cz/zapis")
    return _saved(Evidence(program=program, position=position, **values))


def make_invitation(program: Program, **fields: Any) -> Invitation:
    number = next(_numbers)
    values = {
        "email": f"pozvana{number}@example.cz",
        "role": Role.READER,
        "token_hash": f"{number:064x}",
        "expires_at": timezone.now() + timedelta(days=14),
        **fields,
    }
    values.setdefault("invited_by", make_user())
    return Invitation.objects.create(program=program, **values)


def make_program_section(
    program: Program, position: int = 1, section: NarrativeSection | None = None, **fields: Any
) -> ProgramSection:
    if section is None:
        number = next(_numbers)
        section = make_section(f"oddil-{number}", 1000 + number % 30000)
    return _saved(ProgramSection(program=program, section=section, position=position, **fields))


def make_correction(assessment: Assessment, **fields: Any) -> BaselineCorrection:
    values = {"old_statement": "Původně.", "reason": "Doplněn chybějící údaj.", **fields}
    return _saved(BaselineCorrection(assessment=assessment, **values))


def make_report(program: Program, **fields: Any) -> Report:
    return _saved(Report(program=program, **fields))


def make_section(code: str, position: int, title: str = "", **fields: Any) -> NarrativeSection:
    return _saved(NarrativeSection(code=code, position=position, title=title or code, **fields))


def make_narrative(program: Program, section: NarrativeSection, **fields: Any) -> Narrative:
    return _saved(Narrative(program=program, section=section, **fields))


def make_area(catalogue: CriteriaCatalogue, code: str) -> CatalogueArea:
    return _saved(CatalogueArea(catalogue=catalogue, code=code, name=f"Oblast {code}"))


def make_criterion(
    code: str = "1.1",
    indicator_count: int = 1,
    *,
    catalogue: Any = None,
    area: CatalogueArea | None = None,
    **fields: Any,
) -> Criterion:
    if area is None:
        number = next(_numbers)
        version = f"v{number}"
        catalogue = catalogue or _saved(CriteriaCatalogue(version_name=version, title="Katalog"))
        area = _saved(
            CatalogueArea(catalogue=catalogue, code=str(number % 9999 + 1), name=f"Oblast {number}")
        )
    values = {"name": f"Obec plní kritérium {code}.", "position": 1, **fields}
    criterion = _saved(Criterion(area=area, code=code, **values))
    for position in range(1, indicator_count + 1):
        _saved(
            Indicator(
                criterion=criterion, position=position, name=f"Ukazatel {code} číslo {position}."
            )
        )
    return criterion


def publish(catalogue: CriteriaCatalogue, on: date = date(2023, 1, 1)) -> CriteriaCatalogue:
    catalogue.published_on = on
    return _saved(catalogue)


def adopt(
    program: Program, criterion: Criterion, position: int = 1, **fields: Any
) -> AdoptedCriterion:
    return _saved(
        AdoptedCriterion(program=program, criterion=criterion, position=position, **fields)
    )


def assess(
    adopted: AdoptedCriterion,
    indicator: Indicator,
    moment: Moment,
    *,
    expert: int | str | None = None,
    town: int | str | None = None,
    **fields: Any,
) -> Assessment:
    """An assessment with ratings; a rating of "?" cannot be judged, None is not rated."""
    assessment = _saved(Assessment(adopted=adopted, indicator=indicator, moment=moment, **fields))
    for rater, level in ((Rater.EXPERT, expert), (Rater.TOWN, town)):
        if level is not None:
            rate(assessment, rater, level)
    return assessment


def link(recommendation: Recommendation, indicator: Indicator) -> IndicatorRecommendation:
    return _saved(IndicatorRecommendation(recommendation=recommendation, indicator=indicator))


def rate(assessment: Assessment, rater: Rater, level: int | str) -> Rating:
    judged = level != "?"
    return _saved(
        Rating(
            assessment=assessment,
            rater=rater,
            level=level if judged else None,
            cannot_judge=not judged,
        )
    )


def _saved(record: Any) -> Any:
    save_record(record, by=None)
    return record
