"""Public addresses: made from SITE_URL, never from the request."""

from django.conf import settings


def absolute(path: str) -> str:
    """Return the public address of a path that begins with a slash."""
    return f"{settings.SITE_URL}{path}"
