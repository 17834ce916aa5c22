"""Make the search index anew, for data that came into the database past the application."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import search


class Command(BaseCommand):
    help = (
        "Make the search index anew from all records. The application keeps it by itself; "
        "this is for data that came into the database another way, and after an upgrade "
        "that changes what is searched."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Entries of the search index: {search.rebuild()}")
