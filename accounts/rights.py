"""What accounts may do: who administers them, who overrides holds, and that nobody does both.

A deactivated account counts with the rights it would have, which is why none of this asks
`get_all_permissions`: that is empty for it, and who activates the account has them all.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet

# The group of who looks after accounts; newsroom/groups.py says what it may do.
ADMINISTRATORS = "Administrator"
# The right to be the second person. The app that it belongs to stands above this one.
OVERRIDE = "articles.override_hold"
# Who makes accounts, sets passwords or says what a group may do can be a second person too.
ADMINISTERING = (
    "auth.add_user", "auth.change_user", "auth.delete_user",
    "auth.add_group", "auth.change_group", "auth.delete_group",
)  # fmt: skip
BOTH = (
    "Somebody who administers accounts or groups must not override holds: they could be the second"
    " person themselves."
)


def permissions_named(labels: Iterable[str], using: str = "default") -> list[Permission]:
    """Return the permissions of these labels, such as auth.add_user. One query."""
    return list(Permission.objects.using(using).filter(_named(labels)))


def permissions_of(person: User) -> QuerySet[Permission]:
    """Return what this person would be allowed with an active account, by group and by name."""
    if person.is_superuser:
        return Permission.objects.all()
    granted = Permission.objects.filter(group__user=person)
    return (granted | Permission.objects.filter(user=person)).distinct()


def labels_of(permissions: QuerySet[Permission]) -> frozenset[str]:
    """Return permissions as labels, such as auth.add_user. One query."""
    pairs = permissions.values_list("content_type__app_label", "codename")
    return frozenset(f"{app}.{codename}" for app, codename in pairs)


def holds_both(labels: frozenset[str]) -> bool:
    """Return whether somebody with these rights administers accounts and overrides holds."""
    return OVERRIDE in labels and not labels.isdisjoint(ADMINISTERING)


def is_administrator(person: User) -> bool:
    """Return whether this person looks after all accounts and groups.

    Nobody who overrides holds does, superusers apart, however they came to hold both rights.
    """
    if person.is_superuser:
        return person.is_active
    administers = person.has_perms(("auth.change_user", "auth.change_group"))
    return administers and not person.has_perm(OVERRIDE)


def may_override(person: User) -> bool:
    """Return whether this person could override a hold, were their account active. One query."""
    return permissions_of(person).filter(_named([OVERRIDE])).exists()


def is_within(other: User, user: User) -> bool:
    """Return whether `user` has all that `other` would be allowed. Two queries at most."""
    if user.is_superuser:
        return True
    return not other.is_superuser and labels_of(permissions_of(other)) <= labels_of(
        permissions_of(user)
    )


def may_change(person: User, *, by: User) -> bool:
    """Return whether `by`, who may change accounts at all, may change the account of `person`.

    An administrator may, but for a superuser's; others only of who may do no more than they, and
    does not override: a password that they set would make them the second person.
    """
    if by.is_superuser or person.pk == by.pk:
        return True
    if is_administrator(by):
        return not person.is_superuser
    return is_within(person, by) and not may_override(person)


def groups_within(user: User) -> QuerySet[Group]:
    """Return the groups that this person may hand out: an administrator all, others what they have."""
    groups = Group.objects.order_by("name")
    if is_administrator(user):
        return groups
    beyond = Permission.objects.exclude(pk__in=permissions_of(user))
    return groups.exclude(permissions__in=beyond)


def holders_of(labels: Iterable[str], *, besides: Group | None = None) -> QuerySet[User]:
    """Return who has one of these rights, superusers apart; not counting what one group gives."""
    through = Group.objects.filter(permissions__in=Permission.objects.filter(_named(labels)))
    if besides is not None:
        through = through.exclude(pk=besides.pk)
    by_name = Permission.objects.filter(_named(labels))
    people = User.objects.filter(is_superuser=False).order_by("username")
    return people.filter(Q(groups__in=through) | Q(user_permissions__in=by_name)).distinct()


def lock_roles() -> None:
    """Let nobody else change who may do what before the transaction ends. One query.

    Two saves at once could give one account two rights, each of which is allowed by itself.
    """
    list(Group.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _named(labels: Iterable[str]) -> Q:
    wanted = Q(pk__in=[])
    for label in labels:
        app, codename = label.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return wanted
