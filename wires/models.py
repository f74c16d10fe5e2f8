"""What came in from outside: outlets, their channels, posts and every version of their words."""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from wires import platforms
from wires.changes import Change, compare

CODE = r"^[A-Z0-9-]{2,16}$"
TICKER_ROWS = 60
BACKFILL_AGE = timedelta(hours=48)
_WORD = re.compile(r"\S+")


def native_id_hash(native_id: str) -> str:
    """Return the key a post is found by: a guid can be longer than a PostgreSQL index row."""
    return sha256(native_id.encode("utf-8", "surrogatepass")).hexdigest()


class Outlet(models.Model):
    """Who speaks: an agency, a broadcaster, an office."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    aliases = models.JSONField(
        default=list, blank=True, help_text="Other names used for it in articles, as a list."
    )
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1, such as GB.")
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47, such as en or pt-BR.")
    affiliation = models.CharField(
        max_length=200, blank=True, help_text="Shown to readers: who owns or funds it."
    )
    excerpt_length = models.PositiveSmallIntegerField(
        default=300,
        validators=[MaxValueValidator(300)],
        help_text="How many characters of a post readers see.",
    )
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(excerpt_length__lte=300), name="outlet_excerpt_is_at_most_300"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="outlet_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("wires:outlet", args=[self.slug])


class ChannelQuerySet(models.QuerySet["Channel"]):
    def pollable(self) -> Self:
        """Those the worker could fetch, paused or not."""
        return self.filter(origin=Channel.Origin.POLLED, platform__in=platforms.pollable_codes())

    def polled(self) -> Self:
        """Those the worker fetches, due or not."""
        return (
            self.pollable()
            .filter(paused=False)
            .exclude(health__in=[Channel.Health.GONE, Channel.Health.POISON])
        )

    def due(self, at: datetime) -> Self:
        """Those whose next poll has come and that nobody is polling."""
        return (
            self.polled()
            .filter(Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=at))
            .filter(Q(lease_until__isnull=True) | Q(lease_until__lte=at))
        )


class Channel(models.Model):
    """One address that an outlet posts at."""

    class Origin(models.TextChoices):
        POLLED = "polled", "polled"
        BY_HAND = "by_hand", "by hand"
        FILE = "file", "imported from a file"

    class Identity(models.TextChoices):
        NATIVE = "native", "the post's own id"
        LINK = "link", "the post's link"

    class Health(models.TextChoices):
        SOUND = "sound", "working"
        FAILING = "failing", "failing"
        BROKEN = "broken", "broken"
        GONE = "gone", "gone"
        POISON = "poison", "crashes the parser"

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="channels")
    platform = models.CharField(max_length=32, choices=platforms.choices)
    address = models.CharField(
        max_length=2000,
        help_text="The feed's address, the channel's page, or the path of an imported file.",
    )
    account = models.CharField(
        max_length=255,
        blank=True,
        help_text="The platform's name for it, in lower case: reuters, user@host, did:plc:….",
    )
    numeric_id = models.CharField(max_length=64, blank=True, editable=False)
    code = models.CharField(
        max_length=16,
        unique=True,
        validators=[RegexValidator(CODE, "2 to 16 capital letters, digits and hyphens.")],
        help_text="Shown on the wire. 2 to 16 capital letters, digits and hyphens.",
    )
    language = models.CharField(
        max_length=35, blank=True, help_text="Used where a post does not state its language."
    )
    on_ticker = models.BooleanField(default=True)
    paused = models.BooleanField(default=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.POLLED)
    interval_minutes = models.PositiveIntegerField(default=10, validators=[MinValueValidator(2)])

    identity = models.CharField(max_length=6, choices=Identity, default=Identity.NATIVE)
    identity_switched_at = models.DateTimeField(null=True, blank=True, editable=False)
    etag = models.CharField(max_length=1000, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    next_poll_at = models.DateTimeField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    health = models.CharField(max_length=8, choices=Health, default=Health.SOUND, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.CharField(max_length=500, blank=True, editable=False)
    last_error_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_polled_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_read_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a body was last read completely."
    )
    last_post_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE), name="channel_code_is_well_formed"
            ),
            models.UniqueConstraint(
                fields=["outlet", "platform", "address"],
                name="channel_address_is_unique_in_its_outlet",
            ),
        ]
        indexes = [
            models.Index(fields=["platform", "account"], name="channel_by_account"),
            models.Index(
                fields=["next_poll_at"],
                condition=Q(paused=False, origin="polled"),
                name="channel_due",
            ),
        ]
        permissions = [("poll_channel", "Can start and pause the polling of channels")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse to poll what no adapter reads."""
        is_polled = self.origin == self.Origin.POLLED
        if self.platform and is_polled and not self.on_platform.can_be_polled:
            message = f"{self.on_platform.label} cannot be polled yet. Choose “by hand”."
            raise ValidationError({"origin": message})

    @property
    def on_platform(self) -> platforms.Platform:
        """What the project knows about the platform that the channel is on."""
        return platforms.platform_of(self.platform)


