"""Which entries of the search index a person may read, and whose they are."""

from collections.abc import Collection, Iterable

from django.db.models import Model, Q

from accounts.models import User
from actors.models import Actor, GroupMember, TargetGroup, WorkingGroup
from programs.access import readable_by
from programs.models import Program

# Records of a town that its programs share: people see those their programs have taken.
TAKEN: dict[type[Model], str] = {
    Actor: "actors",
    WorkingGroup: "working_groups",
    GroupMember: "working_groups__members",
    TargetGroup: "target_groups",
}


def readable_entries(user: User, program: Program | None = None) -> Q:
    """Entries of all the person's programs, or of one of them, that they may read."""
    programs = Program.objects.of_member(user)
    readable = readable_by(user, program="program")
    if program is not None:
        programs = programs.filter(pk=program.pk)
        readable &= Q(program=program.pk)
    for model, path in TAKEN.items():
        taken = programs.filter(**{f"{path}__isnull": False}).values(path)
        readable |= Q(model=model._meta.label_lower, object_id__in=taken)
    return readable


def takers(
    model: type[Model], keys: Iterable[int], programs: Collection[Program]
) -> dict[int, list[Program]]:
    """Which of the programs have taken shared records, by the keys of the records."""
    path = TAKEN[model]
    by_key = {program.pk: program for program in programs}
    pairs = (
        Program.objects.filter(pk__in=by_key, **{f"{path}__in": list(keys)})
        .order_by("title", "pk")
        .values_list(path, "pk")
        .distinct()
    )
    found: dict[int, list[Program]] = {}
    for key, program in pairs:
        found.setdefault(key, []).append(by_key[program])
    return found
