"""What publishing froze of an article and its sources, and the notes on what changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from articles.models.article import Article, WireSource
from articles.models.image import Image
from articles.models.taxonomy import Section
from articles.models.translation import Translated
from wires.models import Post, PostVersion


class ArticleVersion(models.Model):
    """Everything readers were shown in one publication. A trigger makes it immutable."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    headline = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="What the renderer made of the body.")
    framing_note = models.TextField(blank=True)
    framing_html = models.TextField(blank=True)
    social_text = models.CharField(max_length=280, blank=True)
    language = models.CharField(max_length=35)
    original = models.ForeignKey(
        Article,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The article that it is a translation of.",
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    bylines = models.JSONField(default=list, help_text="Names in order, [{name, slug}].")
    topics = models.JSONField(
        default=list, db_default=[], help_text="Topics in order, [{name, slug}]."
    )
    image = models.ForeignKey(Image, on_delete=models.PROTECT, null=True, related_name="+")
    image_alt = models.CharField(max_length=500, blank=True)
    image_credit = models.CharField(max_length=200, blank=True)
    image_caption = models.CharField(max_length=500, blank=True)
    claims = models.JSONField(
        default=list,
        help_text="[{number, start, end, text, keys, voice, marks, parts}]; see vetting/claims.py.",
    )
    posts_cited = models.PositiveSmallIntegerField(default=0)
    outlets_cited = models.PositiveSmallIntegerField(default=0)
    findings = models.JSONField(
        default=list, help_text="What the checks said when it was published."
    )
    overrides = models.JSONField(
        default=list,
        help_text="What let holds pass, [{code, fingerprint, sentence, reason, by, at, how}].",
    )
    acknowledgements = models.JSONField(
        default=list,
        help_text="The queries that an editor had seen, [{code, fingerprint, sentence, reason, by, at}].",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Who published it.",
    )
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "n"], name="version_number_is_unique_in_its_article"
            ),
            models.CheckConstraint(
                condition=~Q(original=F("article")), name="version_is_no_translation_of_itself"
            ),
        ]
        permissions = [
            ("erase_version", "Can erase a version of an article on legal request"),
        ]

    def __str__(self) -> str:
        return f"{self.headline or 'Removed'} (version {self.n})"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None


class VersionSource(Translated):
    """A wire source of a version: the number shown and the exact post version cited."""

    version = models.ForeignKey(ArticleVersion, on_delete=models.PROTECT, related_name="sources")
    key = models.CharField(max_length=32)
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=WireSource.Role)
    note = models.CharField(max_length=300, blank=True)
    post_version = models.ForeignKey(
        PostVersion, on_delete=models.PROTECT, related_name="citations"
    )
    marks = models.JSONField(default=list, help_text="Element ids of its marks in the html.")
    sentences = models.JSONField(default=list, help_text="Numbers of the claims that rest on it.")
    spans = models.JSONField(
        default=list,
        help_text="[{claim, kind, body, start, end, exact, prefix, suffix}]; see vetting/claims.py.",
    )

    class Meta:
        indexes = [
            # The newest citations of a post that a whole archive cites.
            models.Index(fields=["post_version", "-id"], name="citation_of_a_post_version")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"], name="source_key_is_unique_in_its_version"
            ),
            models.UniqueConstraint(
                fields=["version", "number"], name="source_number_is_unique_in_its_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} [@{self.key}]"


class Correction(models.Model):
    """A public note on what changed. A trigger keeps it as it is, or lets a legal erasure empty it."""

    class Kind(models.TextChoices):
        CORRECT = "correct", gettext_noop("Correction")
        UPDATE = "update", gettext_noop("Update")
        WITHDRAW = "withdraw", gettext_noop("Withdrawal")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version_before = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version_after = models.ForeignKey(
        ArticleVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    post = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The post that proved it.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="correction_has_a_note"),
        ]
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="correction_newest_first"),
            models.Index(
                F("article"), F("at").desc(), F("id").desc(), name="correction_of_its_article"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%d %B %Y}"
