"""People who sign in."""

from typing import Any, Self

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, Collate, Lower, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Visibility
from litvinov import czech
from litvinov.fields import one_of


def person_name(prefix: str = "") -> Collate:
    """What a person is called, to be sorted as Czech does; who has no name has an address."""
    name = NullIf(f"{prefix}name", Value(""))
    shown = Coalesce(name, f"{prefix}email", output_field=models.CharField())
    return Collate(shown, czech.COLLATION)


class UserQuerySet(models.QuerySet["User"]):
    def by_name(self) -> Self:
        """As Czech sorts them by what they are called; who has no name goes by the address."""
        return self.annotate(person=person_name()).order_by("person", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Small letters only: django-allauth looks an address up that way."""
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person, known by the e-mail address; what they may do is said by memberships."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=150, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_ignoring_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Submission(models.Model):
    """A form that was sent and saved, so that sending it again makes nothing twice.

    `key` is the one the form carried, `content` a fingerprint of what was sent with it,
    `record_id` the record that came of it and `answer` the address the person was led to.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="submissions")
    key = models.UUIDField()
    content = models.CharField(max_length=64)
    record_id = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="submission_key_unique"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Draft(models.Model):
    """What somebody has typed into a form and not saved yet; nobody else ever reads it.

    `address` is the page of the form, `key` the one the form carried, and `fields` what it
    would send: a list of texts for each name.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    address = models.CharField(max_length=300)
    key = models.UUIDField()
    fields = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "address", "key"], name="draft_unique"),
        ]

    def __str__(self) -> str:
        return self.address


class Deletion(models.Model):
    """What a deleted record was linked from, so that it can come back with its links.

    `links` has primary keys of records by "application.model.field", `parts` what was
    deleted with it: pairs of a model and a primary key.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    links = models.JSONField(default=dict)
    parts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        indexes = [models.Index(fields=["model", "object_id"], name="deletion_of_record")]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


class SearchEntry(models.Model):
    """What people find a record by; kept by `accounts.search`.

    `program` is the key of the program the record belongs to, None where several share it.
    A record of which the team may read more than others has an entry for each: with
    `is_team_part` for what only the team reads. The words are cut for the index of the
    database, which a migration adds beside the table, and `text` is what hits are shown in.
    """

    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    is_team_part = models.BooleanField(default=False)
    program = models.BigIntegerField(null=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    title = models.TextField()
    text = models.TextField(blank=True)
    title_words = models.TextField(blank=True)
    text_words = models.TextField(blank=True)

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        ordering = ["pk"]
        indexes = [models.Index(fields=["program", "visibility"], name="search_of_program")]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "object_id", "is_team_part"], name="search_entry_once_for_record"
            ),
            one_of("visibility", Visibility.values, model="search_entry"),
        ]

    def __str__(self) -> str:
        return self.title
