"""Who works at the desk."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def staff_user(request: HttpRequest) -> User:
    """Return the user of a request. The desk lets in staff only."""
    return cast("User", request.user)


def name_of(person: User) -> str:
    """Return what a person is called at the desk."""
    return person.get_full_name() or person.get_username()
