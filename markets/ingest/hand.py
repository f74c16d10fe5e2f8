"""What editors do with quotes: correct one, let the provider's back in, accept one held back."""

from datetime import datetime
from decimal import Decimal
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from markets.ingest.store import write_quotes
from markets.models import HeldQuote, Instrument, Quote
from wires import generations


class NotAcceptable(Exception):
    """A quote held back cannot be shown after all; the message says why."""


def correct(
    instrument: Instrument,
    *,
    price: Decimal,
    previous_close: Decimal | None,
    reason: str,
    by: User,
    at: datetime,
) -> Quote:
    """Write a quote by hand. It stays until it would be stale or is released."""
    quote = Quote(
        instrument=instrument,
        price=price,
        previous_close=previous_close,
        quoted_at=at,
        stored_at=at,
        origin=Quote.Origin.BY_HAND,
        corrected_by=by,
        reason=reason,
        current_until=instrument.stale_from(at),
    )
    with transaction.atomic():
        Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        write_quotes([quote])
    return quote


def release(instrument: Instrument, *, at: datetime) -> bool:
    """Let the provider's next quote replace one by hand. Return False if none is current."""
    by_hand = Quote.objects.filter(
        instrument=instrument, origin=Quote.Origin.BY_HAND, current_until__gt=at
    )
    with transaction.atomic():
        released = by_hand.update(current_until=at)
        transaction.on_commit(partial(generations.bump, "quotes"), robust=True)
    return bool(released)


def accept(instrument: Instrument, *, at: datetime) -> Quote:
    """Show a quote that was held back: what comes next is measured by it. Raises NotAcceptable."""
    with transaction.atomic():
        Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)
        held = HeldQuote.objects.filter(instrument=instrument).first()
        if held is None or not held.may_be_accepted or held.price is None:
            message = f"{instrument.label} has no held quote that can be shown."
            raise NotAcceptable(message)
        quote = Quote(
            instrument=instrument,
            price=held.price,
            previous_close=held.previous_close,
            quoted_at=min(held.quoted_at or at, at),
            stored_at=at,
            origin=Quote.Origin.PROVIDER,
            given_by=held.given_by,
        )
        write_quotes([quote])
        held.over_at = at
        held.save(update_fields=["over_at"])
    return quote
