"""What a person has read and picked, kept from one search to the next."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from wires.models import Post, WireReader

# On the first visit the last hours are unread, not everything there is.
UNREAD_AT_FIRST = timedelta(hours=12)


def reader_of(user: User, *, at: datetime) -> WireReader:
    """Return what this person has read. One query, and another the first time."""
    reader, _ = WireReader.objects.get_or_create(
        user=user, defaults={"read_until": at - UNREAD_AT_FIRST}
    )
    return reader


def note_opened(reader: WireReader, pk: int) -> None:
    """Count a post as read. One query, none for one that was opened before."""
    if pk in reader.opened:
        return
    reader.opened = [*reader.opened, pk][-WireReader.MOST_OPENED :]
    WireReader.objects.filter(pk=reader.pk).update(opened=reader.opened)


def mark_all_read(user: User, *, at: datetime) -> None:
    """Count everything that has come in as read."""
    reader = reader_of(user, at=at)
    WireReader.objects.filter(pk=reader.pk).update(read_until=at, opened=[])


def change_basket(
    user: User, *, at: datetime, toggle: Iterable[int] = (), is_emptied: bool = False
) -> list[int]:
    """Pick posts, or put back those that are picked; return what is in the basket then.

    At most MOST_IN_BASKET are kept, the last ones.
    """
    with transaction.atomic():
        reader = reader_of(user, at=at)
        basket = [] if is_emptied else list(reader.basket)
        for pk in toggle:
            if pk in basket:
                basket.remove(pk)
            elif Post.objects.filter(pk=pk).exists():
                basket.append(pk)
        basket = basket[-WireReader.MOST_IN_BASKET :]
        WireReader.objects.filter(pk=reader.pk).update(basket=basket)
    return basket
