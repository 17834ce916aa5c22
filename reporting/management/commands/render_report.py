"""Write the report of a program into a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from programs.models import Program
from reporting.reading import read_report
from reporting.renderers import pdf
from reporting.structure import Audience


class Command(BaseCommand):
    help = "Write the report of a program as PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="address of the program, for example litvinov-janov")
        parser.add_argument("--output", type=Path, required=True, help="the file to write")
        parser.add_argument(
            "--audience",
            choices=[audience.value for audience in Audience],
            default=Audience.PUBLIC.value,
            help="public (default), or partners, which adds what is shared with the town only",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, render, write. Raises CommandError for an unknown program or a bad path."""
        program = (
            Program.objects.select_related("locality__municipality", "theme")
            .filter(slug=options["slug"])
            .first()
        )
        if program is None:
            raise CommandError(f"There is no program {options['slug']}.")
        report = read_report(
            program, audience=Audience(options["audience"]), today=timezone.localdate()
        )
        output: Path = options["output"]
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(pdf.render(report))
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}") from error
