"""The clock inside the ids of Mastodon servers."""

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


def mastodon_id_at(moment: datetime, sequence: int = 0) -> str:
    """An id that a Mastodon server could have made at a moment."""
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    return str((milliseconds << 16) + sequence)
