"""Print the JSON Schema of reports, for `docs/report.schema.json`."""

from typing import Any

from django.core.management.base import BaseCommand

from reporting.renderers import json_file


class Command(BaseCommand):
    help = "Print the JSON Schema of reports; make schema writes it into docs."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json_file.published_schema(), ending="")
