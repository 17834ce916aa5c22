"""Load the demonstration data: two programs, what they share, and six people."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core import serializers
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import IntegrityError, transaction

from accounts.audit import save_record
from accounts.models import User
from indicators.models import CataloguePublished, CriteriaCatalogue
from programs.models import Program

# Each file refers only to records of those before it.
FILES = ("reference", "users", "litvinov-janov", "cizi-obec")

Entry = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Load the demonstration data and its six users. Records that are already there stay "
        "as they are, so the command may be run again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--password-file",
            type=Path,
            help="file with the password of the demonstration users; "
            "if it is not there, it is written with a new password",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Add what is missing in one transaction and say who may sign in.

        Raises CommandError when the database holds data that are no demonstration.
        """
        refuse_foreign_database()
        users = read_users()
        password = password_for(users, options["password_file"])

        loading = Loading(password)
        for name in FILES:
            for entry in read_file(name):
                loading.add_missing(entry)
        loading.publish_catalogues()

        self.stdout.write(f"Records added: {loading.added}")
        for reason in loading.left_out:
            self.stderr.write(f"Not added: {reason}")
        for user in users:
            self.stdout.write(f"{user.email}  {user.name}")
        if password:
            self.stdout.write(f"Password: {password}")


def refuse_foreign_database() -> None:
    """Let in an empty database and one that already holds a demonstration."""
    programs = Program.objects.all()
    is_empty = not programs.exists() and not User.objects.exists()
    if not is_empty and not programs.exclude(demo_notice="").exists():
        raise CommandError(
            "This database holds data that are not marked as a demonstration; nothing was loaded."
        )


def password_for(users: list[User], path: Path | None) -> str | None:
    """The password kept in the file, or a new one if somebody needs it; otherwise none."""
    if path is not None and path.exists():
        return kept_password(path)
    if all(user.pk is not None for user in users):
        return None
    return new_password(path)


def kept_password(path: Path) -> str:
    password = path.read_text(encoding="utf-8").strip()
    if not password:
        raise CommandError(f"The password file {path} is empty.")
    return password


def new_password(path: Path | None) -> str:
    """A random password, kept in a file that only its owner can read."""
    password = secrets.token_urlsafe(9)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"{password}\n", encoding="utf-8")
    return password


def read_file(name: str) -> list[Entry]:
    path: Path = settings.BASE_DIR / "fixtures" / f"{name}.yaml"
    entries: list[Entry] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def read_entry(entry: Entry) -> DeserializedObject:
    """The record an entry describes; it has a primary key if it is already there."""
    return next(iter(serializers.deserialize("python", [entry])))


def read_users() -> list[User]:
    users: list[Any] = [read_entry(entry).object for entry in read_file("users")]
    return users


class Loading:
    """One run of the command: what it added and what it had to leave out."""

    def __init__(self, password: str | None) -> None:
        self.password = password
        self.added = 0
        self.left_out: list[str] = []
        self.drafts: list[tuple[CriteriaCatalogue, date]] = []

    def add_missing(self, entry: Entry) -> None:
        """Save the record unless it is there.

        Somebody may have renamed or removed what the record needs, put another one in its
        place, or published the catalogue it belongs to. Their work stays and it is left out.
        """
        try:
            loaded = read_entry(entry)
            if loaded.object.pk is None:
                self._save(loaded)
                self.added += 1
        except (DeserializationError, IntegrityError, CataloguePublished) as reason:
            # PostgreSQL explains itself on several lines.
            self.left_out.append(f"{entry['model']}: {' '.join(str(reason).split())}")

    def _save(self, loaded: DeserializedObject) -> None:
        record: Any = loaded.object
        if isinstance(record, User):
            record.set_password(self.password)
            record.save()
            return
        if isinstance(record, CriteriaCatalogue) and record.published_on:
            # A published catalogue takes no criteria, so it stays a draft until it has them.
            self.drafts.append((record, record.published_on))
            record.published_on = None
        save_record(record, by=None, links=loaded.m2m_data)

    def publish_catalogues(self) -> None:
        """Publish the catalogues this run has added."""
        for catalogue, day in self.drafts:
            catalogue.published_on = day
            save_record(catalogue, by=None)
