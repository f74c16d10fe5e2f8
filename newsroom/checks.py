"""System checks that stop a half-configured production site from starting."""

import zlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from newsroom import env

MAKES_A_KEY = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
SHORTEST_KEY = 50
ZLIB_FRAME = 8  # bytes
# What 25 random bytes in hexadecimal take when they are compressed, which takes out what repeats.
LEAST_COMPRESSED = 40


def is_random(key: str) -> bool:
    """Return whether a key may have been made at random: long, of letters and digits, no pattern."""
    if len(key) < SHORTEST_KEY or key.startswith("django-insecure-"):
        return False
    # Words of a language have no digits, and do not repeat themselves enough to be told by that.
    is_mixed = any(c.isalpha() for c in key) and any(c.isdigit() for c in key)
    return is_mixed and len(zlib.compress(key.encode(), 9)) - ZLIB_FRAME >= LEAST_COMPRESSED


def is_wildcard(host: str) -> bool:
    return host == "*" or host.startswith(".")


def debugging_errors() -> list[CheckMessage]:
    """Return an error for each sign that DEBUG is on where others could see it."""
    errors: list[CheckMessage] = []
    if env.text("SITE_URL").startswith("https:"):
        errors.append(
            Error(
                "DEBUG is on, but SITE_URL is the https address of a production site.",
                hint="Unset DEBUG. It shows readers the settings and the code.",
                id="newsroom.E005",
            )
        )
    if any(map(is_wildcard, settings.ALLOWED_HOSTS)):
        errors.append(
            Error(
                "DEBUG is on, but ALLOWED_HOSTS lets any host name in.",
                hint="Unset DEBUG, or name the hosts: ALLOWED_HOSTS=localhost,paper.test.",
                id="newsroom.E008",
            )
        )
    return errors


def key_errors() -> list[CheckMessage]:
    """Return an error for each key that somebody could guess."""
    errors: list[CheckMessage] = []
    if not is_random(env.text("SECRET_KEY")):
        errors.append(
            Error(
                "SECRET_KEY is missing, too short or too easily guessed for production.",
                hint=f"Set SECRET_KEY (or SECRET_KEY_FILE) to what this prints: {MAKES_A_KEY}",
                id="newsroom.E001",
            )
        )
    if not all(map(is_random, settings.SECRET_KEY_FALLBACKS)):
        errors.append(
            Error(
                "SECRET_KEY_FALLBACKS holds a key that is too short or too easily guessed.",
                hint="Take it out. Whoever guesses it can log in as anybody.",
                id="newsroom.E007",
            )
        )
    return errors


def production_is_whole(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each setting that production needs and lacks; none outside production."""
    if settings.DEBUG:
        return debugging_errors()
    if not settings.PRODUCTION:
        return []
    errors = key_errors()
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        errors.append(
            Error(
                "ALLOWED_HOSTS must list the host names of the site.",
                hint="Set ALLOWED_HOSTS=paper.example,www.paper.example.",
                id="newsroom.E002",
            )
        )
    site = urlsplit(env.text("SITE_URL"))
    if site.scheme != "https" or not site.hostname:
        errors.append(
            Error(
                "SITE_URL must be the https address of the site.",
                hint="Set SITE_URL=https://paper.example.",
                id="newsroom.E003",
            )
        )
    if not env.text("DATABASE_URL"):
        # Else a command that lost this setting works on a new SQLite file, and reports success.
        errors.append(
            Error(
                "DATABASE_URL must name the site's database.",
                hint=(
                    "Set DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/NAME, or, for SQLite,"
                    " DATABASE_URL=sqlite:////srv/newsroom/runtime/newsroom.sqlite3."
                ),
                id="newsroom.E006",
            )
        )
    if settings.WIRE_TRUSTED_HOSTS:
        errors.append(
            Error(
                "WIRE_TRUSTED_HOSTS must be empty in production.",
                hint="Unset it. It lets channels reach private addresses.",
                id="newsroom.E004",
            )
        )
    return errors
