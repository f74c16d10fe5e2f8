"""Compare the versions that were stored before comparisons were kept."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model

from wires.models import PostVersion
from wires.retention import unguarded_versions

ROWS = 50


def compare_versions(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give each version its changes, a few rows a transaction. Safe to repeat and to break off."""
    connection = schema_editor.connection
    versions = apps.get_model("wires", "PostVersion")._default_manager.using(connection.alias)
    last = 0
    while True:
        edits = versions.filter(pk__gt=last, n__gt=1, changes__isnull=True, erased_at=None).order_by("pk")
        rows = list(edits[:ROWS])
        if not rows:
            return
        compared = [(row.pk, changes_of(row)) for row in rows]
        with unguarded_versions(connection, apps):
            for pk, changes in compared:
                # Not where its words were erased meanwhile.
                versions.filter(pk=pk, erased_at=None).update(changes=changes)
        last = rows[-1].pk


def changes_of(row: Model) -> object:
    versions = type(row)._default_manager.using(row._state.db)
    before = versions.filter(post=row.post_id, n__lt=row.n, erased_at=None)
    if (latest := before.order_by("-n").first()) is None:
        return None
    # The words are those of the model's property, which a historical model does not have.
    now, then = (PostVersion(title=words.title, text=words.text) for words in (row, latest))
    return now.changes_since(then)


class Migration(migrations.Migration):
    # Each batch is a transaction of its own, lest a large archive be locked for minutes.
    atomic = False

    dependencies = [("wires", "0004_changes_of_versions")]

    operations = [
        migrations.RunPython(compare_versions, migrations.RunPython.noop, elidable=True)
    ]
