"""The index of posts. It is empty until `manage.py rebuild_search` fills it with the posts there are."""

from django.db import migrations

from wires.search.rows import create_tables, drop_tables


def create(apps, schema_editor):
    create_tables(schema_editor.connection)


def drop(apps, schema_editor):
    drop_tables(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('wires', '0021_change_counts'),
    ]

    operations = [
        migrations.RunPython(create, drop, elidable=False),
    ]
