"""The clocks inside ids: when a post was made, as its id tells it."""

import re
from datetime import UTC, datetime, timedelta

from wires.platforms.addresses import is_number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

X_EPOCH_MS = 1_288_834_974_657
# Ids below this one were counted, not clocked (before November 2010).
X_FIRST_CLOCKED_ID = 2**35

# Before Mastodon existed its ids could hold no time: a small id is one that was counted.
_MASTODON_BEGAN = datetime(2016, 1, 1, tzinfo=UTC)

_TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_TID_VALUE = {character: value for value, character in enumerate(_TID_ALPHABET)}
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")


def x_time(post_id: str) -> datetime | None:
    """When X made this id, to the millisecond; None below 2^35 and for what is no id."""
    if not is_number(post_id) or int(post_id) < X_FIRST_CLOCKED_ID:
        return None
    return _EPOCH + timedelta(milliseconds=(int(post_id) >> 22) + X_EPOCH_MS)


def x_id_at(moment: datetime, sequence: int = 0) -> str:
    """An id that X could have made at a moment. Raises ValueError outside the years it can tell."""
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1) - X_EPOCH_MS
    number = (milliseconds << 22) + sequence
    if not 0 <= sequence < 2**22 or number < X_FIRST_CLOCKED_ID or not is_number(str(number)):
        msg = "an id on X tells times from November 2010 to 2080, 2^22 in a millisecond"
        raise ValueError(msg)
    return str(number)


def mastodon_time(status_id: str) -> datetime | None:
    """When a Mastodon server made this id, to the millisecond; None for ids only counted."""
    if not is_number(status_id):
        return None
    moment = _EPOCH + timedelta(milliseconds=int(status_id) >> 16)
    return moment if moment >= _MASTODON_BEGAN else None


def is_tid(rkey: str) -> bool:
    """Whether a record key is a Bluesky TID: 13 sortable base-32 characters, the top bit clear."""
    return bool(_TID.fullmatch(rkey))


def tid_time(rkey: str) -> datetime | None:
    """When the client says it made a Bluesky record, to the microsecond; None for other keys."""
    if not is_tid(rkey):
        return None
    number = 0
    for character in rkey:
        number = number * 32 + _TID_VALUE[character]
    return _EPOCH + timedelta(microseconds=number >> 10)
