"""The clock inside the record keys of Bluesky."""

import re
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_TID_VALUE = {character: value for value, character in enumerate(_TID_ALPHABET)}
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")


def is_tid(rkey: str) -> bool:
    """Return whether a record key is a Bluesky TID: 13 sortable base-32 characters, the top bit clear."""
    return bool(_TID.fullmatch(rkey))


def tid_time(rkey: str) -> datetime | None:
    """When the client says it made a Bluesky record, to the microsecond; None for other keys."""
    if not is_tid(rkey):
        return None
    number = 0
    for character in rkey:
        number = number * 32 + _TID_VALUE[character]
    return _EPOCH + timedelta(microseconds=number >> 10)


def tid_at(moment: datetime, sequence: int = 0) -> str:
    """A record key that a client could have made at a moment, to the microsecond."""
    number = (((moment - _EPOCH) // timedelta(microseconds=1)) << 10) + sequence
    return "".join(_TID_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))
