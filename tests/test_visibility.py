"""Texts planted where only the team or the partners may read them, searched everywhere else."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.audit import save_record
from accounts.roles import Visibility
from actors.models import Actor
from indicators.models import Assessment, Indicator, Moment
from programs.models import (
    Activity,
    Consultation,
    ContextFigure,
    Evidence,
    Goal,
    Output,
    Program,
    Recommendation,
    ScheduleStep,
    Source,
)
from tests import pdf
from tests.builders import (
    adopt,
    assess,
    make_activity,
    make_actor,
    make_consultation,
    make_criterion,
    make_evidence,
    make_figure,
    make_goal,
    make_narrative,
    make_output,
    make_phase,
    make_recommendation,
    make_section,
    make_source,
    make_step,
)
from tests.conftest import Cast, client_of

TEAM, PARTNERS = "TAJNETYMU", "JENPARTNERUM"


def plant(program: Program, visibility: Visibility, marker: str, position: int) -> None:
    """The marker in every text of every kind of record that has a visibility, now and before."""
    for order, published in enumerate((False, True)):
        place = 2 * position + order
        section = make_section(f"oddil-{marker.lower()}-{order}", 100 + place)
        phase = program.phase_set.get()
        criterion = make_criterion(code=f"{place}.1")
        hidden = {"visibility": visibility}
        planted: list[Any] = [
            make_narrative(program, section, topic=marker, text=marker, **hidden),
            make_source(program, place, name=f"{marker} {place}", author=marker, **hidden),
            make_figure(program, place, name=marker, derivation=marker, **hidden),
            make_recommendation(
                program,
                place,
                title=marker,
                text=marker,
                finding=marker,
                next_step=marker,
                **hidden,
            ),
            make_activity(phase, place, title=marker, text=marker, method=marker, **hidden),
            make_evidence(program, place, title=marker, description=marker, **hidden),
            assess(
                adopt(program, criterion, place),
                criterion.indicators.get(),
                Moment.FINAL,
                expert=0,
                town=4,
                statement=marker,
                justification=marker,
                **hidden,
            ),
        ]
        _narrative, source, _figure, recommendation, activity, evidence, assessment = planted
        make_output(program, place, recommendations=[recommendation])
        make_step(program, place)
        cite(program, place, activity, source, evidence)
        for rating in assessment.ratings.all():
            rating.note = marker
            save_record(rating, by=None)
            if published:
                rating.note = ""
                save_record(rating, by=None)
        if published:
            for record in planted:
                publish(record, marker)


def cite(
    program: Program, place: int, activity: Activity, source: Source, evidence: Evidence
) -> None:
    """Records that everybody may read, with links to ones that not everybody may."""
    phase = program.phase_set.get()
    criterion = make_criterion(code=f"{place}.2")
    adopted = adopt(program, criterion, 10 + place)
    for record in (
        make_goal(program, f"{place}.3"),
        make_activity(phase, 10 + place),
        assess(adopted, criterion.indicators.get(), Moment.FINAL, statement="Stav."),
    ):
        save_record(record, by=None, links={"sources": [source]})
        if not isinstance(record, Goal):
            prove(record, evidence)
    prove(make_consultation(program, activity=activity), evidence)
    prove(make_recommendation(program, 10 + place, activity=activity), evidence)
    # And the other way round: evidence for everybody, attached to what is not.
    prove(activity, make_evidence(program, 10 + place))
    make_figure(program, 10 + place, source=source)
    activity.actors.add(make_actor(program))


def prove(record: Any, evidence: Evidence) -> None:
    save_record(record, by=None, links={"evidence": [evidence]})


def publish(record: Any, marker: str) -> None:
    """Take the marker out and show the record to everybody; its history keeps the marker."""
    for field in record._meta.fields:
        value = getattr(record, field.attname)
        if isinstance(value, str) and marker in value:
            setattr(record, field.attname, value.replace(marker, "zveřejněno"))
    record.visibility = Visibility.PUBLIC
    save_record(record, by=None)


@pytest.fixture
def planted(cast: Cast) -> Cast:
    program = cast.program
    make_phase(program)
    goal = make_goal(program)
    consultation = make_consultation(program, goals=[goal], team_note=TEAM)
    make_consultation(program, team_note=TEAM)
    consultation.team_note = ""
    save_record(consultation, by=None, links={"goals": [goal]})
    plant(program, Visibility.TEAM, TEAM, 1)
    plant(program, Visibility.PARTNERS, PARTNERS, 2)
    return cast


def addresses(program: Program) -> Iterator[str]:
    """Every address below a program that can be asked for, with the id of every record."""
    records = {
        "goal": Goal.objects.all(),
        "activity": Activity.objects.all(),
        "consultation": Consultation.objects.all(),
        "actor": Actor.objects.all(),
        "source": Source.objects.all(),
        "figure": ContextFigure.objects.all(),
        "indicator": Indicator.objects.all(),
        "recommendation": Recommendation.objects.all(),
        "evidence": Evidence.objects.all(),
        "output": Output.objects.all(),
        "step": ScheduleStep.objects.all(),
        "interim": Assessment.objects.all(),
    }
    for name in route_names():
        noun = name.split(":")[-1].split("_")[0]
        identifiers = [record.pk for record in records.get(noun, [])]
        for arguments in ([program.slug], *([program.slug, key] for key in [1, *identifiers])):
            try:
                yield reverse(name, args=arguments)
            except NoReverseMatch:
                continue


def route_names() -> Iterator[str]:
    resolver = get_resolver()
    yield from (name for name in resolver.reverse_dict if isinstance(name, str))
    for space, (_prefix, nested) in resolver.namespace_dict.items():
        yield from (f"{space}:{name}" for name in nested.reverse_dict if isinstance(name, str))


def text_of(content: bytes, kind: str) -> str:
    """What is printed, and in a PDF also what stands in its metadata and names."""
    if kind == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name).decode() for name in archive.namelist()]
            return "\n".join([*archive.namelist(), *parts])
    if kind != "application/pdf":
        return content.decode()
    return pdf.body_text(content) + content.decode("latin-1")


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def across_programs(marker: str) -> list[str]:
    """Pages over all programs; the search repeats what is typed, so not all of it is."""
    return [f"/hledani/?q={marker[:-1].lower()}&page={page}" for page in (1, 2)] + ["/moje-prace/"]


def leaks(client: Client, program: Program, marker: str) -> list[str]:
    found = []
    for address in across_programs(marker):
        if marker in client.get(address).content.decode():
            found.append(address)
    for address in addresses(program):
        for query in ("", "?pro=partnery"):
            response = client.get(address + query)
            kind = response.headers.get("Content-Type", "").split(";")[0]
            if marker in text_of(content_of(response), kind):
                found.append(address + query)
    return sorted(set(found))


def test_team_texts_not_found_by_town(planted: Cast) -> None:
    assert leaks(client_of(planted.town), planted.program, TEAM) == []


def test_team_texts_not_found_by_reader(planted: Cast) -> None:
    assert leaks(client_of(planted.reader), planted.program, TEAM) == []


def test_team_texts_not_found_by_stranger(planted: Cast) -> None:
    assert leaks(client_of(planted.stranger), planted.program, TEAM) == []


def test_partners_texts_not_found_by_reader(planted: Cast) -> None:
    assert leaks(client_of(planted.reader), planted.program, PARTNERS) == []


def test_partners_texts_not_found_by_stranger(planted: Cast) -> None:
    assert leaks(client_of(planted.stranger), planted.program, PARTNERS) == []


def test_planted_texts_found_where_they_may_be_read(planted: Cast) -> None:
    """Proves that the search would see a leak."""
    team = leaks(client_of(planted.expert), planted.program, TEAM)
    partners = leaks(client_of(planted.town), planted.program, PARTNERS)

    assert {
        "/programy/nas/realizace/",
        "/programy/nas/ukazatele/",
        "/programy/nas/doporuceni/",
        "/programy/nas/podklady/doklady/",
        "/programy/nas/podklady/doklady/prilohy.zip",
    } <= set(team)
    assert any("historie" in address for address in team)
    assert any("hledani" in address for address in team)
    assert any("hledani" in address for address in partners)
    assert "/programy/nas/zprava/?pro=partnery" in partners
    assert "/programy/nas/zprava/" not in partners


@pytest.mark.parametrize("audience", ["public", "partners"])
def test_team_texts_in_no_file(planted: Cast, tmp_path: Path, audience: str) -> None:
    path = tmp_path / "zprava.pdf"

    call_command("render_report", "nas", output=path, audience=audience)

    assert TEAM not in text_of(path.read_bytes(), "application/pdf")


def test_methodologist_reads_team_texts(planted: Cast) -> None:
    response = client_of(planted.methodologist).get("/programy/nas/realizace/")

    assert TEAM in response.content.decode()
