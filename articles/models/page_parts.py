"""What pages show of a version and its posts, as HTML, so that no reader waits for it."""

from django.db import models

from articles.models.version import ArticleVersion


class PageParts(models.Model):
    """The parts of an article page that publishing knows; see articles/page_parts.py.

    Nothing but what version and posts say in another form: a row may be deleted at any time.
    """

    # SQLite goes through all that stands before a column to reach it, and the long ones are hundreds
    # of pages: what feeds, and the search for what is not true any more, read stands before them.
    version = models.OneToOneField(
        ArticleVersion, on_delete=models.CASCADE, primary_key=True, related_name="page_parts"
    )
    renderer = models.CharField(max_length=16, help_text="What made it: templates and code.")
    key = models.CharField(max_length=32, help_text="What was true of its posts; see the code.")
    feed_key = models.CharField(max_length=32, help_text="The same of what the feed says.")
    claims = models.PositiveIntegerField(help_text="How many there are, for the ribbons.")
    newest_correction = models.BigIntegerField(help_text="The newest note in it, 0 for none.")
    changed_at = models.DateTimeField(help_text="The version, or the newest note on it.")
    at = models.DateTimeField()
    flags = models.JSONField(default=dict, help_text="{place: how}: flagged, published anyway.")
    feed_sources = models.TextField(blank=True)

    fates = models.JSONField(
        default=dict, help_text="{key: fate}: posts edited since or withdrawn."
    )
    amended_sentences = models.JSONField(
        default=list, help_text="The sentences that the newest note is about."
    )
    counts = models.TextField(blank=True)
    amended = models.TextField(blank=True, help_text="The newest note, at the head.")
    corrections = models.TextField(blank=True)
    clearance = models.TextField(blank=True)
    moved = models.TextField(blank=True)
    provenance = models.TextField(blank=True)
    data_of_sources = models.TextField(
        blank=True, help_text="Members of a NewsArticle in JSON: the posts that it rests on."
    )
    data_of_corrections = models.TextField(blank=True, help_text="The same of its corrections.")

    def __str__(self) -> str:
        return f"Parts of version {self.version_id}"
