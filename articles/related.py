"""Which other articles belong beside one: on the same posts, the same story, or the same topics.

With them come those that are the same article in another language.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, IntegerField, QuerySet, Value

from articles.models import Article, ArticleVersion, Listing, VersionSource

# What each has in common with the article, by how much it says: the post weighs most.
POST, STORY, TOPIC = 4, 3, 1
# More than all else together: it is the same article, and not shown as a related one.
SAME = 100
# So many are looked at that share a post or a story, and of those on a topic the newest. What more
# share says little of each, and all of them would be sorted to find the newest.
LOOKED_AT, OF_TOPIC = 100, 12
MOST_TOPICS = 5
# Of one article; there are not many more languages.
MOST_LANGUAGES = 200


@dataclass(frozen=True, slots=True)
class Companions:
    """Live articles that belong beside one, as cards show them; `same` in other languages."""

    related: list[Article]
    same: list[Article]


def related_articles(
    article: Article, version: ArticleVersion, *, topics: Sequence[int], most: int
) -> Companions:
    """Return live articles that have most in common with a live one, and its counterparts.

    Two queries, one where there are none.
    """
    weights: Counter[int] = Counter()
    for pk, weight in _common(article, version, topics):
        weights[pk] += weight
    same = sorted(pk for pk in weights if weights[pk] >= SAME)
    # Of equals the newer first: keys rise with time.
    best = sorted((pk for pk in weights if pk not in same), key=lambda pk: (-weights[pk], -pk))[
        :most
    ]
    found = Article.objects.live().for_cards().in_bulk([*best, *same]) if weights else {}
    return Companions(
        related=[found[pk] for pk in best if pk in found],
        same=[found[pk] for pk in same if pk in found],
    )


def _common(
    article: Article, version: ArticleVersion, topics: Sequence[int]
) -> QuerySet[Article, tuple[int, int]]:
    """Return articles with what they have in common, one row for each kind of it. One query."""
    cited = VersionSource.objects.filter(version=version.pk).values("post_version__post")
    stories = cited.exclude(post_version__post__story=None).values("post_version__post__story")
    live = VersionSource.objects.filter(version=F("version__article__live_version"))
    uses = live.exclude(version__article=article.pk).values("version__article")
    listings = Listing.objects.exclude(article=article.pk).newest_first().values("article")
    group = article.live_group
    same = Article.objects.exclude(pk=article.pk).values("pk")
    legs = [
        (SAME, same.filter(live_original=group)[:MOST_LANGUAGES]),
        (SAME, same.filter(pk=group)),
        (POST, uses.filter(post_version__post__in=cited)[:LOOKED_AT]),
        (STORY, uses.filter(post_version__post__story__in=stories)[:LOOKED_AT]),
        *((TOPIC, listings.filter(topic=topic)[:OF_TOPIC]) for topic in topics[:MOST_TOPICS]),
    ]
    first, *others = (
        Article.objects.live()
        .filter(pk__in=rows)
        .annotate(weight=Value(weight, output_field=IntegerField()))
        .values_list("pk", "weight")
        for weight, rows in legs
    )
    return first.union(*others, all=True)
