"""The command that loads the demonstration data."""

import stat
from collections import Counter
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import TestCase, override_settings

from accounts.audit import Audited, save_record
from accounts.models import User
from actors.models import Actor, GroupMember, Locality, Municipality, TargetGroup
from indicators.models import (
    Assessment,
    CatalogueArea,
    CriteriaCatalogue,
    Criterion,
    Indicator,
    IndicatorRecommendation,
    Moment,
    Rating,
)
from indicators.shift import Shift, shift_between
from programs.models import (
    Abbreviation,
    Activity,
    ContextFigure,
    Goal,
    Membership,
    Narrative,
    NarrativeSection,
    Program,
    Source,
    Theme,
)

pytestmark = pytest.mark.django_db

FAST_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LITVINOV = "litvinov-janov"
OTHER = "smyslenov-u-cihelny"
EMAILS = [
    "cizi@example.cz",
    "ctenar@example.cz",
    "expert@example.cz",
    "konzultant@example.cz",
    "metodik@example.cz",
    "obec@example.cz",
]


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = FAST_HASHERS


def load(*arguments: str) -> str:
    """Run the command and return what it printed; everything must be added."""
    output, errors = StringIO(), StringIO()
    call_command("load_demo", *arguments, stdout=output, stderr=errors)
    assert errors.getvalue() == ""
    return output.getvalue()


def load_and_list_not_added() -> list[str]:
    """Run the command and return the models of the records it did not add."""
    errors = StringIO()
    call_command("load_demo", stdout=StringIO(), stderr=errors)
    return [line.split(":")[1].strip() for line in errors.getvalue().splitlines()]


def audited_models() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, Audited)]


def state_of_database() -> dict[str, Any]:
    state: dict[str, Any] = {
        model._meta.label: (
            list(model.objects.order_by("pk").values_list("pk", "version", "updated_at")),
            model.history.count(),
        )
        for model in audited_models()
    }
    state["users"] = list(User.objects.order_by("pk").values())
    return state


def litvinov() -> Program:
    return Program.objects.get(slug=LITVINOV)


def statement(position: int, moment: Moment) -> Assessment:
    return Assessment.objects.get_by_natural_key(LITVINOV, "2023", "1.1", position, moment)


def shift_of(baseline: int | None, final: int | None) -> Shift:
    if baseline is None or final is None:
        return Shift.UNDETERMINED
    return shift_between(baseline, final)


def make_program(**overrides: Any) -> Program:
    town = Municipality.objects.create(
        name="Obec", code="111111", district="Okres", region="Kraj", ico=""
    )
    fields = {
        "title": "Program",
        "slug": "program",
        "locality": Locality.objects.create(municipality=town, name="Lokalita"),
        "theme": Theme.objects.create(name="Téma"),
        "first_month": date(2024, 1, 1),
        "last_month": date(2024, 12, 1),
    }
    return Program.objects.create(**{**fields, **overrides})


