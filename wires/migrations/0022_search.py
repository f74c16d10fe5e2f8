"""The index of posts. It is empty until `manage.py rebuild_search` fills it with the posts there are."""

from django.db import migrations

from wires.search.rows import POSTS


def create(apps, schema_editor):
    POSTS.create(schema_editor.connection)


def drop(apps, schema_editor):
    POSTS.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('wires', '0021_change_counts'),
    ]

    operations = [
        migrations.RunPython(create, drop, elidable=False),
    ]
