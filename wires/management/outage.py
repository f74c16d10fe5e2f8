"""What commands say when the database does not do what they ask."""

from django.core.management.base import CommandError
from django.db import DatabaseError


def first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def no_database(error: DatabaseError) -> CommandError:
    """Return the one line to end a command with."""
    return CommandError(f"The database does not answer: {first_line(error)}")