@override_settings(PASSWORD_HASHERS=FAST_HASHERS)
class LoadedDemoTest(TestCase):
    """What an empty database holds afterwards; it is loaded once for all these tests."""

    @classmethod
    def setUpTestData(cls) -> None:
        load()

    def test_load_demo_empty_database_loads_shared_data(self) -> None:
        assert Theme.objects.count() == 2
        assert NarrativeSection.objects.count() == 16
        assert Abbreviation.objects.filter(program=None).count() == 23
        assert list(User.objects.order_by("email").values_list("email", flat=True)) == EMAILS
        catalogue = CriteriaCatalogue.objects.get(version_name="2023")
        assert catalogue.published_on == date(2023, 7, 1)
        assert CatalogueArea.objects.filter(catalogue=catalogue).count() == 2
        counts = {
            criterion.code: (criterion.mandatory, criterion.indicators.count())
            for criterion in Criterion.objects.filter(area__catalogue=catalogue)
        }
        assert counts == {"1.1": (True, 8), "1.2": (False, 7), "2.1": (False, 11)}

    def test_load_demo_empty_database_loads_all_of_litvinov(self) -> None:
        program = litvinov()
        counts = {
            "abbreviations": program.abbreviation_set.count(),
            "activities": Activity.objects.filter(phase__program=program).count(),
            "actors": program.actors.count(),
            "adopted criteria": program.adopted_criteria.count(),
            "assessments": Assessment.objects.filter(adopted__program=program).count(),
            "comments": program.phase_set.exclude(expert_comment="").count(),
            "figures": program.contextfigure_set.count(),
            "goals": program.goal_set.count(),
            "group members": GroupMember.objects.count(),
            "groups": program.working_groups.count(),
            "indicator links": IndicatorRecommendation.objects.count(),
            "memberships": program.membership_set.count(),
            "narratives": program.narrative_set.count(),
            "outputs": program.output_set.count(),
            "phases": program.phase_set.count(),
            "ratings": Rating.objects.filter(assessment__adopted__program=program).count(),
            "recommendations": program.recommendation_set.count(),
            "sources": program.source_set.count(),
            "steps": program.schedulestep_set.count(),
            "target groups": program.target_groups.count(),
        }
        assert counts == {
            "abbreviations": 5,
            "activities": 15,
            "actors": 44,
            "adopted criteria": 3,
            "assessments": 52,
            "comments": 4,
            "figures": 12,
            "goals": 10,
            "group members": 28,
            "groups": 10,
            "indicator links": 14,
            "memberships": 5,
            "narratives": 23,
            "outputs": 5,
            "phases": 4,
            "ratings": 52,
            "recommendations": 5,
            "sources": 20,
            "steps": 6,
            "target groups": 10,
        }

    def test_load_demo_empty_database_links_records_of_litvinov(self) -> None:
        def links(manager: Any, name: str) -> int:
            """How many links there are, all records together."""
            return sum(getattr(record, name).count() for record in manager.all())

        program = litvinov()
        activities = Activity.objects.filter(phase__program=program)
        assert links(activities, "goals") == 33
        assert links(activities, "actors") == 33
        assert links(activities, "sources") == 7
        assert links(program.goal_set, "sources") == 4
        assert links(program.narrative_set, "sources") == 8
        assert links(program.recommendation_set, "goals") == 11
        assert links(program.recommendation_set, "addressees") == 10
        assert links(program.recommendation_set, "target_groups") == 5
        assert links(program.output_set, "goals") == 5
        assert links(program.output_set, "recommendations") == 5
        assert links(Assessment.objects, "sources") == 16
        assert Counter(program.working_groups.values_list("state", flat=True)) == {
            "active": 3,
            "former": 2,
            "established": 1,
            "planned": 1,
            "suspended": 1,
            "not_established": 1,
            "recommended": 1,
        }

    def test_load_demo_empty_database_loads_goals_as_a_tree(self) -> None:
        goals = litvinov().goal_set.all()
        tree = [(goal.code, goal.parent.code if goal.parent else None) for goal in goals]
        assert tree == [
            ("", None),
            ("1.1", None),
            ("1.1.1", "1.1"),
            ("1.1.2", "1.1"),
            ("1.1.3", "1.1"),
            ("1.1.4", "1.1"),
            ("1.1.5", "1.1"),
            ("1.2", None),
            ("1.3", None),
            ("1.4", None),
        ]
        assert Counter(goal.implementation_state for goal in goals) == {
            "": 2,
            "in_progress": 2,
            "suspended": 1,
            "closed": 4,
            "postponed": 1,
        }
        assert Counter(goal.fulfilment for goal in goals) == {
            "not_assessed": 1,
            "": 1,
            "mostly": 1,
            "not_realised": 3,
            "partly": 4,
        }
        assert goals.filter(addressed_by_recommendation=True).count() == 9

    def test_load_demo_empty_database_loads_levels_and_shifts(self) -> None:
        ratings = {
            moment: {
                rating.assessment.indicator: rating
                for rating in Rating.objects.filter(assessment__moment=moment).select_related(
                    "assessment__indicator"
                )
            }
            for moment in (Moment.BASELINE, Moment.FINAL)
        }
        baseline, final = ratings[Moment.BASELINE], ratings[Moment.FINAL]
        assert Counter(rating.level for rating in baseline.values()) == {
            0: 3,
            1: 6,
            2: 7,
            3: 6,
            4: 4,
        }
        assert Counter(rating.level for rating in final.values()) == {
            0: 3,
            1: 5,
            2: 7,
            3: 5,
            4: 5,
            None: 1,
        }
        assert [rating.level for rating in final.values() if rating.cannot_judge] == [None]
        shifts = Counter(
            shift_of(baseline[indicator].level, final[indicator].level) for indicator in baseline
        )
        assert shifts == {Shift.BETTER: 4, Shift.SAME: 18, Shift.WORSE: 3, Shift.UNDETERMINED: 1}
        assert sum(rating.to_verify for rating in baseline.values()) == 7
        assert sum(rating.to_verify for rating in final.values()) == 5

    def test_load_demo_empty_database_explains_every_shift(self) -> None:
        explained = Assessment.objects.exclude(justification="")
        keys = [(item.adopted.criterion.code, item.indicator.position) for item in explained]
        assert sorted(keys) == [
            ("1.1", 4),
            ("1.1", 6),
            ("1.1", 8),
            ("1.2", 6),
            ("2.1", 4),
            ("2.1", 8),
            ("2.1", 10),
            ("2.1", 11),
        ]
        assert set(explained.values_list("moment", flat=True)) == {Moment.FINAL}
        refinements = Assessment.objects.filter(is_refinement=True)
        assert sorted(item.indicator.short_name for item in refinements) == [
            "Participace osob ze SVL na řešeních",
            "Zapojení aktérů do tvorby opatření",
        ]

    def test_load_demo_empty_database_loads_the_unfinished_program_of_another_town(self) -> None:
        program = Program.objects.get(slug=OTHER)
        assert [goal.code for goal in program.goal_set.all()] == ["", "2.2", "2.10", "2.10.3"]
        assert [item.user.email for item in program.membership_set.all()] == ["cizi@example.cz"]
        assert program.phase_set.count() == 0
        criterion = program.adopted_criteria.get().criterion
        assert (criterion.area.catalogue.version_name, criterion.code) == ("2024 zkušební", "1.1")
        statements = Assessment.objects.filter(adopted__program=program)
        assert [bool(item.statement) for item in statements] == [True, False]
        assert Rating.objects.filter(assessment__adopted__program=program).count() == 0

    def test_load_demo_empty_database_loads_only_valid_records(self) -> None:
        for model in [*audited_models(), User]:
            for record in model.objects.all():
                record.full_clean()

    def test_load_demo_indicators_of_a_criterion_have_different_short_names(self) -> None:
        names = Indicator.objects.values_list("criterion", "short_name")
        assert [name for name, count in Counter(names).items() if count > 1 or not name[1]] == []

    def test_load_demo_every_record_begins_its_history(self) -> None:
        for model in audited_models():
            # A catalogue is created as a draft and then published.
            expected = ["+", "~"] if model is CriteriaCatalogue else ["+"]
            for record in model.objects.all():
                rows = record.history.order_by("history_id").values_list(
                    "history_type", "history_user"
                )
                assert list(rows) == [(kind, None) for kind in expected], record

    def test_load_demo_history_remembers_links(self) -> None:
        first = litvinov().history.get()
        assert (first.actors.count(), first.working_groups.count()) == (44, 10)

    def test_load_demo_texts_with_notes_are_whole(self) -> None:
        texts = Narrative.objects.filter(text__contains="[^1]:")
        assert [text.topic for text in texts] == ["Aktéři prevence", "Index kriminality"]


