"""The index of live articles. It is empty until `manage.py rebuild_search` fills it with those there are."""

from django.db import migrations

from articles.search import ARTICLES


def create(apps, schema_editor):
    ARTICLES.create(schema_editor.connection)


def drop(apps, schema_editor):
    ARTICLES.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0032_source_uses'),
    ]

    operations = [
        migrations.RunPython(create, drop, elidable=False),
    ]
