"""What commands say when the database does not do what they ask."""

from django.core.management.base import CommandError
from django.db import Error

from web.words import first_line

NOT_SET_UP = "The database is not set up: run manage.py migrate."
# Undefined table and column, as PostgreSQL numbers and SQLite words them.
_UNDEFINED = {"42P01", "42703"}
_MISSING = ("no such table", "no such column", "has no column named")


def is_not_set_up(error: Exception) -> bool:
    """Return whether a database answers, and lacks tables or columns that migrations make."""
    sqlstate = getattr(error.__cause__, "sqlstate", "")
    return sqlstate in _UNDEFINED or any(words in str(error) for words in _MISSING)


def no_database(error: Error) -> CommandError:
    """Return the one line to end a command with."""
    if is_not_set_up(error):
        return CommandError(NOT_SET_UP)
    return CommandError(f"The database does not answer: {first_line(error)}")
