"""What the checks say of the drafts, counted for lists: nothing rests on it but what a list shows."""

from datetime import datetime

from django.db import models

from articles.models.article import Article
from web.words import count_of


class DraftVetting(models.Model):
    """How many findings the saved draft of an article had open when it was last checked."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="draft_vetting")
    saved_at = models.DateTimeField(help_text="When the draft was saved that was checked.")
    vetted_at = models.DateTimeField()
    holds = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    is_unreadable = models.BooleanField(default=False, help_text="The checks could not read it.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Draft {self.article_id}, {self.in_words}"

    def is_of(self, saved_at: datetime) -> bool:
        """Return whether it is about the draft that was saved then."""
        return self.saved_at == saved_at

    @property
    def in_words(self) -> str:
        if self.is_unreadable:
            return "the checks could not read it"
        if not self.holds and not self.queries:
            return "no findings"
        holds = [count_of(self.holds, "hold")] if self.holds else []
        queries = [count_of(self.queries, "query", "queries")] if self.queries else []
        return ", ".join([*holds, *queries])
