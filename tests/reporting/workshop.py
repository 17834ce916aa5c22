"""A database of many small programs for test_workers, whose processes share it.

`python -m tests.reporting.workshop prepare NUMBER` makes the programs; `report FORM` prints what
the store has of them in a form, and whether it is what a fresh drawing gives.
"""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.utils import timezone

from programs.models import Program
from reporting.formats import FORMS, Format
from reporting.models import Rendering
from reporting.reading import read_report
from reporting.structure import Audience
from tests.builders import make_figure, make_goal, make_program


def prepare(number: int) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    for position in range(number):
        program = make_program(slug=f"program-{position:03}")
        make_goal(program)
        make_figure(program, name=f"Údaj programu {position}")


def report(form: Format) -> None:
    found = []
    for program in Program.objects.select_related("locality__municipality", "theme"):
        read = read_report(program, audience=Audience.PUBLIC, today=timezone.localdate())
        fresh = FORMS[form].render(read)
        found += [
            [program.slug, rendering.state, rendering.attempts, rendering.content == fresh]
            for rendering in Rendering.objects.filter(program=program, form=form)
        ]
    print(json.dumps(sorted(found)))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare", number]:
            prepare(int(number))
        case ["report", form]:
            report(Format(form))
