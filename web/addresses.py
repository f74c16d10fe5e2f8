"""Public addresses: made from SITE_URL, never from the request."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """Return the public address of a path that begins with a slash."""
    return f"{settings.SITE_URL}{path}"


def site_host() -> str:
    """Return the host of the public address."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
