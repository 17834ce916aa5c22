"""People who save at the same moment, each on a connection of their own; see test_concurrency.

`python -m tests.litvinov.crowd prepare` fills an empty database, `report` prints what is in it.
`python -m tests.litvinov.crowd FIRST LAST` is one process of the server with threads for the
people FIRST to LAST: for every line on its input, the name of an action, it lets all of them do
it at once and prints what each of them got.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from accounts.audit import EditConflict, claim, save_record
from accounts.models import User
from programs.actions import (
    InvitationClosed,
    comment_phase,
    register_invited,
    save_activity,
    save_consultation,
)
from programs.models import (
    Activity,
    Consultation,
    ConsultationKind,
    Goal,
    Invitation,
    Membership,
    Phase,
    Program,
)
from reporting import tasks
from reporting.formats import Format
from reporting.models import Rendering, Report
from reporting.structure import Audience
from tests.builders import make_goal, make_invitation, make_phase, make_program, make_user

PEOPLE = 24


def prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    program = make_program(slug="nas")
    make_goal(program)
    make_phase(program, 1)
    make_phase(program, 2)
    for number in range(PEOPLE):
        make_user(f"osoba{number}@example.cz")
    make_invitation(program, email="pozvana@example.cz")


def edit_newest(user: User) -> str:
    """Add one's name to what the others have written so far."""
    with transaction.atomic():
        goal = Goal.objects.select_for_update().get()
        claim(goal, version=goal.version)
        goal.evaluation += f"{user}\n"
        save_record(goal, by=user)
    return "saved"


def overwrite(user: User) -> str:
    """Save the first version of a comment, which everybody has opened, as one's own."""
    phase = Phase.objects.get(position=2)
    phase.expert_comment = str(user)
    comment_phase(phase=phase, opened_version=1, by=user)
    return "saved"


def add_activity(user: User) -> str:
    activity = Activity(phase=Phase.objects.get(position=1), title=str(user))
    save_activity(activity=activity, opened_version=0, goals=[], actors=[], by=user)
    return "saved"


def log_consultation(user: User) -> str:
    phase = Phase.objects.get(position=1)
    consultation = Consultation(
        program=phase.program,
        held_on=phase.first_month,
        kind=ConsultationKind.MEETING,
        outcome=str(user),
    )
    save_consultation(
        consultation=consultation,
        opened_version=0,
        goals=list(Goal.objects.all()),
        actors=[],
        attendances={},
        by=user,
    )
    return "saved"


def use_invitation(user: User) -> str:
    """Everybody holds the same link; it makes one account and one membership."""
    invitation = Invitation.objects.get()
    try:
        register_invited(invitation=invitation, name=str(user), password="dlouhá věta")
    except InvitationClosed:
        return "closed"
    return "entered"


def click_for_report(user: User) -> str:
    """Everybody wants the same file; where tasks run at once, whoever is first draws it."""
    program = Program.objects.select_related("locality").get()
    rendering = tasks.ask(
        report=Report(program=program),
        audience=Audience.PUBLIC,
        form=Format.JSON,
        today=date(2024, 7, 20),
    )
    return str(rendering.pk)


ACTIONS: dict[str, Callable[[User], str]] = {
    action.__name__: action
    for action in (
        edit_newest,
        overwrite,
        add_activity,
        log_consultation,
        use_invitation,
        click_for_report,
    )
}


def act_together(action: Callable[[User], str], users: list[User]) -> list[str]:
    start = Barrier(len(users))
    results: list[str] = []

    def act(user: User) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            results.append(action(user))
        except EditConflict:
            results.append("conflict")
        except Exception as error:
            results.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [Thread(target=act, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def serve(first: int, last: int) -> None:
    emails = [f"osoba{number}@example.cz" for number in range(first, last + 1)]
    users = list(User.objects.filter(email__in=emails))
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(act_together(ACTIONS[line.strip()], users)), flush=True)


def report() -> None:
    def history(record: Any, text: str) -> list[Any]:
        rows = record.history.order_by("history_id")
        return list(rows.values_list("version", "history_type", "history_user__email", text))

    edited, overwritten = Goal.objects.get(), Phase.objects.get(position=2)
    found = {
        "edited": [edited.version, edited.evaluation],
        "edited history": history(edited, "evaluation"),
        "overwritten": [overwritten.version, overwritten.expert_comment],
        "overwritten history": history(overwritten, "expert_comment"),
        "activities": list(Activity.objects.order_by("position").values_list("position", "title")),
        "activity history": list(Activity.history.values_list("title", flat=True)),
        "consultations": list(Consultation.objects.values_list("outcome", flat=True)),
        "consultation goals": Consultation.goals.through.objects.count(),
        "consultation history": list(Consultation.history.values_list("outcome", flat=True)),
    }
    found["renderings"] = list(Rendering.objects.values_list("pk", "attempts"))
    found["members"] = list(Membership.objects.values_list("user__email", flat=True))
    print(json.dumps(found))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["report"]:
            report()
        case [first, last]:
            serve(int(first), int(last))
