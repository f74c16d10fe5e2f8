"""What an answer says about when to ask again."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_SHORTEST_WAIT = timedelta(minutes=1)
_DAY = timedelta(days=1)

_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(-?[0-9]+)', re.IGNORECASE | re.ASCII)
# A number of seconds that is longer means "very long", and takes long to read.
_MOST_DIGITS = 12
_LONGEST_RESET = 40
_TOO_MANY = 429


def retry_after(headers: Mapping[str, str], *, at: datetime) -> timedelta | None:
    """Retry-After, in seconds or as a date, between a minute and a day; None if not readable."""
    text = headers.get("retry-after", "").strip()
    wait = _seconds(text)
    if wait is None:
        moment = _moment(text)
        if moment is None:
            return None
        # Against the site's own clock, where it shows it: ours may differ.
        wait = moment - (_moment(headers.get("date", "")) or at)
    return min(max(wait, _SHORTEST_WAIT), _DAY)


def rate_limit(headers: Mapping[str, str], status: int, *, at: datetime) -> timedelta | None:
    """How long until a used-up rate limit starts again, between a minute and a day; None if none is.

    X and others tell the moment in seconds since 1970, Mastodon as a date, some the seconds left.
    """
    for prefix in ("x-rate-limit-", "x-ratelimit-", "ratelimit-"):
        remaining = headers.get(f"{prefix}remaining", "").strip()
        reset = _reset(headers.get(f"{prefix}reset", "").strip(), at)
        if reset is not None and (remaining == "0" or status == _TOO_MANY):
            return min(max(reset, _SHORTEST_WAIT), _DAY)
    return None


def _reset(text: str, at: datetime) -> timedelta | None:
    if not text.isascii() or len(text) > _LONGEST_RESET:
        return None
    if text.isdigit() and len(text) <= _MOST_DIGITS:
        seconds = int(text)
        left = seconds - int(at.timestamp()) if seconds > _DAY.total_seconds() else seconds
        return timedelta(seconds=max(left, 0))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - at


def max_age(headers: Mapping[str, str], *, at: datetime) -> timedelta | None:
    """How long the answer stays fresh, by Cache-Control, else by Expires; at most a day.

    None if the site does not say. Zero and less are zero.
    """
    if found := _MAX_AGE.search(headers.get("cache-control", "")):
        age = _seconds(found[1])
        return timedelta(0) if age is None else min(age, _DAY)
    expires = _moment(headers.get("expires", ""))
    if expires is None:
        return None
    age = expires - (_moment(headers.get("date", "")) or at)
    return min(max(age, timedelta(0)), _DAY)


def _seconds(text: str) -> timedelta | None:
    if not (text.isascii() and text.isdigit()):
        return None
    return _DAY if len(text) > _MOST_DIGITS else min(timedelta(seconds=int(text)), _DAY)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
