"""The triggers that keep versions as they were written."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from wires.retention import guard_wires


def make_triggers(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guard_wires(schema_editor.connection, apps)


class Migration(migrations.Migration):
    dependencies = [("wires", "0001_initial")]

    operations = [migrations.RunPython(make_triggers, migrations.RunPython.noop, elidable=False)]
