"""Text that must not get lost: what is typed and not saved, drafts that a save wrote over.

None of it is a version, none of it is ever public, and all of it goes after 30 days.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article

KEPT_FOR = timedelta(days=30)
# A browser says every half minute that a text is still open (static/desk/js/keeping.js).
ALIVE_FOR = timedelta(seconds=90)
# What a browser calls the copy of one form: it makes that up itself.
COPY_NAME = r"^[A-Za-z0-9-]{8,64}$"


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    def keep(
        self,
        *,
        user_id: int,
        token: str,
        article_id: int | None,
        draft: dict[str, Any],
        seen_at: datetime | None,
        at: datetime,
    ) -> None:
        """Store what a form holds now, over what it held before. One query.

        Raises IntegrityError if there is no such article.
        """
        copy = self.model(
            user_id=user_id,
            token=token,
            article_id=article_id,
            draft=draft,
            seen_at=seen_at,
            began_at=at,
            typed_at=at,
            alive_at=at,
        )
        self.bulk_create(
            [copy],
            update_conflicts=True,
            unique_fields=["user", "token"],
            update_fields=["article", "draft", "seen_at", "typed_at", "alive_at"],
        )

    def of_form(self, article: Article | None) -> Self:
        """Return what was typed into the form of an article, or into that of a new one."""
        return self.filter(article=article)

    def alive(self, at: datetime) -> Self:
        """Return the copies of forms that are open in a browser."""
        return self.filter(alive_at__gt=at - ALIVE_FOR)

    def old(self, at: datetime) -> Self:
        return self.filter(typed_at__lt=at - KEPT_FOR)

    def newest_first(self) -> Self:
        return self.order_by("-typed_at", "-pk")


class WorkingCopy(models.Model):
    """What somebody typed into one form of an article and did not save.

    A row is one form in one browser: of two tabs on one article neither writes over the other.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies"
    )
    token = models.CharField(max_length=64, help_text="Which form: the browser made it up.")
    article = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        null=True,
        related_name="working_copies",
        help_text="None for a new one.",
    )
    draft = models.JSONField(help_text="What the form holds: see articles.forms.drafts.")
    seen_at = models.DateTimeField(null=True, help_text="When the draft was saved that it changes.")
    began_at = models.DateTimeField()
    typed_at = models.DateTimeField()
    alive_at = models.DateTimeField()

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "working copies"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "token"], name="a_form_has_one_working_copy_a_person"
            ),
            models.CheckConstraint(
                condition=Q(token__regex=COPY_NAME), name="working_copy_token_is_well_formed"
            ),
        ]
        indexes = [models.Index(F("typed_at"), name="working_copy_oldest_first")]

    def __str__(self) -> str:
        return f"Unsaved text of {self.typed_at:%d %B %H:%M} UTC"


class OverwrittenDraftQuerySet(models.QuerySet["OverwrittenDraft"]):
    def old(self, at: datetime) -> Self:
        return self.filter(overwritten_at__lt=at - KEPT_FOR)

    def newest_first(self) -> Self:
        return self.order_by("-overwritten_at", "-pk")


class OverwrittenDraft(models.Model):
    """A draft as it was before a save changed it."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="overwritten_drafts"
    )
    draft = models.JSONField(help_text="What it held: see articles.forms.drafts.")
    saved_at = models.DateTimeField()
    overwritten_at = models.DateTimeField()
    overwritten_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = OverwrittenDraftQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("article"), F("overwritten_at"), F("id"), name="overwritten_draft_of_article"
            ),
            models.Index(F("overwritten_at"), name="overwritten_draft_oldest_first"),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.saved_at:%d %B %H:%M} UTC"


class SentForm(models.Model):
    """A form for a new article that was sent once, and what became of it.

    Sent again it leads to the same article.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    # By which a changed text that is sent again is told from one that somebody saved since.
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "token"], name="a_form_makes_one_article_a_person"
            ),
        ]
        indexes = [models.Index(F("saved_at"), name="sent_form_oldest_first")]

    def __str__(self) -> str:
        return f"Form sent at {self.saved_at:%d %B %H:%M} UTC"


class ArticleVisitQuerySet(models.QuerySet["ArticleVisit"]):
    def note(self, *, user_id: int, article_id: int, at: datetime) -> None:
        """Note that somebody has an article open. One query, two where they were away.

        Raises IntegrityError if there is no such article.
        """
        if self.alive(at).filter(user=user_id, article=article_id).update(alive_at=at):
            return
        visit = self.model(user_id=user_id, article_id=article_id, began_at=at, alive_at=at)
        self.bulk_create(
            [visit],
            update_conflicts=True,
            unique_fields=["user", "article"],
            update_fields=["began_at", "alive_at"],
        )

    def alive(self, at: datetime) -> Self:
        """Return the visits of people who have the article open in a browser."""
        return self.filter(alive_at__gt=at - ALIVE_FOR)

    def old(self, at: datetime) -> Self:
        return self.filter(alive_at__lt=at - KEPT_FOR)


class ArticleVisit(models.Model):
    """That somebody has an article open at the desk, whether they type or only look."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="visits")
    began_at = models.DateTimeField()
    alive_at = models.DateTimeField()

    objects = ArticleVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "article"], name="somebody_visits_an_article_once_at_a_time"
            ),
        ]
        indexes = [models.Index(F("alive_at"), name="article_visit_oldest_first")]

    def __str__(self) -> str:
        return f"Visit of {self.began_at:%d %B %H:%M} UTC"
