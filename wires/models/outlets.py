"""Who speaks, at which addresses, and how politely those are asked."""

from datetime import datetime, timedelta
from typing import Self
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from web.addresses import path_of
from wires import platforms
from wires.models.addresses import check_address
from wires.models.polled import (
    CLOCK_SLACK,
    LEASE,
    Leased,
    LeasedQuerySet,
    PolledQuerySet,
    PolledSource,
)
from wires.platforms.permalinks import recognise

CODE = r"^[A-Z0-9-]{2,16}$"
# What fails for a shorter time nobody needs to look at.
PASSING = timedelta(minutes=30)


def check_time_zone(name: str) -> None:
    """Refuse what is not the name of a time zone. Raises ValidationError."""
    if name not in available_timezones():
        message = "This is not a time zone. Enter a name such as Europe/Paris or UTC."
        raise ValidationError(message)


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
        return path_of("wires:outlet", self.slug)


class ChannelQuerySet(PolledQuerySet["Channel"]):
    def pollable(self) -> Self:
        """Those the worker could fetch, paused or not."""
        return self.filter(
            origin=Channel.Origin.POLLED,
            platform__in=platforms.pollable_codes(without=settings.PLATFORMS_OFF),
        )

    def polled(self) -> Self:
        """Those the worker fetches, due or not."""
        return (
            self.pollable()
            .filter(paused=False)
            .exclude(health__in=[Channel.Health.GONE, Channel.Health.POISON])
        )

    def silent(self) -> Self:
        """Those read without errors that have posted nothing for longer than they ever pause.

        As Channel.is_silent says.
        """
        return self.polled().filter(
            health=Channel.Health.SOUND,
            silent_at__lte=F("last_polled_at"),
            last_post_at__lte=F("rhythm_at"),
        )

    def needing_attention(self, at: datetime) -> Self:
        """Those not paused that have failed for a while, and those that are silent."""
        lasting = Q(failing_since__isnull=True) | Q(failing_since__lte=at - PASSING)
        failing = ~Q(health=Channel.Health.SOUND) & lasting
        silent = Q(pk__in=Channel.objects.silent().values("pk"))
        return self.pollable().filter(failing | silent, paused=False)

    def queued(self) -> Self:
        """Those in the index channel_due: also some that are not polled, see is_polled."""
        return self.filter(paused=False)

    def public(self) -> Self:
        """Those that readers may know of: one made for a pasted link only once it has a post."""
        return self.exclude(origin=Channel.Origin.BY_HAND, last_post_at__isnull=True)

    def due(self, at: datetime) -> Self:
        """Those whose next poll has come and that nobody is polling."""
        return self.polled().free(at).filter(Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=at))


