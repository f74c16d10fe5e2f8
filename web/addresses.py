"""Public addresses: made from SITE_URL, never from the request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve


def absolute(path: str) -> str:
    """Return the public address of a path that begins with a slash."""
    return f"{settings.SITE_URL}{path}"


def site_host() -> str:
    """Return the host of the public address."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def page_at(path: str) -> str:
    """Return the public address of a path, "" where no view of the site answers it."""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return absolute(path)
