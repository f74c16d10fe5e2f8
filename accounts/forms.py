"""The forms of people and groups, which let nobody administer accounts and override holds."""

from typing import Any

from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.rights import (
    ADMINISTERING,
    BOTH,
    OVERRIDE,
    holders_of,
    holds_both,
    labels_of,
    lock_roles,
)
from desk.forms import PlainForm

NAMED = 5


class PersonForm(PlainForm, UserChangeForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lock_roles()
        # What the form does not ask stays as it is stored.
        groups = cleaned.get("groups", self.instance.groups.all())
        single = cleaned.get("user_permissions", self.instance.user_permissions.all())
        rights = Permission.objects.filter(Q(group__in=groups) | Q(pk__in=single))
        if holds_both(labels_of(rights.distinct())):
            raise ValidationError(BOTH)
        return cleaned


class GroupForm(PlainForm):
    class Meta:
        model = Group
        fields = ("name", "permissions")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lock_roles()
        if "permissions" not in cleaned:
            return cleaned
        labels = labels_of(cleaned["permissions"])
        if holds_both(labels):
            raise ValidationError(BOTH)
        if clashing := list(self._clashing(labels)[: NAMED + 1]):
            message = f"{BOTH} With this group these people would do both: {_names(clashing)}."
            raise ValidationError(message)
        return cleaned

    def _clashing(self, labels: frozenset[str]) -> QuerySet[User]:
        """Return the members who have the other right from elsewhere."""
        if self.instance.pk is None:
            return User.objects.none()
        administers = not labels.isdisjoint(ADMINISTERING)
        other = (ADMINISTERING if OVERRIDE in labels else ()) + ((OVERRIDE,) if administers else ())
        elsewhere = holders_of(other, besides=self.instance).values("pk")
        return User.objects.filter(groups=self.instance, pk__in=elsewhere).order_by("username")


def _names(people: list[User]) -> str:
    names = [person.get_username() for person in people[:NAMED]]
    return ", ".join(names) + (" and others" if len(people) > NAMED else "")
