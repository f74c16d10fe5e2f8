"""What commands say when the database does not do what they ask."""

from django.core.management.base import CommandError
from django.db import Error

from web.words import first_line

NOT_SET_UP = "The database is not set up: run manage.py migrate."
DISK_FULL = "The disk of the database is full: make room."
NO_ANSWER = "The database does not answer"
# Undefined table and column, as PostgreSQL numbers and SQLite words them.
_UNDEFINED = {"42P01", "42703"}
_MISSING = ("no such table", "no such column", "has no column named")


def is_not_set_up(error: Exception) -> bool:
    """Return whether a database answers, and lacks tables or columns that migrations make."""
    sqlstate = getattr(error.__cause__, "sqlstate", "")
    return sqlstate in _UNDEFINED or any(words in str(error) for words in _MISSING)


# What PostgreSQL numbers disk_full, and how SQLite words it, also where its log cannot grow.
_FULL = "53100"
_NO_ROOM = ("database or disk is full", "disk I/O error")


def is_disk_full(error: Exception) -> bool:
    """Return whether the database has no room to write; it may still be read."""
    sqlstate = getattr(error.__cause__, "sqlstate", "")
    return sqlstate == _FULL or any(words in str(error) for words in _NO_ROOM)


def what_is_wrong(error: Exception) -> str:
    """Return the sentence that says what is wrong with the database, without its last details."""
    if is_not_set_up(error):
        return NOT_SET_UP
    return DISK_FULL if is_disk_full(error) else f"{NO_ANSWER}."


def no_database(error: Error) -> CommandError:
    """Return the one line to end a command with."""
    what = what_is_wrong(error)
    if what == NOT_SET_UP:
        return CommandError(what)
    return CommandError(f"{what.removesuffix('.')}: {first_line(error)}")
