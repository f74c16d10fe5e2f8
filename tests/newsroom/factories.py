"""Plain functions that make accounts; pass only what the test is about."""

import itertools

from django.contrib.auth.models import Group, User

count = itertools.count(1)


def make_user(*, group="", name="", **fields):
    user = User.objects.create_user(
        name or f"user{next(count)}", password="correct horse battery", is_staff=True, **fields
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user