class Domain(models.Model):
    """How politely a registrable domain is asked, shared by every worker through the database."""

    name = models.CharField(max_length=253, unique=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Capture(models.Model):
    """Bytes as they were fetched: the hash for ever, the body for 30 days."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="captures")
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    url = models.CharField(max_length=2000, blank=True)
    size = models.PositiveIntegerField(help_text="Bytes before compression.")
    body = models.BinaryField(null=True, help_text="zlib; null after 30 days.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "sha256"], name="capture_is_unique_in_its_channel"
            ),
        ]
        indexes = [models.Index(fields=["fetched_at"], name="capture_by_age")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Story(models.Model):
    """Posts that tell one event."""

    title = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return self.title or f"Story {self.pk}"


class PostQuerySet(models.QuerySet["Post"]):
    def visible(self) -> Self:
        """Those that readers may find on the wire."""
        return self.filter(hidden_at__isnull=True)

    def on_ticker(self) -> Self:
        """Those of the live wire: nothing old when first seen, no service messages."""
        return self.visible().filter(is_backfill=False, channel__on_ticker=True, is_service=False)

    def newest_first(self) -> Self:
        return self.order_by("-wire_at", "-pk")

    def older_than(self, wire_at: datetime, pk: int) -> Self:
        """The rows after a keyset cursor in newest_first order."""
        return self.filter(Q(wire_at__lt=wire_at) | Q(wire_at=wire_at, pk__lt=pk))

    def newer_than(self, wire_at: datetime, pk: int) -> Self:
        """The rows before a keyset cursor in newest_first order."""
        return self.filter(Q(wire_at__gt=wire_at) | Q(wire_at=wire_at, pk__gt=pk))

    def with_words(self) -> Self:
        """Fetch what a list shows of each post in the same query."""
        return self.select_related("latest_version", "channel__outlet")

    def in_live_articles(self) -> Self:
        """Those that the live version of an article cites.

        Ask it of the posts of one page, by their keys. As a column of the list it makes PostgreSQL
        read every article, for it plans before it knows that only a page is wanted.
        """
        version = "versions__citations__version"
        return self.filter(**{f"{version}__article__live_version": F(version)}).distinct()


class Post(models.Model):
    """One post of a channel. Its words stand in its versions."""

    class State(models.TextChoices):
        LIVE = "live", "Live"
        EDITED = "edited", "Edited since"
        WITHDRAWN = "withdrawn", "Withdrawn"

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="posts")
    native_id = models.TextField()
    native_id_hash = models.CharField(max_length=64, editable=False)
    url = models.TextField(blank=True)
    canonical_url = models.TextField(blank=True)
    posted_at = models.DateTimeField(null=True, blank=True, help_text="As stated by the source.")
    posted_raw = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    wire_at = models.DateTimeField(
        help_text="The earlier of posted and first seen. Set once; the wire is sorted by it."
    )
    is_backfill = models.BooleanField(default=False)
    is_service = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.LIVE)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hidden_reason = models.CharField(max_length=300, blank=True)
    story = models.ForeignKey(
        Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    latest_version = models.ForeignKey(
        "PostVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "native_id_hash"], name="post_id_is_unique_in_its_channel"
            ),
            models.CheckConstraint(
                condition=Q(wire_at__lte=F("first_seen_at")), name="post_is_not_on_the_wire_early"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="post_is_withdrawn_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at__isnull=True) | ~Q(hidden_reason=""),
                name="post_is_hidden_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(F("wire_at").desc(), F("id").desc(), name="post_on_the_wire"),
            models.Index(
                F("channel"), F("wire_at").desc(), F("id").desc(), name="post_of_its_channel"
            ),
            models.Index(
                F("withdrawn_at").desc(),
                condition=Q(withdrawn_at__isnull=False),
                name="post_last_withdrawn",
            ),
        ]
        permissions = [
            ("import_post", "Can import posts and paste links"),
            ("hide_post", "Can hide a post from the wire"),
            ("withdraw_post", "Can mark a post as withdrawn by its source"),
            ("erase_post", "Can erase the words of a post on legal request"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}/{self.native_id}"[:80]

    def get_absolute_url(self) -> str:
        return reverse("wires:post", args=[self.pk])

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN


class PostAlias(models.Model):
    """Another id of a post: an album's further parts, a rewritten guid, the link as identity."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    native_id_hash = models.CharField(max_length=64)
    native_id = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "native_id_hash"], name="alias_is_unique_in_its_channel"
            ),
        ]
        verbose_name_plural = "post aliases"

    def __str__(self) -> str:
        return self.native_id[:80]


