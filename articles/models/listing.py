"""Under which topics and authors live articles are listed: what pages and feeds of both read."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.models.taxonomy import Author, Topic


class ListingQuerySet(models.QuerySet["Listing"]):
    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-pk")

    def for_cards(self) -> Self:
        """Fetch everything that cards of the articles show, in the same query."""
        return self.select_related("article__live_version__image", "article__live_section").defer(
            *(f"article__{name}" for name in ONLY_IN_FORM),
            *unread_by(Reader.CARD, "article__live_version"),
        )


class Listing(models.Model):
    """A live article under one of its topics, or under one of those who sign it.

    Publishing writes the rows and withdrawing deletes them, so that a list of either is one walk
    down an index, however many articles there are.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="listings")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="listings")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, null=True, related_name="listings")
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Which of the topics, or of the names in the byline."
    )
    first_published_at = models.DateTimeField(help_text="That of the article.")

    objects = ListingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__isnull=False, author=None) | Q(topic=None, author__isnull=False),
                name="listing_is_under_a_topic_or_an_author",
            ),
            models.UniqueConstraint(
                fields=["article", "topic"],
                condition=Q(topic__isnull=False),
                name="article_is_listed_once_under_a_topic",
            ),
            models.UniqueConstraint(
                fields=["article", "author"],
                condition=Q(author__isnull=False),
                name="article_is_listed_once_under_an_author",
            ),
        ]
        indexes = [
            models.Index(
                F("topic"),
                F("first_published_at").desc(),
                F("id").desc(),
                condition=Q(topic__isnull=False),
                name="listing_of_its_topic",
            ),
            models.Index(
                F("author"),
                F("first_published_at").desc(),
                F("id").desc(),
                condition=Q(author__isnull=False),
                name="listing_of_its_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} under {self.topic or self.author}"