def test_load_demo_second_run_changes_nothing() -> None:
    load()
    before = state_of_database()

    output = load()

    assert state_of_database() == before
    assert output.splitlines()[0] == "Records added: 0"


def test_load_demo_second_run_keeps_edits_and_adds_what_is_missing() -> None:
    load()
    edited = statement(2, Moment.FINAL)
    edited.statement = "Upraveno."
    save_record(edited, by=None, links={"sources": []})
    ContextFigure.objects.get_by_natural_key(LITVINOV, 12).delete()

    output = load()

    edited.refresh_from_db()
    assert (edited.statement, edited.version, edited.sources.count()) == ("Upraveno.", 2, 0)
    assert ContextFigure.objects.filter(program__slug=LITVINOV).count() == 12
    assert output.splitlines()[0] == "Records added: 1"


def test_load_demo_second_run_leaves_out_a_record_whose_place_is_taken() -> None:
    load()
    seat = GroupMember.objects.get_by_natural_key("567256", "Mikrotým", "zástupci obce")
    seat.function = "místostarostka"
    save_record(seat, by=None)
    source = Source.objects.get_by_natural_key(LITVINOV, 20)
    source.position = 21
    save_record(source, by=None)

    # The annotation is there, but what it cites cannot be found under its number any more.
    assert load_and_list_not_added() == [
        "actors.groupmember",
        "programs.source",
        "programs.narrative",
    ]
    assert GroupMember.objects.filter(group__name="Mikrotým").count() == 2
    assert Source.objects.filter(program__slug=LITVINOV).count() == 20


