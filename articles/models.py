"""Articles, their wire sources, and the frozen versions that publishing makes of both."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wires.models import Post, PostVersion

KEY = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"


class Section(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the navigation.")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("articles:section", args=[self.slug])


class Author(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    bio = models.CharField(max_length=500, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
    )

    def __str__(self) -> str:
        return self.name


class Image(models.Model):
    """A re-encoded picture in the library; `![alt](image:17)` inserts it into a text."""

    class Format(models.TextChoices):
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        GIF = "gif", "GIF"

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    extension = models.CharField(max_length=4, choices=Format, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="Bytes.")
    alt = models.CharField(
        max_length=500, blank=True, help_text="What it shows, for those who cannot see it."
    )
    is_decorative = models.BooleanField(default=False)
    credit = models.CharField(max_length=200, blank=True)
    caption = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""), name="a_decorative_image_has_no_alt"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"Image {self.pk}"

    @property
    def filename(self) -> str:
        return f"{self.sha256}.{self.extension}"

    @property
    def url(self) -> str:
        return reverse("articles:media", args=[self.sha256, self.extension])


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self) -> Self:
        """Return articles that are public."""
        return self.filter(status=Article.Status.LIVE)

    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-pk")

    def in_section(self, section: Section) -> Self:
        """Return articles published in the section, even if the working copy has moved to another."""
        return self.filter(live_section=section)

    def for_cards(self) -> Self:
        """Fetch everything a card shows in two queries."""
        return self.select_related("live_version__image", "live_section").defer(
            "body", "live_version__body", "live_version__html", "live_version__findings"
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
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    authors = models.ManyToManyField(
        Author,
        blank=True,
        related_name="articles",
        help_text="Where nobody signs, the house byline stands.",
    )
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
            models.UniqueConstraint(
                fields=["live_slug"], condition=~Q(live_slug=""), name="live_slug_is_unique"
            ),
        ]
        indexes = [
            models.Index(
                F("first_published_at").desc(),
                F("id").desc(),
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
    def is_live(self) -> bool:
        return self.status == self.Status.LIVE

    @property
    def was_ever_public(self) -> bool:
        return self.first_published_at is not None

    def is_embargoed(self, at: datetime) -> bool:
        return self.embargo_until is not None and at < self.embargo_until


class WireSource(models.Model):
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
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    bylines = models.JSONField(default=list, help_text="Names in order, [{name, slug}].")
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
        ]

    def __str__(self) -> str:
        return f"{self.headline} (version {self.n})"


class VersionSource(models.Model):
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
    """A public note on what changed. A trigger prevents its deletion."""

    class Kind(models.TextChoices):
        CORRECT = "correct", "Correction"
        UPDATE = "update", "Update"
        WITHDRAW = "withdraw", "Withdrawal"

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
        indexes = [models.Index(F("at").desc(), F("id").desc(), name="correction_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%d %B %Y}"


class Redirect(models.Model):
    """A former address of an article."""

    path = models.CharField(max_length=200, unique=True, help_text="/yyyy/mm/dd/slug/")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="redirects")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.path


class Acknowledgement(models.Model):
    """An editor has seen a query; valid as long as the evidence stays the same."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="acknowledgements")
    code = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="a_query_is_acknowledged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} acknowledged"


class Override(models.Model):
    """A second person overrides a hold, with a reason that readers see."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="overrides")
    code = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="a_hold_is_overridden_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} overridden"


class OverrideRequest(models.Model):
    """An editor asks a second person to look at the holds on an article."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, related_name="override_request"
    )
    holds = models.JSONField(
        default=list, help_text="What held it then, [{code, fingerprint, message}]."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("at"), F("id"), name="override_request_oldest_first")]

    def __str__(self) -> str:
        return f"{self.by} asks about {self.article_id}"


