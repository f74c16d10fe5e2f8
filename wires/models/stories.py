"""What several posts tell together, and what an editor said of that."""

from django.conf import settings
from django.db import models


class Story(models.Model):
    """Posts that tell one event."""

    title = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title or f"Story {self.pk}"


class StoryKey(models.Model):
    """A key by which copies of one text are found for some days, and that a post was looked at.

    A row whose key is the post's id below zero says that it was. No foreign key: what is pruned
    needs no row here.
    """

    key = models.BigIntegerField()
    post = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["key"], name="story_key_by_key"),
            models.Index(fields=["post"], name="story_key_of_its_post"),
            models.Index(fields=["at"], name="story_key_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.post}"


class StoryRuling(models.Model):
    """An editor's word on whether a post belongs to a story; it wins over recomputation."""

    class Ruling(models.TextChoices):
        JOIN = "join", "belongs to it"
        SPLIT = "split", "does not belong to it"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="rulings")
    post = models.ForeignKey("wires.Post", on_delete=models.CASCADE, related_name="story_rulings")
    ruling = models.CharField(max_length=5, choices=Ruling)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "post"], name="one_ruling_a_story_and_post"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.get_ruling_display()} {self.story_id}"
