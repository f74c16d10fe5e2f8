"""Posts, and every version of their words."""

import re
from datetime import timedelta
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from web.addresses import path_of
from web.changes import Change, compare
from wires.models.confirmations import Confirmation
from wires.models.evidence import Capture
from wires.models.outlets import Channel
from wires.models.stories import Story

BACKFILL_AGE = timedelta(hours=48)
_WORD = re.compile(r"\S+")


def native_id_hash(native_id: str) -> str:
    """Return the key a post is found by: a guid can be longer than a PostgreSQL index row."""
    return sha256(native_id.encode("utf-8", "surrogatepass")).hexdigest()


class PostQuerySet(models.QuerySet["Post"]):
    def visible(self) -> Self:
        """Those that readers may find on the wire: not hidden, and with words for readers."""
        return self.filter(hidden_at__isnull=True, latest_version__isnull=False)

    def on_file(self) -> Self:
        """Those whose words are kept: not pruned."""
        return self.filter(pruned_at__isnull=True)

    def pruned(self) -> Self:
        """Those of which only the ids are left, so that they do not come back as new."""
        return self.filter(pruned_at__isnull=False)

    def listed(self) -> Self:
        """Those in the wire's lists, which is the condition of the indexes post_listed…."""
        return self.visible().filter(is_service=False)

    def on_ticker(self) -> Self:
        """Those of the live wire: nothing old when first seen, no service messages."""
        return self.listed().filter(is_backfill=False, channel__on_ticker=True)

    def on_live_wire(self) -> Self:
        """Those that the live wire may show of a channel, the condition of post_on_live_wire."""
        return self.listed().filter(is_backfill=False, withdrawn_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-wire_at", "-pk")

    def with_words(self) -> Self:
        """Fetch what a list shows readers of each post in the same query."""
        return self.select_related("latest_version__confirmation", "channel__outlet")

    def with_newest_words(self) -> Self:
        """Fetch what the desk sees of each post, words that nobody confirmed included."""
        return self.with_words().select_related("unconfirmed_version")

    def in_live_articles(self) -> Self:
        """Those that the live version of an article cites.

        Ask it of the posts of one page, by their keys. As a column of the list it makes PostgreSQL
        read every article, for it plans before it knows that only a page is wanted.
        """
        version = "citations__version"
        citing = PostVersion.objects.filter(
            post=OuterRef("pk"), **{f"{version}__article__live_version": F(version)}
        )
        # Whether one does, not which: a post can be cited a hundred thousand times.
        return self.filter(Exists(citing))


_NEWEST_FIRST = (F("wire_at").desc(), F("id").desc())
# What readers may find: the conditions of PostQuerySet.listed and on_live_wire.
_LISTED = Q(hidden_at__isnull=True, is_service=False)
_ON_LIVE_WIRE = Q(
    hidden_at__isnull=True, is_service=False, is_backfill=False, withdrawn_at__isnull=True
)


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
    reverts = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="How often its words went back within a day, which makes no version.",
    )
    went_back_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since when its source says again what an earlier version said.",
    )
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
        "PostVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The newest that readers may see: fetched, or entered by hand and confirmed.",
    )
    unconfirmed_version = models.ForeignKey(
        "PostVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="A newer one that was entered by hand and that nobody confirmed.",
    )
    pruned_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When its words were deleted by age; its ids are kept a while longer.",
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
            models.CheckConstraint(
                condition=Q(pruned_at__isnull=True)
                | Q(latest_version__isnull=True, unconfirmed_version__isnull=True),
                name="pruned_post_shows_no_words",
            ),
        ]
        indexes = [
            models.Index(*_NEWEST_FIRST, name="post_on_the_wire"),
            models.Index(F("channel"), *_NEWEST_FIRST, name="post_of_its_channel"),
            models.Index(*_NEWEST_FIRST, condition=_LISTED, name="post_listed"),
            models.Index(
                F("channel"),
                *_NEWEST_FIRST,
                condition=_LISTED,
                name="post_listed_of_its_channel",
            ),
            models.Index(
                F("story"),
                *_NEWEST_FIRST,
                condition=_LISTED & Q(story__isnull=False),
                name="post_listed_of_its_story",
            ),
            models.Index(
                F("channel"),
                *_NEWEST_FIRST,
                condition=_ON_LIVE_WIRE,
                name="post_on_live_wire",
            ),
            models.Index(
                F("withdrawn_at").desc(),
                condition=Q(withdrawn_at__isnull=False),
                name="post_last_withdrawn",
            ),
            models.Index(
                fields=["channel", "pruned_at"],
                condition=Q(pruned_at__isnull=False),
                name="post_pruned",
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
        return path_of("wires:post", self.pk)

    @property
    def newest_version(self) -> "PostVersion | None":
        """The newest words, confirmed or not, for the desk alone."""
        return self.unconfirmed_version or self.latest_version

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == self.State.WITHDRAWN

    @property
    def caution(self) -> str:
        """What the desk must know before it rests a text on this post, or ""."""
        said = (self.is_hidden, "hidden"), (self.is_withdrawn, "withdrawn by its source")
        return ", ".join(word for is_so, word in said if is_so)

    @property
    def is_pruned(self) -> bool:
        return self.pruned_at is not None


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


class PostVersionQuerySet(models.QuerySet["PostVersion"]):
    def for_readers(self) -> Self:
        """Those that readers may see: fetched, or entered by hand and confirmed."""
        return self.filter(Q(captured_by__isnull=True) | Q(confirmation__isnull=False))


class PostVersion(models.Model):
    """The words of a post as they stood when they were captured. A trigger keeps them so."""

    # The flag of a version before which words were not kept, because there were so many that day.
    FOLDED = "folded"

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

    objects = PostVersionQuerySet.as_manager()

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
            models.Index(
                fields=["post"], condition=Q(erased_at__isnull=False), name="post_version_erased"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Version {self.n} of post {self.post_id}"

    @property
    def words(self) -> str:
        """All that a reader of the post would read: its title, unless the text begins with it.

        Passages that articles cite are counted in code points of this.
        """
        return f"{self.own_title}\n{self.text.strip()}".strip()

    @property
    def own_title(self) -> str:
        """The title; "" where the text begins with it."""
        title, text = self.title.strip(), self.text.strip()
        return "" if not title or _begins_with(text, title.removesuffix("…")) else title

    def changes_since(self, before: "PostVersion") -> list[Change]:
        """Compare it with the version before it. Up to 0.1 s: never while a page is made."""
        return compare(before.words, self.words)

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def is_folded(self) -> bool:
        return self.FOLDED in self.flags

    @property
    def is_pasted(self) -> bool:
        """Return whether a person or the demo loader copied it here: nothing was fetched then."""
        return self.captured_by_id is not None or "pasted" in self.flags

    def find_confirmation(self) -> Confirmation | None:
        """Return what confirms words entered by hand. A query unless selected, none if fetched."""
        if self.captured_by_id is None:
            return None
        confirmation: Confirmation | None = getattr(self, "confirmation", None)
        return confirmation

    def is_unconfirmed(self) -> bool:
        """Return whether it was entered by hand and nobody confirmed it. As find_confirmation."""
        return self.captured_by_id is not None and self.find_confirmation() is None

    def is_copied(self) -> bool:
        """Return whether it was copied here and never fetched. As find_confirmation."""
        confirmation = self.find_confirmation()
        was_fetched = confirmation is not None and confirmation.how == Confirmation.How.FETCHED
        return self.is_pasted and not was_fetched


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
