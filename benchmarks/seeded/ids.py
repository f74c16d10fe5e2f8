"""Ids with clocks inside, made at another moment: the arithmetic of the platforms, once more.

It is not the checks' own, so that a mistake there cannot agree with itself.
"""

import re
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_X_EPOCH_MS = 1_288_834_974_657
_BASE_32 = "234567abcdefghijklmnopqrstuvwxyz"
_X = re.compile(r"(?<=/status/)\d+")
_BLUESKY = re.compile(r"(?<=/post/)[2-7a-z]{13}")
_MASTODON = re.compile(r"(?<=/)\d{15,20}(?=/?\Z)")


def moved(url: str, platform: str, by: timedelta) -> str | None:
    """Return the address of a post made so much later, or earlier; None where no clock is inside."""
    if platform == "x" and (found := _X.search(url)):
        new = str(int(found.group()) + (by // timedelta(milliseconds=1) << 22))
    elif platform == "mastodon" and (found := _MASTODON.search(url)):
        new = str(int(found.group()) + (by // timedelta(milliseconds=1) << 16))
    elif platform == "bluesky" and (found := _BLUESKY.search(url)):
        new = _tid(_number(found.group()) + (by // timedelta(microseconds=1) << 10))
    else:
        return None
    return url[: found.start()] + new + url[found.end() :]


def clock(url: str, platform: str) -> datetime | None:
    """Return the moment inside the id of an address."""
    if platform == "x" and (found := _X.search(url)):
        return _EPOCH + timedelta(milliseconds=(int(found.group()) >> 22) + _X_EPOCH_MS)
    if platform == "mastodon" and (found := _MASTODON.search(url)):
        return _EPOCH + timedelta(milliseconds=int(found.group()) >> 16)
    if platform == "bluesky" and (found := _BLUESKY.search(url)):
        return _EPOCH + timedelta(microseconds=_number(found.group()) >> 10)
    return None


def x_id(moment: datetime) -> str:
    return str((moment - _EPOCH) // timedelta(milliseconds=1) - _X_EPOCH_MS << 22)


def _number(tid: str) -> int:
    number = 0
    for character in tid:
        number = number * 32 + _BASE_32.index(character)
    return number


def _tid(number: int) -> str:
    digits = ""
    for _ in range(13):
        number, digit = divmod(number, 32)
        digits = _BASE_32[digit] + digits
    return digits
