"""Public addresses: made from SITE_URL, never from the request."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import get_script_prefix, reverse


def absolute(path: str) -> str:
    """Return the public address of a path that begins with a slash."""
    return f"{settings.SITE_URL}{path}"


def path_of(name: str, *args: object) -> str:
    """Return the path of a page of ours by its name, as `reverse` does. Raises NoReverseMatch.

    A page names the same few again and again, and Django looks each up in the whole configuration.
    """
    return _path(get_script_prefix(), name, args)


@lru_cache(maxsize=1_024, typed=True)
def _path(prefix: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args)


def site_host() -> str:
    """Return the host of the public address."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
