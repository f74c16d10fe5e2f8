"""What the strip of quotes shows: instruments, the last good quote of each, and where they come from."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from markets.hours import EXCHANGES, State, UnknownZone, status
from markets.providers import PROVIDERS
from markets.providers.currencies import CURRENCIES
from wires.models import PolledQuerySet, PolledSource

SYMBOL = r"^[A-Z0-9.]{1,12}$"
DIGITS, PLACES = 24, 10
# A site may ask for a day, and their clocks and ours differ.
LONGEST_WAIT = timedelta(hours=26)


def is_a_currency(code: str) -> None:
    """Raise ValidationError for anything but an ISO 4217 currency code."""
    if code not in CURRENCIES:
        message = f"{code} is not an ISO 4217 currency code such as USD."
        raise ValidationError(message)


def is_an_exchange(code: str) -> None:
    """Raise ValidationError for an exchange whose hours nobody knows here."""
    if code not in EXCHANGES:
        message = f"{code} is not one of the known exchanges: {', '.join(EXCHANGES)}."
        raise ValidationError(message)


@lru_cache(maxsize=1024)
def reopening(calendar: str, at: datetime) -> datetime | None:
    """Return when an exchange that is closed at a moment opens; None where it is open or unknown."""
    try:
        there = status(EXCHANGES[calendar], at)
    except (KeyError, UnknownZone):
        return None
    return None if there.state == State.OPEN else there.changes_at


class ProviderQuerySet(PolledQuerySet["Provider"]):
    def due(self, at: datetime) -> Self:
        """Those whose next poll has come and that nobody is polling.

        What lies further ahead than anybody waits was written by a wrong clock.
        """
        wrong = Q(next_poll_at__gt=at + LONGEST_WAIT)
        has_come = Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=at)
        return self.free(at).filter(has_come | wrong, paused=False)


class Provider(PolledSource):
    """One of markets.providers.PROVIDERS: whether it is polled, and how that goes."""

    class Health(models.TextChoices):
        SOUND = "sound", "sound"
        FAILING = "failing", "failing"

    code = models.CharField(max_length=16, unique=True, editable=False)
    paused = models.BooleanField(default=True)
    interval_minutes = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text="Minutes between polls. The provider may ask for more.",
    )

    # What was asked: validators are of use with that very address only.
    asked = models.CharField(max_length=64, blank=True, editable=False)
    health = models.CharField(max_length=8, choices=Health, default=Health.SOUND, editable=False)
    last_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    # For its daily limit, and for whose turn it is where it gives a few symbols at a time.
    asked_on = models.DateField(null=True, blank=True, editable=False)
    asked_times = models.PositiveIntegerField(default=0, editable=False)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        permissions = [("poll_provider", "Can start, pause and poll providers of quotes")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return PROVIDERS[self.code].name if self.code in PROVIDERS else self.code

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=self.interval_minutes)

    def asked_today(self, at: datetime) -> int:
        """Return how often it was asked on the day of UTC that a moment falls on."""
        return self.asked_times if self.asked_on == at.astimezone(UTC).date() else 0

    def is_used_up(self, at: datetime) -> bool:
        """Return whether it was asked as often as it allows in a day."""
        most = PROVIDERS[self.code].most_a_day if self.code in PROVIDERS else 0
        return bool(most) and self.asked_today(at) >= most

    @property
    def pace(self) -> str:
        """How its prices differ from those of the moment, for readers; "" where they do not."""
        return PROVIDERS[self.code].pace if self.code in PROVIDERS else ""


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def shown(self) -> Self:
        return self.filter(is_shown=True)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")

    def with_quotes(self) -> Self:
        return self.select_related("quote__given_by", "provider")

    def given_by(self, provider: Provider) -> Self:
        """Those that a provider quotes, as their own or as their standby."""
        return self.filter(Q(provider=provider) | Q(standby=provider))


class Instrument(models.Model):
    """Something that has a price, and how that is shown."""

    class Group(models.TextChoices):
        INDICES = "indices", gettext_noop("Indices")
        CRYPTO = "crypto", gettext_noop("Crypto")
        FUNDS = "funds", gettext_noop("Funds")
        COMMODITIES = "commodities", gettext_noop("Commodities")
        CURRENCIES = "currencies", gettext_noop("Currencies")

    label = models.CharField(
        max_length=32,
        help_text="As shown on the strip. Name a fund that stands in for an index: China 50 · FXI.",
    )
    symbol = models.CharField(
        max_length=12,
        unique=True,
        validators=[RegexValidator(SYMBOL, "1 to 12 capital letters, digits and points.")],
        help_text="Our own name for it, also used in imported quote files.",
    )
    group = models.CharField(max_length=12, choices=Group)
    description = models.CharField(
        max_length=200, verbose_name="what it is", help_text="What exactly is quoted, and how."
    )
    stands_for = models.CharField(
        max_length=200,
        blank=True,
        help_text="What it stands in for, if anything: the index, for a fund.",
    )
    unit = models.CharField(
        max_length=60, help_text="Unit of the price in words, for screen readers: US dollars."
    )
    currency = models.CharField(max_length=3, validators=[is_a_currency])
    prefix = models.CharField(
        max_length=3, blank=True, help_text="The sign before the price, such as $. May be empty."
    )
    decimals = models.PositiveSmallIntegerField(
        default=2, validators=[MaxValueValidator(8)], help_text="Decimal places of the price."
    )
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="instruments")
    provider_symbol = models.CharField(max_length=64, help_text="The provider's name for it.")
    standby = models.ForeignKey(
        Provider,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stands_by",
        help_text="Asked while the provider fails, is paused or has no current quote.",
    )
    standby_symbol = models.CharField(
        max_length=64, blank=True, help_text="The standby’s name for it."
    )
    standby_note = models.CharField(
        max_length=60,
        blank=True,
        help_text="What the standby quotes, if not quite the same: “spot price”. Readers see it.",
    )
    # The standby that load_instruments gave or left out; what an editor then made of it stays.
    standby_offered = models.CharField(max_length=81, blank=True, editable=False)
    divided_by = models.PositiveIntegerField(
        default=1,
        validators=[MinValueValidator(1)],
        help_text="100 if the provider quotes in cents.",
    )
    least = models.DecimalField(
        null=True,
        blank=True,
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text="Prices below this are held back.",
    )
    most = models.DecimalField(
        null=True,
        blank=True,
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text="Prices above this are held back.",
    )
    calendar = models.CharField(
        max_length=12,
        blank=True,
        validators=[is_an_exchange],
        help_text="The exchange in whose hours quotes are expected. Empty: at any hour.",
    )
    stale_after_minutes = models.PositiveIntegerField(
        validators=[MinValueValidator(1)],
        help_text="Minutes of trading after which a quote is stale.",
    )
    position = models.PositiveIntegerField(help_text="Position on the strip.")
    is_shown = models.BooleanField(default=True, verbose_name="on the strip")

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(symbol__regex=SYMBOL), name="instrument_symbol_is_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(divided_by__gt=0), name="instrument_divides_by_some"
            ),
            models.CheckConstraint(
                condition=Q(stale_after_minutes__gt=0), name="instrument_goes_stale"
            ),
            models.CheckConstraint(
                condition=Q(standby__isnull=True, standby_symbol="")
                | (Q(standby__isnull=False) & ~Q(standby_symbol="") & ~Q(standby=F("provider"))),
                name="instrument_standby_is_another_with_a_symbol",
            ),
        ]
        permissions = [("correct_quote", "Can write, accept and release quotes by hand")]

    def __str__(self) -> str:
        return self.label

    @property
    def stale_after(self) -> timedelta:
        return timedelta(minutes=self.stale_after_minutes)

    def note_on(self, quote: "Quote") -> str:
        """Return how what is quoted differs from what the instrument is, "" where it does not."""
        is_standby = self.standby_id is not None and quote.given_by_id == self.standby_id
        return self.standby_note if is_standby else ""

    def stale_from(self, quoted_at: datetime) -> datetime:
        """Return when a quote of that moment becomes stale.

        Where trading rests at that time, nothing new can come before it has gone on for as long.
        """
        deadline = quoted_at + self.stale_after
        reopens_at = reopening(self.calendar, deadline) if self.calendar else None
        return reopens_at + self.stale_after if reopens_at else deadline

    def written(self, price: Decimal) -> str:
        """Return a price in the instrument's own format, such as $61,594.

        What the format would round to nothing keeps two figures that count.
        """
        decimals = self.decimals
        if price and abs(price) < Decimal(10) ** -decimals:
            decimals = 1 - price.adjusted()
        sign = "−" if price < 0 else ""
        return f"{sign}{self.prefix}{abs(price):,.{decimals}f}"


class Quote(models.Model):
    """The last good quote of an instrument."""

    class Origin(models.TextChoices):
        PROVIDER = "provider", "from the provider"
        FILE = "file", "from a file"
        BY_HAND = "by_hand", "by hand"
        DEMO = "demo", "of the demo"

    instrument = models.OneToOneField(Instrument, on_delete=models.CASCADE, related_name="quote")
    price = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    previous_close = models.DecimalField(
        null=True, blank=True, max_digits=DIGITS, decimal_places=PLACES
    )
    quoted_at = models.DateTimeField(help_text="The time of the price, as its source states it.")
    since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The time of the first quote that this one goes on from without a break.",
    )
    stored_at = models.DateTimeField()
    origin = models.CharField(max_length=8, choices=Origin)
    given_by = models.ForeignKey(
        Provider,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The provider it came from; null for one of an earlier release.",
    )
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was entered by hand.")
    current_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until then the provider's quote does not replace one entered by hand.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(price=0), name="quote_price_is_not_zero"),
            models.CheckConstraint(
                condition=Q(previous_close__isnull=True) | Q(previous_close__gt=0),
                name="quote_close_is_positive",
            ),
            models.CheckConstraint(
                condition=Q(origin="by_hand", corrected_by__isnull=False)
                | (~Q(origin="by_hand") & Q(corrected_by__isnull=True)),
                name="quote_by_hand_has_a_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id}: {self.price}"

    @property
    def is_by_hand(self) -> bool:
        return self.origin == self.Origin.BY_HAND

    @property
    def is_demo(self) -> bool:
        return self.origin == self.Origin.DEMO

    def is_stale(self, instrument: Instrument, at: datetime) -> bool:
        """Return whether it is older than its instrument's limit. One of the demo claims nothing."""
        # The limit alone is looked at first: to ask for an exchange's hours takes longer.
        if self.is_demo or at <= self.quoted_at + instrument.stale_after:
            return False
        return at > instrument.stale_from(self.quoted_at)

    def is_current(self, at: datetime) -> bool:
        """Return whether it was written by hand and is to stay for now."""
        return self.is_by_hand and self.current_until is not None and at < self.current_until


class HeldQuote(models.Model):
    """What last came for an instrument and was not shown, and why."""

    instrument = models.OneToOneField(Instrument, on_delete=models.CASCADE, related_name="held")
    price = models.DecimalField(
        null=True,
        blank=True,
        max_digits=DIGITS,
        decimal_places=PLACES,
        help_text="Null if there was no readable price.",
    )
    previous_close = models.DecimalField(
        null=True, blank=True, max_digits=DIGITS, decimal_places=PLACES
    )
    quoted_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300)
    held_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1, help_text="In a row, for whatever reason.")
    agreeing = models.PositiveIntegerField(
        default=1, help_text="Those in a row that agree with this one, at different times."
    )
    over_at = models.DateTimeField(
        null=True, blank=True, help_text="When a good quote came in, or an editor decided."
    )

    class Meta:
        verbose_name = "quote held back"
        verbose_name_plural = "quotes held back"

    def __str__(self) -> str:
        return self.reason

    @property
    def may_be_accepted(self) -> bool:
        """Return whether an editor may say that it is right after all."""
        return self.over_at is None and self.quoted_at is not None and bool(self.price)
