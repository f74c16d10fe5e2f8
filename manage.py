#!/usr/bin/env python
"""Run the newsroom's commands: `manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run one command. What people can fix is said in one line; --traceback shows it whole."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError

    from newsroom.old_commands import RENAMED

    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in RENAMED:
        sys.stderr.write(f"Unknown command {name}: it is called {RENAMED[name]} now.\n")
        sys.exit(1)
    if name in {"version", "--version"}:
        # Django answers these with its own number.
        sys.argv[1] = "release"
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        # What a shell calls a command that Ctrl-C ended. What was committed stays.
        sys.stderr.write("\nStopped.\n")
        sys.exit(130)
    except (ImproperlyConfigured, InterfaceError, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        what = "Settings" if isinstance(error, ImproperlyConfigured) else "Database"
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        sys.stderr.write(f"{what}: {reason}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
