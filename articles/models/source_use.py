"""Which outlets live articles rest on, and what became of the posts: as the worker counts it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from wires.models import Outlet


class SourceUseQuerySet(models.QuerySet["SourceUse"]):
    def for_cards(self) -> Self:
        """Fetch everything that cards of the articles show, in the same query."""
        return self.select_related("article__live_version__image", "article__live_section").defer(
            *(f"article__{name}" for name in ONLY_IN_FORM),
            *unread_by(Reader.CARD, "article__live_version"),
        )


class SourceUse(models.Model):
    """A live article that cites, or cited, posts of an outlet.

    posts      posts that its present version cites
    edited     posts that the outlet edited after a version of the article had cited them
    withdrawn  posts that it withdrew after that
    corrected  corrections of the article in which a sentence changed that cites the outlet
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="source_uses")
    first_published_at = models.DateTimeField(help_text="That of the article.")
    posts = models.PositiveSmallIntegerField(default=0)
    edited = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.PositiveSmallIntegerField(default=0)
    corrected = models.PositiveSmallIntegerField(default=0)

    objects = SourceUseQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["article", "outlet"], name="article_uses_an_outlet_once"
            ),
        ]
        indexes = [
            models.Index(
                F("outlet"),
                F("first_published_at").desc(),
                F("id").desc(),
                condition=Q(**{f"{name}__gt": 0}),
                name=f"source_use_{name}",
            )
            for name in ("posts", "edited", "withdrawn", "corrected")
        ]

    def __str__(self) -> str:
        return f"{self.article_id} on {self.outlet_id}"


class SourceScore(models.Model):
    """The sums of an outlet's uses, and how many posts of it readers can find, at a moment."""

    outlet = models.OneToOneField(Outlet, on_delete=models.CASCADE, related_name="score")
    found = models.PositiveIntegerField(default=0, help_text="Posts in the lists of the wire.")
    articles = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0, help_text="Citations: a post in an article.")
    edited = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    corrected = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Scorecard of {self.outlet}"
