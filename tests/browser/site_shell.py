"""A Python shell in a site's own environment: `python -m tests.browser.site_shell`.

It stays open: setting Django up for each piece of code took a third of the browser tests' time.
Reads a line of JSON, the code, and answers with one, what it printed and its traceback or "".
"""

import contextlib
import io
import json
import os
import sys
import traceback


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    from django.core.management.commands.shell import Command
    from django.db import connections

    from wires import generations

    for line in sys.stdin:
        printed, fault = io.StringIO(), ""
        try:
            with contextlib.redirect_stdout(printed):
                # As manage.py shell: with every model imported.
                exec(json.loads(line), Command().get_namespace(verbosity=0))  # noqa: S102  # the tests' own
        except Exception:  # noqa: BLE001  # whatever it is, the test is told
            fault = traceback.format_exc()
        connections.close_all()
        # Rows that are written past publishing and ingest tell nobody, and pages are kept.
        for name in generations.NAMES:
            generations.bump(name)
        sys.stdout.write(json.dumps([printed.getvalue(), fault]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
