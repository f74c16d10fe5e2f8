"""Articles as the desk writes them, the wire sources they cite, and the addresses they had."""

from datetime import UTC, datetime
from functools import cache
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.models.image import Image
from articles.models.taxonomy import Author, Section, Topic
from articles.models.translation import Translated
from articles.vetting import Chosen
from web.addresses import site_host
from wires.models import Post, PostVersion

# One by one: of a list SQLite does not see that an index of these holds all it looks for.
NOT_YET_PUBLIC = Q(status="draft") | Q(status="review") | Q(status="scheduled")
KEY = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self) -> Self:
        """Return articles that are public."""
        return self.filter(status=Article.Status.LIVE)

    def not_yet_public(self) -> Self:
        """Return drafts, those in review and scheduled ones: what is worked on. An index has them."""
        return self.filter(NOT_YET_PUBLIC)

    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-pk")

    def in_group_of(self, original: int) -> Self:
        """Return an article by its key and its published translations, live or withdrawn."""
        return self.filter(Q(pk=original) | Q(live_original=original))

    def in_language(self, code: str) -> Self:
        """Return live articles in a language, as readers have them."""
        return self.filter(live_version__language__iexact=code)

    def in_section(self, section: Section) -> Self:
        """Return articles published in the section, even if the working copy has moved to another."""
        return self.filter(live_section=section)

    def for_cards(self) -> Self:
        """Fetch everything a card shows in two queries."""
        return self.select_related("live_version__image", "live_section").defer(
            *ONLY_IN_FORM, *unread_by(Reader.CARD, "live_version")
        )


