"""Make, confirm and log accounts: what was done to whom, by whom and when."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime

from django.contrib.auth.models import Group, User
from django.db import transaction

from accounts.models import Account, AccountAct
from accounts.rights import (
    ADMINISTRATORS,
    BOTH,
    is_administrator,
    labels_of,
    may_override,
)
from accounts.second_person import read_ties

Verb = AccountAct.Verb


class CannotConfirm(Exception):
    """This person cannot confirm this account; the message says why."""


class NotLetIn(Exception):
    """No command lets this person in; the message says who can."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What of an account is logged when it changes."""

    username: str
    email: str
    is_active: bool
    is_superuser: bool
    groups: tuple[str, ...]
    permissions: tuple[str, ...]


# Of what is on or off, the verbs for both.
SWITCHED = {
    "is_active": (Verb.ACTIVATED, Verb.DEACTIVATED),
    "is_superuser": (Verb.SUPERUSER_GIVEN, Verb.SUPERUSER_TAKEN),
}
CHANGED = {
    "username": Verb.RENAMED,
    "email": Verb.EMAIL,
    "groups": Verb.ROLES,
    "permissions": Verb.RIGHTS,
}


def record(person: User, verb: Verb, *, by: User | None, at: datetime, **detail: object) -> None:
    """Log one act on an account; `by` is None for a command."""
    AccountAct.objects.create(
        person=person, name=person.get_username(), verb=verb, by=by, at=at, detail=detail
    )


def record_made(person: User, *, by: User | None, at: datetime) -> None:
    """Record a new account and who made it."""
    Account.objects.create(user=person, made_by=by, made_at=at)
    record(person, Verb.MADE, by=by, at=at)


def read_profile(person: User) -> Profile:
    """Return the account as it is stored now. Three queries."""
    stored = User.objects.get(pk=person.pk)
    return Profile(
        username=stored.username,
        email=stored.email,
        is_active=stored.is_active,
        is_superuser=stored.is_superuser,
        groups=tuple(stored.groups.order_by("name").values_list("name", flat=True)),
        permissions=tuple(sorted(labels_of(stored.user_permissions.all()))),
    )


def record_changes(
    person: User, before: Profile, after: Profile, *, by: User | None, at: datetime
) -> None:
    """Log what changed in an account, an act for each. One query, none where nothing did."""
    AccountAct.objects.bulk_create(
        AccountAct(person=person, name=after.username, verb=verb, by=by, at=at, detail=detail)
        for verb, detail in _changes(before, after)
    )


def _changes(before: Profile, after: Profile) -> Iterator[tuple[Verb, dict[str, object]]]:
    for field in fields(Profile):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was == now:
            continue
        if field.name in SWITCHED:
            yield SWITCHED[field.name][0 if now else 1], {}
        else:
            yield CHANGED[field.name], {"from": was, "to": now}


@dataclass(frozen=True, slots=True)
class GroupProfile:
    """What of a group is logged when it changes."""

    name: str
    permissions: tuple[str, ...]
    members: tuple[str, ...]


def read_group(group: Group) -> GroupProfile:
    """Return the group as it is stored now. Three queries."""
    members = group.user_set.order_by("username").values_list("username", flat=True)
    return GroupProfile(
        name=Group.objects.values_list("name", flat=True).get(pk=group.pk),
        permissions=tuple(sorted(labels_of(group.permissions.all()))),
        members=tuple(members),
    )


def record_group(
    before: GroupProfile | None, after: GroupProfile | None, *, by: User | None, at: datetime
) -> None:
    """Log that a group was made, changed or deleted, and who was in it; nothing where neither."""
    if before == after:
        return
    was, now = before or GroupProfile("", (), ()), after or GroupProfile("", (), ())
    verb = Verb.GROUP_CHANGED
    if before is None or after is None:
        verb = Verb.GROUP_MADE if after else Verb.GROUP_DELETED
    detail: dict[str, object] = {"from": was.permissions, "to": now.permissions}
    if before and after and was.name != now.name:
        detail["renamed_from"] = was.name
    detail["members"] = was.members or now.members
    AccountAct.objects.create(name=now.name or was.name, verb=verb, by=by, at=at, detail=detail)


def confirm(person: User, *, by: User, at: datetime) -> None:
    """Confirm an account, so that it counts before it is a day old. Raises CannotConfirm."""
    if not is_administrator(by):
        message = "Only an administrator can confirm an account."
        raise CannotConfirm(message)
    if person.pk == by.pk or read_ties([]).can_be(by.pk, person.pk):
        message = (
            f"You made the account of {person.get_username()}, or could get into it."
            " Another administrator has to confirm it."
        )
        raise CannotConfirm(message)
    with transaction.atomic():
        Account.objects.get_or_create(user=person, defaults={"made_at": person.date_joined})
        # The first confirmation stays.
        unconfirmed = Account.objects.filter(user=person, confirmed_at__isnull=True)
        if not unconfirmed.update(confirmed_by=by, confirmed_at=at):
            message = f"The account of {person.get_username()} is confirmed already."
            raise CannotConfirm(message)
        record(person, Verb.CONFIRMED, by=by, at=at)


def let_in(person: User, *, password: str, administrator: bool, at: datetime) -> None:
    """Let an administrator in, for a command: a new password on an active account.

    With `administrator` the account becomes one. Raises NotLetIn for anybody else, whom an
    administrator can let in at the desk, and for who overrides holds.
    """
    with transaction.atomic():
        before = read_profile(person)
        person.is_active = person.is_staff = True
        person.set_password(password)
        person.save()
        if administrator:
            _make_administrator(person)
        # Read again: what a user may do is cached.
        if not is_administrator(User.objects.get(pk=person.pk)):
            message = (
                f"{person.get_username()} is no administrator, so an administrator sets the"
                " password, at the desk. If there is none any more, add --administrator."
            )
            raise NotLetIn(message)
        record(person, Verb.LET_IN, by=None, at=at)
        record_changes(person, before, read_profile(person), by=None, at=at)


def _make_administrator(person: User) -> None:
    """Put a person into the group of administrators. Raises NotLetIn for who overrides holds."""
    if may_override(person) and not person.is_superuser:
        message = f"{person.get_username()} overrides holds. {BOTH} Choose another account."
        raise NotLetIn(message)
    person.groups.add(Group.objects.get(name=ADMINISTRATORS))
