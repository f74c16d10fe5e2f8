"""Fill the empty database of DATABASE_URL for benchmarks/serving.py; print what pages to ask for.

The demo edition, and so many copies of one of its articles and of one of its posts, each older than
the one before: `python -m benchmarks.serving_seed ARTICLES POSTS`.
"""

import os
import sys

from benchmarks.options import parser


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("articles", type=int)
    asked.add_argument("posts", type=int)
    given = asked.parse_args()
    articles, posts = given.articles, given.posts
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.models import Count

    from articles.models import Article
    from benchmarks.anonymous.hostile import copy_article, copy_posts
    from wires.models import Post

    for command in ("migrate", "load_demo"):
        call_command(command, verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("render_parts", stdout=sys.stderr)
    ordinary = (
        Article.objects.live()
        .annotate(number=Count("versions"))
        .filter(number=1, live_version__page_parts__isnull=False)
        .newest_first()[0]
    )
    post = Post.objects.annotate(number=Count("versions")).filter(number=1, state="live")[0]
    # Copies name each other before both are there.
    with transaction.atomic():
        copy_article(ordinary, articles, seconds=600)
        copy_posts(post, posts, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    newest = Article.objects.live().newest_first()[0]
    pages = {
        "article": newest.get_absolute_url(),
        "front": "/",
        "section": newest.live_section.get_absolute_url(),
        "fragment": "/wire/live/",
        "feed": "/feed/",
    }
    for name, path in pages.items():
        print(name, path)


if __name__ == "__main__":
    main()
