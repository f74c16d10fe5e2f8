"""List the live articles under those who signed them: nothing else was ever a label."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 500


def list_by_author(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    Article = apps.get_model("articles", "Article")
    Author = apps.get_model("articles", "Author")
    Listing = apps.get_model("articles", "Listing")
    authors = dict(Author.objects.using(database).values_list("slug", "pk"))
    live = Article.objects.using(database).filter(status="live").order_by("pk")
    signed = live.values_list("pk", "first_published_at", "live_version__bylines")
    rows = [
        Listing(
            article_id=article,
            author_id=authors[byline["slug"]],
            position=position,
            first_published_at=at,
        )
        for article, at, bylines in signed.iterator(chunk_size=BATCH)
        for position, byline in enumerate(bylines)
        if byline.get("slug") in authors
    ]
    Listing.objects.using(database).bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0029_topics")]

    operations = [
        migrations.RunPython(list_by_author, migrations.RunPython.noop, elidable=True),
    ]
