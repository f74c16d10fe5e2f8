"""System checks: what a production must set, and that its accounts are two people.

Errors of the settings stop a production from starting. The accounts are asked about only by
`manage.py check --deploy --database default`, which needs the database.
"""

import zlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.models import QuerySet

from accounts import redis_sessions
from accounts.rights import ADMINISTERING, BOTH, OVERRIDE, holders_of
from newsroom import env

# A line names no more people than anybody reads.
MOST_NAMED = 20
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
                hint="Take it out. Anybody who guesses it can log in as anybody.",
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


def second_factor_is_required(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error where a production site lets people publish by their password alone."""
    if not settings.PRODUCTION or settings.SECOND_FACTOR_REQUIRED:
        return []
    return [
        Error(
            "SECOND_FACTOR_REQUIRED is off.",
            hint="Unset it. In production people who can publish log in with a second factor.",
            id="newsroom.E009",
        )
    ]


def sessions_are_reachable(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Return a warning where the Redis of SESSIONS_URL does not answer; the log says why."""
    if not settings.SESSIONS_URL or redis_sessions.answers():
        return []
    return [
        Caution(
            "The Redis of SESSIONS_URL does not answer.",
            hint="Start it, or correct the address: nobody can log in without it.",
            id="newsroom.W012",
        )
    ]


def accounts_are_two_people(
    app_configs: Sequence[AppConfig] | None,
    *,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Name the accounts of a production that could be the second person for themselves.

    At most five queries; none unless a database is named.
    """
    if not (settings.PRODUCTION and databases):
        return []
    return [message for alias in databases for message in _of_accounts(alias)]


def _of_accounts(alias: str) -> list[CheckMessage]:
    if User._meta.db_table not in connections[alias].introspection.table_names():
        return []
    found: list[CheckMessage] = []
    superusers = User.objects.using(alias).filter(is_superuser=True).order_by("username")
    if names := _names(superusers):
        found.append(
            Caution(
                f"Superusers override holds, and make accounts that could agree: {names}.",
                hint=(
                    "Put who looks after accounts into the group Administrator, under People at"
                    " the desk, and take superuser status from everybody who can do without it."
                ),
                id="newsroom.W007",
            )
        )
    administering = holders_of(ADMINISTERING).using(alias)
    if names := _names(administering.filter(pk__in=holders_of([OVERRIDE]).values("pk"))):
        found.append(
            Error(
                f"These accounts administer accounts and override holds: {names}.",
                hint=f"{BOTH} Take one of the two from each, under People at the desk.",
                id="newsroom.E010",
            )
        )
    return found


def _names(people: QuerySet[User]) -> str:
    """Return usernames in one line, cut where there are many; deactivated accounts say so."""
    names = [
        name if is_active else f"{name} (not active)"
        for name, is_active in people.values_list("username", "is_active")[: MOST_NAMED + 1]
    ]
    return ", ".join(names[:MOST_NAMED]) + (" and others" if len(names) > MOST_NAMED else "")
