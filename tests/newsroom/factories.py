"""Plain functions that make accounts; pass only what the test is about."""

import itertools

from django.contrib.auth.models import Group, User

from tests.clock import later

count = itertools.count(1)


def make_user(*, group="", name="", **fields):
    """Make a user who joined long enough ago to count as a second person."""
    user = User.objects.create_user(
        name or f"user{next(count)}",
        password="correct horse battery",
        **{"is_staff": True, "date_joined": later(days=-30)} | fields,
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user