class Channel(PolledSource):
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
    source_key = models.CharField(
        max_length=300,
        blank=True,
        editable=False,
        help_text="What it reads, in one spelling. Empty for what was added before there was this.",
    )
    code = models.CharField(
        max_length=16,
        unique=True,
        validators=[RegexValidator(CODE, "2 to 16 capital letters, digits and hyphens.")],
        help_text="Shown on the wire. 2 to 16 capital letters, digits and hyphens.",
    )
    language = models.CharField(
        max_length=35, blank=True, help_text="Used where a post does not state its language."
    )
    time_zone = models.CharField(
        max_length=64,
        blank=True,
        validators=[check_time_zone],
        help_text=(
            "Of dates in the feed that name no zone, such as Europe/Paris. Empty: they are UTC."
        ),
    )
    on_ticker = models.BooleanField(default=True)
    paused = models.BooleanField(default=True)
    paused_reason = models.CharField(max_length=300, blank=True, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.POLLED)
    interval_minutes = models.PositiveIntegerField(default=10, validators=[MinValueValidator(2)])

    monthly_limit = models.PositiveIntegerField(
        default=2_000,
        blank=True,
        help_text="Where each post read costs money (X): how many are read a month at most.",
    )
    billed_month = models.CharField(max_length=7, blank=True, editable=False)
    billed_posts = models.PositiveIntegerField(default=0, editable=False)

    identity = models.CharField(max_length=6, choices=Identity, default=Identity.NATIVE)
    identity_switched_at = models.DateTimeField(null=True, blank=True, editable=False)
    health = models.CharField(max_length=8, choices=Health, default=Health.SOUND, editable=False)
    body_sha256 = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the bytes that were stored last."
    )
    last_read_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When a body was last read completely."
    )
    last_post_at = models.DateTimeField(null=True, blank=True, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    error_kind = models.CharField(
        max_length=32, blank=True, editable=False, help_text="Of the last error, as http_404."
    )
    usual_gap = models.DurationField(null=True, blank=True, editable=False)
    silent_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="From when on its silence is remarkable."
    )
    rhythm_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="The last post that these two follow from."
    )
    offered_feeds = models.JSONField(
        default=list, blank=True, editable=False, help_text="Of a page that is no feed."
    )
    moved_to = models.CharField(
        max_length=2000, blank=True, editable=False, help_text="Where it redirects to for good."
    )
    moved_seen = models.PositiveSmallIntegerField(default=0, editable=False)
    moved_from = models.CharField(
        max_length=2000, blank=True, editable=False, help_text="Its address before the last move."
    )
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    gap_cursor = models.TextField(
        blank=True, default="", editable=False, help_text="The first page that was left out."
    )
    gap_since = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Posts seen before this lie behind what was left out.",
    )
    reread_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When older pages were read for edits."
    )
    recheck_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        db_index=True,
        help_text="When to ask next whether its posts are still there.",
    )

    objects = ChannelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=CODE), name="channel_code_is_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(gap_since__isnull=True, gap_cursor="")
                | (Q(gap_since__isnull=False) & ~Q(gap_cursor="")),
                name="channel_gap_begins_at_a_page",
            ),
            models.UniqueConstraint(
                fields=["outlet", "platform", "address"],
                name="channel_address_is_unique_in_its_outlet",
            ),
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="channel_source_has_one_channel",
            ),
            models.CheckConstraint(
                condition=Q(paused=True) | Q(paused_reason="", paused_at=None),
                name="channel_says_why_it_is_paused_only_while_it_is",
            ),
        ]
        indexes = [
            models.Index(fields=["platform", "account"], name="channel_by_account"),
            models.Index(
                # With NULLS LAST, as PostgreSQL sorts: those never polled are looked for apart.
                fields=["next_poll_at", "id"],
                # SQLite uses such an index only where the condition has no values in it.
                condition=Q(paused=False),
                name="channel_due",
            ),
        ]
        permissions = [("poll_channel", "Can start and pause the polling of channels")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Refuse to poll what no adapter reads, and addresses that readers cannot be sent to."""
        if self.origin != self.Origin.FILE:
            try:
                check_address(self.address)
            except ValidationError as error:
                raise ValidationError({"address": error.messages}) from error
        is_polled = self.origin == self.Origin.POLLED
        if self.platform and is_polled and not self.on_platform.can_be_polled:
            message = f"{self.on_platform.label} cannot be polled yet. Choose “by hand”."
            raise ValidationError({"origin": message})
        if is_polled and (why_off := settings.PLATFORMS_OFF.get(self.platform)):
            message = f"{self.on_platform.label} cannot be polled: {why_off}. Choose “by hand”."
            raise ValidationError({"origin": message})
        if self.platform and is_polled and self.on_platform.questions:
            self._clean_account()

    def _clean_account(self) -> None:
        """Take the account from the address where it was left out; refuse what names none."""
        self.account = self.account.strip().removeprefix("@").lower()
        found = recognise(self.address)
        if not self.account and found is not None and found.platform == self.platform:
            self.account = found.account
        account_url = self.on_platform.account_url
        named = recognise(account_url(self.account)) if account_url and self.account else None
        if named is None or (named.platform, named.account) != (self.platform, self.account):
            message = (
                f"Enter the page of an account on {self.on_platform.label} as the address, or the"
                " name of the account here."
            )
            raise ValidationError({"account": message})

    def is_polled(self) -> bool:
        """Return whether the worker fetches it, due or not: as ChannelQuerySet.polled says."""
        return (
            not self.paused
            and self.origin == self.Origin.POLLED
            and self.health not in (self.Health.GONE, self.Health.POISON)
            and self.on_platform.can_be_polled
            and self.platform not in settings.PLATFORMS_OFF
        )

    def is_silent(self) -> bool:
        """Return whether it is read and silent for too long: as ChannelQuerySet.silent says."""
        moments = (self.last_polled_at, self.silent_at, self.last_post_at, self.rhythm_at)
        polled_at, silent_at, last_post_at, rhythm_at = moments
        if not (polled_at and silent_at and last_post_at and rhythm_at and self.is_polled()):
            return False
        is_current = silent_at <= polled_at and last_post_at <= rhythm_at
        return is_current and self.health == self.Health.SOUND

    @property
    def on_platform(self) -> platforms.Platform:
        """What the project knows about the platform that the channel is on."""
        return platforms.platform_of(self.platform)

    @staticmethod
    def month_of(at: datetime) -> str:
        return f"{at:%Y-%m}"

    def billed_in(self, at: datetime) -> int:
        """Return how many posts were paid for in the month of a moment."""
        return self.billed_posts if self.billed_month == self.month_of(at) else 0

    def outlet_on_platform(self) -> str:
        """Return "Reuters on X", "Reuters" for a feed. A query unless outlet is selected."""
        return f"{self.outlet.name}{self.on_platform.after_outlet}"


class DomainQuerySet(LeasedQuerySet["Domain"]):
    def forget_the_future(self, at: datetime) -> int:
        """Free the domains that were last asked by a wrong clock. One query."""
        return self.filter(asked_at__gt=at + CLOCK_SLACK).update(
            asked_at=None, not_before=None, lease_owner="", lease_until=None
        )


class Domain(Leased):
    """How politely a registrable domain is asked, shared by every worker through the database."""

    name = models.CharField(max_length=253, unique=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    refusals = models.PositiveIntegerField(default=0)

    objects = DomainQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def is_free(self, at: datetime) -> bool:
        """Return whether nobody asks it at a moment."""
        return (
            self.lease_until is None
            or self.lease_until <= at
            or self.lease_until > at + LEASE + CLOCK_SLACK
        )

    def waits(self, at: datetime) -> bool:
        """Return whether it was asked a moment ago, or told us to come back later."""
        return self.not_before is not None and self.not_before > at