class Article(models.Model):
    """The working copy, never public; only publishing writes the columns from `live_version` on."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEW = "review", "In review"
        SCHEDULED = "scheduled", "Scheduled"
        LIVE = "live", "Live"
        WITHDRAWN = "withdrawn", "Withdrawn"

    headline = models.CharField(max_length=200)
    slug = models.SlugField(max_length=120, help_text="The last part of its address.")
    standfirst = models.TextField(blank=True, max_length=600)
    body = models.TextField(
        blank=True,
        help_text="Markdown. [@key] cites a wire source; [text]{.own} is the desk’s own.",
    )
    framing_note = models.TextField(
        blank=True,
        help_text="How the piece was framed, for readers: what leads, what was left out.",
    )
    social_text = models.CharField(max_length=280, blank=True)
    language = models.CharField(max_length=35, default="en", help_text="BCP 47, such as en.")
    original = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        verbose_name="translation of",
        help_text="The article that this one is a translation of. Readers of either find the other.",
    )
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    authors = models.ManyToManyField(
        Author,
        blank=True,
        related_name="articles",
        help_text="If empty, the default byline is used.",
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    image = models.ForeignKey(
        Image, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    image_caption = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    embargo_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    is_demo = models.BooleanField(default=False, editable=False)

    live_version = models.ForeignKey(
        "ArticleVersion", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    first_published_at = models.DateTimeField(null=True, editable=False)
    live_section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    live_slug = models.SlugField(max_length=120, blank=True, editable=False)
    live_original = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="live_translations",
        db_index=False,
    )
    tag_host = models.CharField(
        max_length=253,
        blank=True,
        editable=False,
        help_text="The site's domain when it was first published, in the ids that feeds have of it.",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="live", live_version__isnull=False)
                | (~Q(status="live") & Q(live_version__isnull=True)),
                name="article_is_live_with_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["live", "withdrawn"])
                | (
                    Q(first_published_at__isnull=False, live_section__isnull=False)
                    & ~Q(live_slug="")
                ),
                name="article_ever_public_has_an_address",
            ),
            # Readers and other sites do not keep the case of an address.
            models.UniqueConstraint(
                Lower("live_slug"),
                condition=~Q(live_slug=""),
                name="live_slug_is_unique_in_any_case",
            ),
            models.CheckConstraint(
                condition=~Q(original=F("id")) & ~Q(live_original=F("id")),
                name="article_is_no_translation_of_itself",
            ),
        ]
        indexes = [
            models.Index(
                F("first_published_at").desc(),
                F("id").desc(),
                # Of which one it is a translation, for the sitemap, which reads the index alone.
                F("live_original"),
                condition=Q(status="live"),
                name="article_live_newest_first",
            ),
            models.Index(
                F("live_section"),
                F("first_published_at").desc(),
                F("id").desc(),
                condition=Q(status="live"),
                name="article_live_of_its_section",
            ),
            models.Index(F("updated_at").desc(), F("id").desc(), name="article_last_worked_on"),
            # Few articles are translations.
            models.Index(
                fields=["live_original"],
                condition=Q(live_original__isnull=False),
                name="article_translations_of",
            ),
            # With whose it is, so that nobody's page reads the drafts of all.
            models.Index(
                F("status"),
                F("updated_at").desc(),
                F("id").desc(),
                F("created_by"),
                condition=NOT_YET_PUBLIC,
                name="article_not_yet_public",
            ),
        ]
        permissions = [
            ("submit_article", "Can submit an article for review"),
            ("publish_article", "Can publish an article"),
            ("update_article", "Can update a live article"),
            ("correct_article", "Can correct a live article"),
            ("withdraw_article", "Can withdraw a live article"),
            ("acknowledge_finding", "Can acknowledge a query"),
            ("override_hold", "Can override a hold with a reason"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """Return the address of a live or withdrawn article. Raises ValueError if never published."""
        if self.first_published_at is None:
            message = f"Article {self.pk} was never public and has no address."
            raise ValueError(message)
        return address(self.first_published_at, self.live_slug)

    @property
    def entry_id(self) -> str:
        """The id of its entry in feeds, whatever becomes of its address. Raises ValueError as that does."""
        if self.first_published_at is None:
            message = f"Article {self.pk} was never public and has no entry in a feed."
            raise ValueError(message)
        return self.tag(self.first_published_at, f"article-{self.pk}")

    def tag(self, at: datetime, name: str) -> str:
        """Return a URI of RFC 4151 for something about it that began at a moment."""
        return f"tag:{self.tag_host or site_host()},{at.astimezone(UTC):%Y-%m-%d}:{name}"

    @property
    def is_live(self) -> bool:
        return self.status == self.Status.LIVE

    @property
    def was_ever_public(self) -> bool:
        return self.first_published_at is not None

    @property
    def live_group(self) -> int:
        """The key of the article that it and its translations share: its original, or itself."""
        return self.live_original_id or self.pk

    def is_embargoed(self, at: datetime) -> bool:
        return self.embargo_until is not None and at < self.embargo_until


class WireSource(Translated):
    """A post that the working copy uses; `[@key]` cites it."""

    class Role(models.TextChoices):
        BASIS = "basis", "Basis"
        CORROBORATES = "corroborates", "Corroborates"
        DISPUTES = "disputes", "Disputes"
        BACKGROUND = "background", "Background"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="wire_sources")
    key = models.CharField(
        max_length=32,
        validators=[RegexValidator(KEY, "A key is letters, digits, - and _, such as r1.")],
        help_text="The name in the mark: r1 for [@r1].",
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="wire_sources")
    version = models.ForeignKey(
        PostVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The words that are cited; none until the post is archived.",
    )
    role = models.CharField(max_length=12, choices=Role, default=Role.BASIS)
    note = models.CharField(max_length=300, blank=True, help_text="Shown to readers.")
    position = models.PositiveSmallIntegerField(default=0)
    passages = models.JSONField(
        default=list,
        blank=True,
        help_text="[{exact, start}]: which of several places an editor meant.",
    )
    cited_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "key"], name="wire_source_key_is_unique_in_its_article"
            ),
            models.CheckConstraint(
                condition=Q(key__regex=KEY), name="wire_source_key_is_well_formed"
            ),
        ]

    def __str__(self) -> str:
        return f"[@{self.key}]"

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """Which of several places an editor meant."""
        return read_chosen(self.passages)


def read_chosen(rows: object, *, most: int | None = None) -> tuple[Chosen, ...]:
    """Return the places named by rows of JSON, {exact, start}; any other row is skipped."""
    return tuple(
        Chosen(exact=row["exact"], start=row["start"])
        for row in (rows[:most] if isinstance(rows, list) else ())
        if isinstance(row, dict)
        and isinstance(row.get("exact"), str)
        and isinstance(row.get("start"), int)
    )


class Redirect(models.Model):
    """A former address of an article."""

    path = models.CharField(max_length=200, unique=True, help_text="/yyyy/mm/dd/slug/")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="redirects")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path


def address(first_published_at: datetime, slug: str) -> str:
    """Return the public path: the UTC day of first publication, then the slug."""
    before, after = _around_day_and_slug()
    return f"{before}{first_published_at:%Y/%m/%d}/{slug}{after}"


@cache
def _around_day_and_slug() -> tuple[str, str]:
    """Return what the URL configuration puts round them, asked once: a sitemap has a thousand."""
    day, slug = ("0000", "00", "00"), "0"
    before, _, after = reverse("articles:article", args=[*day, slug]).rpartition(
        "/".join((*day, slug))
    )
    return before, after
