"""Management commands inside the test process."""

import io
from typing import NamedTuple

from django.core.management import call_command


class Ran(NamedTuple):
    """What a command left: its exit status, output and errors."""

    status: int
    out: str
    err: str


def run_command(name, *arguments, **options):
    """Run a command; what it prints and the status it exits with are returned."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        status = stop.code
    return Ran(status, out.getvalue(), err.getvalue())
