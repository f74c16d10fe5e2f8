"""The clock inside the ids of Mastodon servers."""

import re
from datetime import UTC, datetime, timedelta

from wires.platforms.addresses import is_number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Before Mastodon existed its ids could hold no time: a small id is one that was counted.
_MASTODON_BEGAN = datetime(2016, 1, 1, tzinfo=UTC)


def mastodon_time(status_id: str) -> datetime | None:
    """When a Mastodon server made this id, to the millisecond; None for ids only counted."""
    if not is_number(status_id):
        return None
    moment = _EPOCH + timedelta(milliseconds=int(status_id) >> 16)
    return moment if moment >= _MASTODON_BEGAN else None


_MOST_MILLISECONDS = 2**42
_MISSKEY_BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
# Without a digit it is rather a word of ten letters.
_AID = re.compile(r"(?=[a-z]*[0-9])(?P<time>[0-9a-z]{8})(?:[0-9a-z]{2}|[0-9a-z]{8})")
_ULID = re.compile(r"[0-7][0-9a-hjkmnp-tv-z]{25}")
_CROCKFORD = {digit: n for n, digit in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}
_OTHER_YEARS = range(2014, 2060)


def other_time(note_id: str) -> datetime | None:
    """When Misskey (aid, aidx) or GoToSocial (ULID) made this id; None for any other."""
    lower = note_id.lower()
    moment: datetime | None = None
    if _ULID.fullmatch(lower):
        milliseconds = 0
        for digit in lower[:10]:
            milliseconds = milliseconds * 32 + _CROCKFORD[digit]
        # The largest is in the year 10889.
        moment = _EPOCH + timedelta(milliseconds=min(milliseconds, _MOST_MILLISECONDS))
    elif found := _AID.fullmatch(lower):
        moment = _MISSKEY_BEGAN + timedelta(milliseconds=int(found["time"], 36))
    return moment if moment is not None and moment.year in _OTHER_YEARS else None


def server_time(number: str) -> datetime | None:
    """When a server of any kind made this id; None where it does not say."""
    return mastodon_time(number) or other_time(number)


def mastodon_id_at(moment: datetime, sequence: int = 0) -> str:
    """An id that a Mastodon server could have made at a moment."""
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    return str((milliseconds << 16) + sequence)
