"""Read settings from the environment: NAME, or the file that NAME_FILE points to."""

import os
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, *, default: str = "") -> str:
    """Return the value of NAME, else the stripped content of the file NAME_FILE, else the default.

    Raises ImproperlyConfigured when both are set or the file cannot be read.
    """
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return os.environ.get(name, default)
    if name in os.environ:
        message = f"{name} and {name}_FILE are both set. Keep one of them."
        raise ImproperlyConfigured(message)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"{name}_FILE names {path}, which cannot be read: {error}"
        raise ImproperlyConfigured(message) from error


def secret(name: str) -> str:
    """Return a token from NAME or NAME_FILE, "" without one. Raises ImproperlyConfigured.

    One that no header can hold is refused here, without showing it: later it would stand in the
    message of an exception.
    """
    value = text(name).strip()
    if value.isascii() and value.isprintable() and " " not in value:
        return value
    message = f"{name} has spaces, line breaks or letters that no token has. Copy it again."
    raise ImproperlyConfigured(message)


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether NAME is on. Raises ImproperlyConfigured for anything but on and off words."""
    value = text(name, default="1" if default else "0").strip().lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    message = f"{name} is {value!r}. Use 1 or 0."
    raise ImproperlyConfigured(message)


def switch(name: str) -> bool | None:
    """Return whether NAME is on, None if it is not set. Raises ImproperlyConfigured as flag does."""
    return flag(name) if text(name).strip() else None


def words(name: str, *, default: str = "") -> list[str]:
    """Return the comma-separated parts of NAME, stripped, without empty ones."""
    return [part.strip() for part in text(name, default=default).split(",") if part.strip()]


def whole(name: str, *, default: int) -> int:
    """Return NAME as a whole number. Raises ImproperlyConfigured if it is not one."""
    value = text(name, default=str(default))
    try:
        return int(value)
    except ValueError as error:
        message = f"{name} is {value!r}. Use a whole number."
        raise ImproperlyConfigured(message) from error


def within(name: str, *, default: int, least: int, most: int) -> int:
    """Return NAME as a whole number between two. Raises ImproperlyConfigured if it is none."""
    value = whole(name, default=default)
    if least <= value <= most:
        return value
    message = f"{name} is {value}. Use {least} to {most}."
    raise ImproperlyConfigured(message)


def moment(name: str) -> datetime | None:
    """Return NAME as a moment, a day being its beginning in UTC; None if it is not set.

    Raises ImproperlyConfigured.
    """
    value = text(name).strip()
    if not value:
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError as error:
        message = f"{name} is {value!r}. Use a date such as 2027-06-01."
        raise ImproperlyConfigured(message) from error
    return read if read.tzinfo else read.replace(tzinfo=UTC)
