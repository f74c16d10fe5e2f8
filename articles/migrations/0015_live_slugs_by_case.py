from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

LONGEST = 120


def part_twins(apps, schema_editor):
    """Give a number to each live slug that an older article has in another case.

    The former address leads on to the new one.
    """
    database = schema_editor.connection.alias
    Article = apps.get_model("articles", "Article")
    Redirect = apps.get_model("articles", "Redirect")
    public = Article.objects.using(database).exclude(live_slug="")
    slugs = list(public.order_by("first_published_at", "pk").values_list("pk", "live_slug"))
    every = {slug.lower() for _, slug in slugs}
    # The former addresses of others lead on too.
    former = Redirect.objects.using(database).values_list("path", flat=True)
    every |= {path.strip("/").rpartition("/")[2].lower() for path in former}
    seen = set()
    for pk, slug in slugs:
        if slug.lower() not in seen:
            seen.add(slug.lower())
            continue
        article = Article.objects.using(database).get(pk=pk)
        new = free(slug, every)
        every.add(new.lower())
        seen.add(new.lower())
        if article.first_published_at is not None:
            path = f"/{article.first_published_at:%Y/%m/%d}/{slug}/"
            Redirect.objects.using(database).get_or_create(
                path=path,
                defaults={"article_id": pk, "created_at": article.first_published_at},
            )
        if article.slug == slug:
            article.slug = new
        article.live_slug = new
        article.save(update_fields=["slug", "live_slug"])


def free(slug, taken):
    n = 2
    while True:
        tail = f"-{n}"
        numbered = slug[: LONGEST - len(tail)] + tail
        if numbered.lower() not in taken:
            return numbered
        n += 1


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0014_keeping"),
    ]

    operations = [
        migrations.RunPython(part_twins, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="article", name="live_slug_is_unique"),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                Lower("live_slug"),
                condition=~Q(live_slug=""),
                name="live_slug_is_unique_in_any_case",
            ),
        ),
    ]
