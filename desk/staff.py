"""Who works at the desk."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def staff_user(request: HttpRequest) -> User:
    """Return the user of a request. The desk lets in staff only."""
    return cast("User", request.user)
