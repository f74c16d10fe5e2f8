"""System checks that stop a half-configured production site from starting."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from newsroom import env


def production_is_whole(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each setting that production needs and lacks; none outside production."""
    if settings.DEBUG and env.text("SITE_URL").startswith("https:"):
        return [
            Error(
                "DEBUG is on, but SITE_URL is the https address of a production site.",
                hint="Unset DEBUG. It shows readers the settings and the code.",
                id="newsroom.E005",
            )
        ]
    if not settings.PRODUCTION:
        return []
    errors: list[CheckMessage] = []
    if len(set(env.text("SECRET_KEY"))) < 10 or len(env.text("SECRET_KEY")) < 50:
        errors.append(
            Error(
                "SECRET_KEY is missing or too short for production.",
                hint="Set SECRET_KEY (or SECRET_KEY_FILE) to 50 or more random characters.",
                id="newsroom.E001",
            )
        )
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
            id="newsroom.E007",
        )
    ]
