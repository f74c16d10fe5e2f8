"""Changes that the triggers refuse, for tests of what would be if a row were another."""

from contextlib import contextmanager

from django.db import connection
from django.db.models import F
from django.db.models.functions import MD5

from wires.models import Capture


@contextmanager
def unguarded(model):
    """Switch the append-only trigger of a model off for a while."""
    table = model._meta.db_table
    name = f"{table}_is_append_only"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [name])
            ((make,),) = cursor.fetchall()
            cursor.execute(f"DROP TRIGGER {name}")
            yield
            cursor.execute(make)
            return
        # Foreign keys are looked at now: no table can be altered while they wait.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def forget_hashes():
    """Let no body be known by its hash, so that each is parsed again."""
    with unguarded(Capture):
        Capture.objects.update(sha256=MD5(F("sha256")))
