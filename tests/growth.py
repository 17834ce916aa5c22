"""A program with as many rows of everything as a test asks for, and people who open its pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, models
from simple_history.models import HistoricalRecords

from accounts.audit import Audited, save_record
from accounts.models import Draft, User
from accounts.roles import Role
from actors.models import GroupMember, Locality
from indicators.models import (
    Assessment,
    CatalogueArea,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    Moment,
    Rater,
)
from litvinov.czech import months_later
from programs.models import (
    Abbreviation,
    Consultation,
    Goal,
    Narrative,
    NarrativeSection,
    Output,
    Program,
    ProgramState,
)
from tests.builders import (
    adopt,
    assess,
    link,
    make_abbreviation,
    make_activity,
    make_actor,
    make_consultation,
    make_correction,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_group_member,
    make_invitation,
    make_member,
    make_narrative,
    make_output,
    make_phase,
    make_program,
    make_program_section,
    make_recommendation,
    make_report,
    make_section,
    make_source,
    make_step,
    make_target_group,
    make_user,
    make_working_group,
    rate,
)
from tests.pages import OPERATOR, PAGES, furnish

MOST_PHASES = MOST_INTERIMS = 9
"""A program of a year has no more phases, and an indicator no more states between its ends."""


@dataclass(frozen=True)
class Growth:
    """The program and who may open its pages, by role; the operator is among them."""

    program: Program
    people: dict[str, User]


def grow(size: int) -> Growth:
    """Everything that `furnish` gives a program, and `size` more of each.

    What `furnish` made is linked to all of them and was changed `size` times. The people
    are in as many other programs.
    """
    program = make_program(state=ProgramState.RUNNING)
    roles = (Role.EXPERT, Role.CONSULTANT, Role.METHODOLOGIST)
    people: dict[str, User] = {
        role: make_member(program, role, make_user(password="heslo pro zkoušku")) for role in roles
    }
    criterion = _criterion_of_catalogue(size)
    _tell_the_planner()
    furnish(program, criterion)
    _tell_the_planner()
    shown = _shown(program)
    crowd = _Crowd(program, people[Role.EXPERT])
    for number in range(1, size + 1):
        crowd.add(number)
    crowd.tie_together()
    for number in range(size):
        other = make_program(locality=program.locality) if number % 2 else make_program()
        for role, user in people.items():
            make_member(other, Role(role), user)
    people[OPERATOR] = make_user(is_superuser=True)
    _change_often(program, size, people[Role.EXPERT])
    _tell_the_planner()
    # Pages show what everything is tied to.
    now = _shown(program)
    moved = {route: was for route, was in shown.items() if now[route] != was}
    assert moved == {}, moved
    return Growth(program, people)


def _tell_the_planner() -> None:
    """Let PostgreSQL know how many rows there are, and keep everybody else from telling it.

    Autovacuum counts only what is committed, so of tables that are being filled here it says
    that they are empty; then 300 rows of each are joined one by one, for minutes. ANALYZE
    counts the rows of this transaction, and its locks keep autovacuum out until the end. Only
    our own tables: what databases share is locked for the others, too.
    """
    if connection.vendor == "postgresql":
        tables = map(connection.ops.quote_name, connection.introspection.table_names())
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _shown(program: Program) -> dict[str, Any]:
    """Which records the pages show."""
    # A secret that is never the same, and a record that is like all others.
    left_out = ("account_reset_password_from_key", "indicators:interim_delete")
    return {page.route: page.arguments(program) for page in PAGES if page.route not in left_out}


def _criterion_of_catalogue(size: int) -> Criterion:
    """The first criterion of a catalogue that has so many areas, criteria and indicators more."""
    first = make_criterion("1.1", 2 + size)
    catalogue = first.area.catalogue
    for number in range(1, size + 1):
        make_criterion(f"1.{number + 1}", 1, area=first.area, position=number + 1)
        area = CatalogueArea(catalogue=catalogue, code=f"{first.area.code}.{number}", name="Další")
        save_record(area, by=None)
        make_criterion(f"2.{number}", 1, area=area)
    return first


class _Crowd:
    """Rows beside those of `furnish`, each of a kind of its own: read, written, late, missing."""

    def __init__(self, program: Program, user: User) -> None:
        self.program, self.user = program, user
        self.own = {"responsible": user, "due_on": date(2024, 1, 31)}
        self.town = program.locality.municipality
        self.goal = Goal.objects.get(program=program)
        self.activity = self._first("activity", "phase__program")
        self.recommendation = program.recommendation_set.get()
        self.evidence = program.evidence_set.get()
        self.source = program.source_set.get()
        self.group = program.working_groups.get()
        self.section = program.narrative_set.filter(text="").get().section
        self.adopted = program.adopted_criteria.get()
        self.indicator = Indicator.objects.of_program(program)[0]
        self.criteria = list(
            Criterion.objects.filter(area__catalogue=self.adopted.criterion.area.catalogue)
            .exclude(pk=self.adopted.criterion_id)
            .order_by("code", "position")
        )
        save_record(Goal(program=program, code="", wording="Dlouhodobý cíl."), by=None)
        self.actors: list[Any] = []
        self.target_groups: list[Any] = []
        self.working_groups: list[Any] = []

    def _first(self, model: str, lookup: str) -> Any:
        manager = apps.get_model("programs", model)._default_manager
        return manager.filter(**{lookup: self.program}).earliest("pk")

    def add(self, number: int) -> None:
        position = number + 1
        self._shared(number)
        self._frame(number, position)
        self._texts(number)
        self._course(number, position)
        self._ratings(number, position)

    def _shared(self, number: int) -> None:
        """Code lists, people, and whatever else belongs to no program."""
        save_record(Locality(municipality=self.town, name=f"Část {number}"), by=None)
        catalogue = CriteriaCatalogue(version_name=f"z{number}", title="Katalog")
        if number % 2:
            catalogue.published_on = date(2001, 1, 1)
        save_record(catalogue, by=None)
        Abbreviation.objects.create(
            abbreviation=f"Z{number}X", forms=[f"Z{number}X"], expansion="zkratka"
        )
        make_member(self.program, Role.READER)
        make_report(self.program, dated_on=date(2023, 12, 31) - timedelta(days=number))
        make_invitation(self.program)
        Draft.objects.create(
            user=self.user,
            address=f"/programy/{self.program.slug}/konzultace/nova/",
            key=uuid4(),
            fields={"outcome": [f"Rozepsáno {number}."]},
        )

    def _frame(self, number: int, position: int) -> None:
        program = self.program
        source = make_source(program, position)
        make_goal(program, f"2.{number}")
        self.new_goal = Goal(
            program=program, parent=self.goal, code=f"1.1.{number}", wording="Dílčí."
        )
        save_record(self.new_goal, by=None, links={"sources": [source]})
        make_figure(program, 2 * number, source=source)
        make_figure(program, 2 * number + 1, source=self.source)
        make_step(program, position)
        make_abbreviation(program)
        # Names that come after those of `furnish`.
        self.actors.append(self._of_town(make_actor, f"Základní škola {number}"))
        self.target_groups.append(self._of_town(make_target_group, f"Žáci {number}"))
        self.working_groups.append(
            self._of_town(make_working_group, f"Výbor {number}", initiator=self.actors[-1])
        )
        make_group_member(self.group, position, actor=self.actors[-1])
        make_group_member(self.working_groups[-1], actor=self.actors[0])
        self.new_source = source

    def _of_town(self, make: Any, name: str, **fields: Any) -> Any:
        # Into the program they are taken all at once, which is much faster.
        return make(_Nowhere(self.program), name, **fields)

    def _texts(self, number: int) -> None:
        program = self.program
        other = {"counterpart": self.section}
        written = make_section(f"napsano-{number}", 1000 + 2 * number, **other)
        missing = make_section(f"chybi-{number}", 1001 + 2 * number, **other)
        for position, section in ((1 + 2 * number, written), (2 + 2 * number, missing)):
            make_program_section(program, position, section, **self.own)
        narrative = Narrative(program=program, section=written, text="Text *oddílu*.")
        save_record(narrative, by=None, links={"sources": [self.new_source]})
        make_narrative(program, self.section, position=2 + number, topic=f"Téma {number}")

    def _course(self, number: int, position: int) -> None:
        program, phase = self.program, self.activity.phase
        if number <= MOST_PHASES:
            month = months_later(phase.last_month, number)
            own = make_phase(program, position, first_month=month, last_month=month)
            make_activity(own, goals=[self.goal])
        goals, actors = [self.goal, self.new_goal], [self.actors[0], self.actors[-1]]
        evidence = make_evidence(program, 2 * number, title=f"Spis {number}")
        file = {"stored_as": f"spis-{number}", "file_name": "spis.pdf", "size": 1}
        make_evidence(program, 2 * number + 1, title=f"Soubor {number}", **file)
        day = date(2024, 1, 1) + timedelta(days=number % 28)
        links: dict[str, Any] = {"goals": goals, "actors": actors, "evidence": [evidence]}
        make_activity(phase, 2 * number, held_from=day, sources=[self.new_source], **links)
        make_activity(phase, 2 * number + 1, text="Bez dne.")
        counts = {self.target_groups[-1]: 6}
        for where in (self.activity, None):
            make_consultation(program, held_on=day, counts=counts, activity=where, **links)
        recommendation = make_recommendation(
            program,
            position,
            goals=goals,
            addressees=actors,
            target_groups=self.target_groups[-1:],
            evidence=[evidence],
            activity=self.activity,
            **self.own,
        )
        make_output(program, position, goals=goals, recommendations=[recommendation])

    def _ratings(self, number: int, position: int) -> None:
        """A criterion with everything, one with nothing, and one more interim state."""
        rated, missing = self.criteria[number - 1], self.criteria[-number]
        adopted = adopt(self.program, rated, 2 * number, **self.own)
        adopt(self.program, missing, 2 * number + 1, **self.own)
        indicator = rated.indicators.get()
        evidence = self.program.evidence_set.get(position=2 * number)
        for moment, expert, town in ((Moment.BASELINE, 2, 1), (Moment.FINAL, 1, 3)):
            assessment = Assessment(
                adopted=adopted, indicator=indicator, moment=moment, statement="Stav."
            )
            links: dict[str, Any] = {"evidence": [evidence], "sources": [self.new_source]}
            save_record(assessment, by=None, links=links)
            rate(assessment, Rater.EXPERT, expert)
            rate(assessment, Rater.TOWN, town)
            if moment == Moment.BASELINE:
                make_correction(assessment)
        # A program is looked at as a whole on some days in between.
        day = date(2024, 2, 1) + timedelta(days=1 + (number - 1) % MOST_INTERIMS)
        assess(adopted, indicator, Moment.INTERIM, as_of=day, expert=1)
        if number <= MOST_INTERIMS:
            between: dict[str, Any] = {"as_of": day, "statement": "Mezitím."}
            assess(self.adopted, self.indicator, Moment.INTERIM, expert=2, **between)
        link(self.recommendation, indicator)
        if position > 2:
            link(self.program.recommendation_set.get(position=position), self.indicator)

    def tie_together(self) -> None:
        """Let the first of each kind have all the others."""
        program = self.program
        program.actors.add(*self.actors)
        program.target_groups.add(*self.target_groups)
        program.working_groups.add(*self.working_groups)
        everything = {
            "goals": Goal.objects.filter(program=program).coded(),
            "sources": program.source_set.all(),
            "actors": program.actors.all(),
            "addressees": program.actors.all(),
            "target_groups": program.target_groups.all(),
            "evidence": program.evidence_set.all(),
            "recommendations": program.recommendation_set.all(),
        }
        consultation = Consultation.objects.filter(program=program).earliest("pk")
        for group in self.target_groups:
            consultation.attendances.create(target_group=group, count=7)
        first: list[Any] = [
            *(self.goal, consultation, self.activity, self.recommendation),
            Output.objects.filter(program=program).earliest("position"),
            Narrative.objects.filter(program=program).earliest("pk"),
            self.indicator.assessments.get(moment=Moment.BASELINE),
        ]
        for record in first:
            for name in record._history_m2m_fields:
                if not (isinstance(record, Consultation) and name == "target_groups"):
                    getattr(record, name).set(everything[name])


class _Nowhere:
    """Stands for a program into which nothing is taken yet."""

    def __init__(self, program: Program) -> None:
        self.locality = program.locality
        self.actors = self.target_groups = self.working_groups = self

    def add(self, _record: models.Model) -> None:
        pass


def _change_often(program: Program, times: int, user: User) -> None:
    """Give the first record of each kind a long history, and every kind one of the last changes."""
    group = program.working_groups.earliest("pk")
    kinds: list[Any] = [
        *(program.actors.all(), program.target_groups.all(), program.working_groups.all()),
        *(GroupMember.objects.filter(group=group), Abbreviation.objects.filter(program=None)),
        *(_only(program.locality.municipality), _only(program.locality), _only(program.theme)),
        NarrativeSection.objects.all(),
        *(
            model._default_manager.filter(**{model.program_lookup: program.pk})
            for model in apps.get_models()
            if issubclass(model, Audited) and model.program_lookup
        ),
    ]
    for records in kinds:
        _repeat_history(records.earliest("pk"), times, user)
    for records in kinds:
        for record in (records.latest("pk"), records.earliest("pk")):
            save_record(record, by=user)


def _only(record: Any) -> Any:
    return type(record)._default_manager.filter(pk=record.pk)


def _repeat_history(record: Any, times: int, user: User) -> None:
    """As if the record had been changed so often; saving it each time would take minutes."""
    save_record(record, by=user)
    model = type(record).history.model
    last = record.history.latest("history_id")
    fields = [field.attname for field in model._meta.fields if field.name != "history_id"]
    same = {name: getattr(last, name) for name in fields}
    text = _text_of(type(record))
    rows = []
    for number in range(1, times + 1):
        words = {text: f"{same[text]} {number}"[:100]} if text else {}
        rows.append(model(**{**same, **words, "version": record.version + number}))
    rows = model.objects.bulk_create(rows)
    for name in getattr(record, "_history_m2m_fields", ()):
        field = record._meta.get_field(name)
        links = HistoricalRecords.m2m_models[field]
        own = [each.attname for each in links._meta.fields if not each.primary_key]
        copies = []
        for kept in links.objects.filter(history=last)[:2]:
            linked = {name: getattr(kept, name) for name in own}
            # Linked and unlinked in turns.
            copies += [links(**{**linked, "history_id": row.history_id}) for row in rows[::2]]
        links.objects.bulk_create(copies)
    record.version += times
    type(record)._default_manager.filter(pk=record.pk).update(version=record.version)


def _text_of(model: Any) -> str:
    """A field that may say anything."""
    return next(
        (
            field.name
            for field in model._meta.fields
            if isinstance(field, models.TextField) and field.editable
        ),
        "",
    )
