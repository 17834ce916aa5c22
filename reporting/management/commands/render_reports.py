"""Draw the reports of many programs into the store, from where the pages serve them."""

from argparse import ArgumentTypeError
from contextlib import closing
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from programs.models import Program
from reporting.batch import Batch, Wanted, WorkersDie
from reporting.formats import Format
from reporting.models import Rendering, RenderingState
from reporting.structure import Audience

MOST_WORKERS = 64


class Command(BaseCommand):
    help = (
        "Draw the newest reports of many programs into the store. What is there already is not "
        "drawn again, so a run that was killed goes on where it ended. Exits with 1 when some "
        "could not be drawn, and names them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", help="addresses of programs, unless --all is given")
        parser.add_argument("--all", action="store_true", help="every program there is")
        parser.add_argument(
            "--year", type=int, help="only programs whose last month is in this year"
        )
        parser.add_argument(
            "--format",
            action="append",
            choices=[form.value for form in Format],
            help="pdf unless given; may be given several times",
        )
        parser.add_argument(
            "--audience",
            action="append",
            choices=[audience.value for audience in Audience],
            help="public unless given; may be given several times",
        )
        parser.add_argument(
            "--workers",
            type=_workers,
            default=1,
            help="processes that draw (default 1); 0 leaves it to running `manage.py db_worker`",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Order, draw, tell. Raises CommandError for unknown programs and for what failed."""
        wanted = [
            Wanted(program.pk, program.slug, Audience(audience), form)
            for program in _programs(options["slugs"], options["all"], options["year"])
            for audience in options["audience"] or [Audience.PUBLIC.value]
            for form in options["format"] or [Format.PDF.value]
        ]
        batch = Batch(wanted)
        self.stdout.write(f"{len(wanted)} wanted, {len(batch.known)} there already")
        failed: list[str] = []
        # Where nobody watches, a line for each file says more than a bar.
        bar = tqdm(
            total=len(wanted), initial=len(batch.known), unit=" files", disable=None, ascii=True
        )
        with bar, closing(batch.run(options["workers"])) as ended:
            try:
                for number, (one, rendering) in enumerate(ended, start=len(batch.known) + 1):
                    bar.update()
                    if bar.disable:
                        self.stdout.write(f"{number}/{len(wanted)} {one}: {_told(rendering)}")
                        self.stdout.flush()
                    if rendering.state == RenderingState.FAILED:
                        failed.append(f"{one}: {_told(rendering)}")
            except WorkersDie as error:
                raise CommandError("Workers die before they have drawn anything.") from error
        if failed:
            raise CommandError("Not drawn:\n" + "\n".join(failed))


def _told(rendering: Rendering) -> str:
    if rendering.state == RenderingState.FAILED:
        return f"failed ({rendering.failure})"
    if rendering.started_at and rendering.finished_at:
        took = (rendering.finished_at - rendering.started_at).total_seconds()
        return f"{rendering.size} bytes in {took:.1f} s"
    return f"{rendering.size} bytes"


def _programs(slugs: list[str], everything: bool, year: int | None) -> list[Program]:
    if bool(slugs) == everything:
        raise CommandError("Name programs, or give --all.")
    found = Program.objects.order_by("slug")
    if year is not None:
        if not 1 <= year <= 9999:
            raise CommandError("A year has at most four digits.")
        found = found.filter(last_month__range=(date(year, 1, 1), date(year, 12, 31)))
    if everything:
        return list(found)
    known = list(found.filter(slug__in=slugs))
    unknown = set(slugs) - {program.slug for program in known}
    if unknown:
        raise CommandError(f"There is no program {', '.join(sorted(unknown))}.")
    return known


def _workers(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= MOST_WORKERS):
        raise ArgumentTypeError(f"a number from 0 to {MOST_WORKERS}")
    return int(value)
