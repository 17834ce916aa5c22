"""Write the report of a program into a file."""

import gc
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from programs.models import Program
from reporting.formats import FORMS, Format
from reporting.reading import read_report
from reporting.structure import Audience


class Command(BaseCommand):
    help = "Write the newest report of a program in one of its forms."
    # A report opens none of the pages, and loading them all is a tenth of what it takes.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="address of the program, for example litvinov-janov")
        parser.add_argument("--output", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--format",
            choices=[form.value for form in Format],
            default=Format.PDF.value,
            help="pdf (default), html, docx, xlsx, json, or zip with everything",
        )
        parser.add_argument(
            "--audience",
            choices=[audience.value for audience in Audience],
            default=Audience.PUBLIC.value,
            help="public (default), or partners, which adds what is shared with the town only",
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """The process ends with the command: nobody needs back what it made."""
        gc.disable()
        super().run_from_argv(argv)
        # Else everything is looked through and taken apart at the end, after the file was written.
        gc.freeze()

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, render, write. Raises CommandError for an unknown program or a bad path."""
        program = program_of(options["slug"])
        report = read_report(
            program, audience=Audience(options["audience"]), today=timezone.localdate()
        )
        content = FORMS[Format(options["format"])].render(report)
        output: Path = options["output"]
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}") from error


def program_of(slug: str) -> Program:
    """Raises CommandError when there is none."""
    programs = Program.objects.select_related("locality__municipality", "theme")
    program = programs.filter(slug=slug).first()
    if program is None:
        raise CommandError(f"There is no program {slug}.")
    return program