class Act(models.Model):
    """Who did what to an article, and when. Append-only.

    Each correction is referenced by an act, which protects it from deletion.
    """

    class Verb(models.TextChoices):
        SUBMIT = "submit", "submitted"
        PUBLISH = "publish", "published"
        UPDATE = "update", "updated"
        CORRECT = "correct", "corrected"
        WITHDRAW = "withdraw", "withdrew"
        ACKNOWLEDGE = "acknowledge", "acknowledged"
        OVERRIDE = "override", "overrode"
        TAKE_BACK = "take_back", "held again"
        REFER = "refer", "asked a second person about"

    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="acts")
    headline = models.CharField(max_length=200, help_text="As it stood then.")
    correction = models.OneToOneField(
        Correction, on_delete=models.PROTECT, null=True, related_name="act"
    )
    verb = models.CharField(max_length=11, choices=Verb)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(F("article"), F("at").desc(), name="act_of_its_article")]

    def __str__(self) -> str:
        return f"{self.by or 'The house'} {self.get_verb_display()} “{self.headline}”"


class ArchiveRun(models.Model):
    """One pass of the checks over all live articles; at most one runs at a time.

    It is leased in batches, so that any number of workers share it and a killed worker loses only
    its own batch.
    """

    night_on = models.DateField(
        null=True, unique=True, help_text="The night it was due; none where a person asked for it."
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0, help_text="The last article handed out.")
    articles = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0, help_text="Articles that a new hold is against.")
    queried = models.PositiveIntegerField(default=0, help_text="Those with new queries alone.")
    failed = models.PositiveIntegerField(default=0, help_text="Articles that no check could read.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(finished_at__isnull=True),
                name="one_archive_run_is_under_way",
            ),
        ]
        indexes = [models.Index(F("started_at").desc(), name="archive_run_newest_first")]

    def __str__(self) -> str:
        return f"Run of {self.started_at:%d %B %Y %H:%M}"


class ArchiveBatch(models.Model):
    """Article ids of a run that a worker holds until its lease expires."""

    run = models.ForeignKey(ArchiveRun, on_delete=models.CASCADE, related_name="batches")
    after = models.BigIntegerField()
    through = models.BigIntegerField()
    lease_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.after} to {self.through}"


class LiveVetting(models.Model):
    """When the public version of an article was last checked, and how many faults are new."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="vetting")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    vetted_at = models.DateTimeField()
    holds = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(
        default=0, help_text="Findings that were there when it was published."
    )
    failure = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"Article {self.article_id}, {self.holds} holds, {self.queries} queries"


class FaultQuerySet(models.QuerySet["Fault"]):
    def open(self) -> Self:
        """Return faults of current live versions that still apply and are not cleared."""
        same = {
            "article": models.OuterRef("article"),
            "fingerprint": models.OuterRef("fingerprint"),
        }
        return (
            self.filter(article__live_version=F("version"))
            .filter(
                Q(moved_at__isnull=True)
                | Q(code="source-deleted", moved_at=F("post__withdrawn_at"))
                | Q(code="source-changed", moved_at=F("post__latest_version__captured_at"))
            )
            .exclude(models.Exists(Acknowledgement.objects.filter(**same)))
            .exclude(models.Exists(Override.objects.filter(**same)))
        )


class Fault(models.Model):
    """A finding on a live article that it did not have when it was published."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="faults")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=5)
    fingerprint = models.CharField(max_length=64)
    finding = models.JSONField(help_text="As vetting.Finding.as_dict has it.")
    post = models.ForeignKey(
        Post,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The post that was edited or withdrawn, where that is the fault.",
    )
    moved_at = models.DateTimeField(null=True, help_text="When it was, as we saw it.")
    found_at = models.DateTimeField()

    objects = FaultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="a_fault_is_recorded_once"
            ),
        ]
        indexes = [models.Index(F("found_at").desc(), F("id").desc(), name="fault_newest_first")]

    def __str__(self) -> str:
        return f"{self.code} against article {self.article_id}"


def address(first_published_at: datetime, slug: str) -> str:
    """Return the public path: the UTC day of first publication, then the slug."""
    return reverse(
        "articles:article",
        args=[
            f"{first_published_at:%Y}",
            f"{first_published_at:%m}",
            f"{first_published_at:%d}",
            slug,
        ],
    )