class PostVersion(models.Model):
    """The words of a post as they stood when they were captured. A trigger keeps them so."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    captured_at = models.DateTimeField()
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    author = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    media = models.JSONField(default=list, blank=True)
    flags = models.JSONField(default=list, blank=True)
    source_edited_at = models.DateTimeField(null=True, blank=True)
    content_hash = models.CharField(max_length=64)
    capture = models.ForeignKey(
        Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who pasted it, if a person did.",
    )
    changes = models.JSONField(
        null=True,
        editable=False,
        help_text="[[kind, text]]: changes from the version before; null if there are none.",
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "n"], name="version_number_is_unique_in_its_post"
            ),
            models.CheckConstraint(condition=Q(n__gte=1), name="version_numbers_begin_at_one"),
        ]
        indexes = [
            models.Index(
                F("captured_at").desc(), condition=Q(n__gt=1), name="post_version_last_edited"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Version {self.n} of post {self.post_id}"

    @property
    def words(self) -> str:
        """All that a reader of the post would read: its title, unless the text begins with it.

        Passages that articles cite are counted in code points of this.
        """
        title, text = self.title.strip(), self.text.strip()
        if not title or _begins_with(text, title.removesuffix("…")):
            return text
        return f"{title}\n{text}".strip()

    def changes_since(self, before: "PostVersion") -> list[Change]:
        """Compare it with the version before it. Up to 0.1 s: never while a page is made."""
        return compare(before.words, self.words)

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def is_pasted(self) -> bool:
        """Return whether a person or the demo loader copied it here, so that nothing was fetched."""
        return self.captured_by_id is not None or "pasted" in self.flags


class Evidence(models.Model):
    """The bytes behind a cited version, kept for ever."""

    class Kind(models.TextChoices):
        CAPTURE = "capture", "as fetched"
        SCREENSHOT = "screenshot", "screenshot"

    post_version = models.ForeignKey(PostVersion, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CAPTURE)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes before compression.")
    body = models.BinaryField(help_text="zlib")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post_version", "kind", "sha256"], name="evidence_is_kept_once"
            ),
        ]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:12]}"


class StoryRuling(models.Model):
    """An editor's word on whether a post belongs to a story; it wins over recomputation."""

    class Ruling(models.TextChoices):
        JOIN = "join", "belongs to it"
        SPLIT = "split", "does not belong to it"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="rulings")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="story_rulings")
    ruling = models.CharField(max_length=5, choices=Ruling)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "post"], name="one_ruling_a_story_and_post"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.get_ruling_display()} {self.story_id}"


def _begins_with(text: str, title: str) -> bool:
    """Return whether a text begins with a title, whatever the spaces and the case of either.

    Only as much of the text is looked at as could be the title: it can be a whole book.
    """
    wanted, begun = _folded(title), ""
    for word in _WORD.finditer(text):
        begun = f"{begun} {word[0].casefold()}" if begun else word[0].casefold()
        if len(begun) >= len(wanted) or not wanted.startswith(begun):
            break
    return begun.startswith(wanted)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