def test_load_demo_published_catalogue_takes_no_more_indicators() -> None:
    catalogue = CriteriaCatalogue(
        version_name="2023", title="Katalog", published_on=date(2023, 1, 1)
    )
    save_record(catalogue, by=None)

    lost = Counter(load_and_list_not_added())

    catalogue.refresh_from_db()
    assert (catalogue.title, catalogue.version, catalogue.areas.count()) == ("Katalog", 1, 0)
    assert lost == {
        "indicators.cataloguearea": 2,
        "indicators.criterion": 3,
        "indicators.indicator": 26,
        "indicators.adoptedcriterion": 3,
        "indicators.assessment": 52,
        "indicators.rating": 52,
        "indicators.indicatorrecommendation": 14,
    }
    assert Goal.objects.filter(program__slug=LITVINOV).count() == 10


def test_load_demo_database_with_a_user_only_is_refused() -> None:
    User.objects.create_user("nekdo@example.cz")

    with pytest.raises(CommandError, match="not marked as a demonstration"):
        load()

    assert (User.objects.count(), Municipality.objects.count()) == (1, 0)


def test_load_demo_database_with_real_programs_is_refused() -> None:
    make_program(demo_notice="")

    with pytest.raises(CommandError, match="not marked as a demonstration"):
        load()

    assert (Program.objects.count(), User.objects.count()) == (1, 0)


def test_load_demo_database_with_a_demonstration_is_added_to() -> None:
    make_program(demo_notice="Ukázka")

    load()

    assert Program.objects.count() == 3


def test_load_demo_failure_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("reporting.management.commands.load_demo.Loading.publish_catalogues", fail)

    with pytest.raises(RuntimeError):
        load()

    assert (User.objects.count(), Actor.objects.count(), TargetGroup.objects.count()) == (0, 0, 0)


def test_load_demo_without_password_file_prints_a_password_of_all_users() -> None:
    *people, last = load().splitlines()[1:]

    label, password = last.split(": ")
    assert label == "Password"
    assert len(password) == 12
    assert [user.email for user in User.objects.all() if not user.check_password(password)] == []
    assert people == [
        "expert@example.cz  Expert programu",
        "konzultant@example.cz  Lokální konzultant",
        "metodik@example.cz  Metodik",
        "obec@example.cz  Zástupce obce",
        "ctenar@example.cz  Čtenář",
        "cizi@example.cz  Expert jiného programu",
    ]


def test_load_demo_second_run_without_password_file_prints_no_password() -> None:
    load()

    assert load().splitlines()[-1] == "cizi@example.cz  Expert jiného programu"


def test_load_demo_password_file_missing_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "password"

    output = load("--password-file", str(path))

    password = path.read_text(encoding="utf-8").strip()
    assert output.splitlines()[-1] == f"Password: {password}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert User.objects.get(email="obec@example.cz").check_password(password)


def test_load_demo_password_file_present_is_kept_and_used(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("stálé heslo\n", encoding="utf-8")

    outputs = [load("--password-file", str(path)) for _ in range(2)]

    assert [output.splitlines()[-1] for output in outputs] == ["Password: stálé heslo"] * 2
    assert path.read_text(encoding="utf-8") == "stálé heslo\n"
    assert User.objects.get(email="expert@example.cz").check_password("stálé heslo")


def test_load_demo_password_file_empty_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.touch()

    with pytest.raises(CommandError, match="is empty"):
        load("--password-file", str(path))

    assert User.objects.count() == 0


def test_load_demo_password_file_missing_is_not_written_when_nobody_needs_it(
    tmp_path: Path,
) -> None:
    load()
    path = tmp_path / "password"

    output = load("--password-file", str(path))

    assert not path.exists()
    assert output.splitlines()[-1] == "cizi@example.cz  Expert jiného programu"


def test_load_demo_existing_users_keep_their_passwords(tmp_path: Path) -> None:
    load()
    user = User.objects.get(email="obec@example.cz")
    user.set_password("vlastní heslo")
    user.save()
    User.objects.get(email="ctenar@example.cz").delete()
    path = tmp_path / "password"
    path.write_text("nové heslo", encoding="utf-8")

    load("--password-file", str(path))

    user.refresh_from_db()
    assert user.check_password("vlastní heslo")
    assert User.objects.get(email="ctenar@example.cz").check_password("nové heslo")
    assert Membership.objects.get(user__email="ctenar@example.cz").role == "reader"
