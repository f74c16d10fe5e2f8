"""The clock inside the ids of X."""

from datetime import UTC, datetime, timedelta

from wires.platforms.addresses import is_number

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
X_EPOCH_MS = 1_288_834_974_657
# Ids below this one were counted, not clocked (before November 2010).
X_FIRST_CLOCKED_ID = 2**35


def x_time(post_id: str) -> datetime | None:
    """When X made this id, to the millisecond; None below 2^35 and for anything but an id."""
    if not is_number(post_id) or int(post_id) < X_FIRST_CLOCKED_ID:
        return None
    return _EPOCH + timedelta(milliseconds=(int(post_id) >> 22) + X_EPOCH_MS)


def x_id_at(moment: datetime, sequence: int = 0) -> str:
    """An id that X could have made at a moment. Raises ValueError outside the years it can tell."""
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1) - X_EPOCH_MS
    number = (milliseconds << 22) + sequence
    if not 0 <= sequence < 2**22 or number < X_FIRST_CLOCKED_ID or not is_number(str(number)):
        msg = "ids on X cover November 2010 to 2080, at most 2^22 per millisecond"
        raise ValueError(msg)
    return str(number)
