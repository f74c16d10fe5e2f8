"""How a channel is, in an editor's words: what it does, since when, and what to do about it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from web.words import count_of

DAY = timedelta(days=1)
# How long a move is told of.
MOVED_LATELY = 7 * DAY
# Of those that a page offers; the channel's page lists them all.
FEEDS_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """What is known of a channel. `health` is one of Channel.Health, `not_polled` why nobody asks it.

    `silent` says that it has been quiet for longer than it ever is; `gap_since` is when more posts
    had come than were read at once, None where none are missing.
    """

    health: str = "sound"
    not_polled: str = ""
    error_kind: str = ""
    last_error: str = ""
    failing_since: datetime | None = None
    polled_at: datetime | None = None
    last_post_at: datetime | None = None
    posts_today: int = 0
    usual_gap: timedelta | None = None
    silent: bool = False
    address: str = ""
    moved_to: str = ""
    moved_at: datetime | None = None
    gap_since: datetime | None = None
    offered_feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HealthWords:
    """One or two sentences, and what to do, "" where there is nothing."""

    words: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.words} {self.advice}".strip()


def describe(facts: ChannelFacts, *, at: datetime) -> HealthWords:
    """Return how a channel is at a moment, in words."""
    if facts.not_polled:
        read = f" Last read {ago(facts.polled_at, at=at)}." if facts.polled_at else ""
        return HealthWords(f"{facts.not_polled}{read}")
    if facts.health != "sound":
        return _failing(facts, at=at)
    if facts.polled_at is None:
        return HealthWords("Not read yet.")
    if facts.silent and facts.last_post_at:
        usual = f"; usually posts every {span(facts.usual_gap)}" if facts.usual_gap else ""
        return HealthWords(
            f"Silent for {span(at - facts.last_post_at)}{usual}.",
            "It is read without errors: see whether the outlet posts elsewhere now.",
        )
    return HealthWords(
        f"Read {ago(facts.polled_at, at=at)}; {_posts(facts, at=at)}."
        f"{_moved(facts, at)}{_missing(facts, at)}"
    )


def _posts(facts: ChannelFacts, *, at: datetime) -> str:
    if facts.posts_today:
        return f"{count_of(facts.posts_today, 'post')} in the last 24 hours"
    if facts.last_post_at is None:
        return "no posts yet"
    return f"last post {ago(facts.last_post_at, at=at)}"


def _moved(facts: ChannelFacts, at: datetime) -> str:
    if facts.moved_to:
        return f" The server sends us on to {facts.moved_to} for good."
    if facts.moved_at and at - facts.moved_at < MOVED_LATELY:
        return f" Moved for good to {facts.address} {since(facts.moved_at, at=at, word='on')}."
    return ""


def _missing(facts: ChannelFacts, at: datetime) -> str:
    if facts.gap_since is None:
        return ""
    before = since(facts.gap_since, at=at, word="before")
    return f" Some posts from {before} are still missing: its older pages are being read."


# By kind of error: what happens, with {since}, and what to do. A status is named for those who ask
# the outlet, after words that say what it means.
_TRY = "It is tried again by itself."
_FIND = "Open the address in a browser, and enter where the feed is now."
_ASK_SITE = "Tell the people who run the site."
_KINDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "bad_answer": ("The server answers nonsense{since}.", _TRY),
    "bad_encoding": ("The server’s answer is damaged{since}.", _TRY),
    "bad_url": ("The address cannot be asked{since}.", "Correct it."),
    "dns": ("The server’s name does not exist{since}.", "Check the address for typing errors; it may have moved."),
    "empty": ("The server sends nothing{since}, not even an empty feed.", _FIND),
    "http_401": ("Refused by the server{since}: it wants a login (401).", "Ask the outlet for access, or look for a feed that is open."),
    "http_403": ("Refused by the server{since} (403).", "Ask the outlet for access, or look for another of its feeds."),
    "http_404": ("Nothing is at this address{since} (404).", _FIND),
    "http_410": ("The outlet says that this feed has ended{since} (410).", "Look for another of its feeds, or pause the channel."),
    "http_451": ("Blocked for legal reasons{since} (451).", "Look for another way to this outlet, or pause the channel."),
    "limit_reached": ("Its limit of paid posts for this month is used up.", "Raise the limit, or wait for the next month."),
    "name_taken": ("Not read{since}: somebody else has its name now.", "Check who owns the account, and pause this channel."),
    "not_asked": ("The server says that nothing has changed although it was not asked that{since}.", _TRY),
    "not_available": ("Its posts are not shown to the public{since}.", "See whether the account is private, renamed or deleted."),
    "not_stored": ("It sends what cannot be stored{since}.", _ASK_SITE),
    "parser_failed": ("What it sends cannot be read{since}.", _ASK_SITE),
    "poison": ("Not read any more{since}: what it sends crashes the reader.", f"{_ASK_SITE} “Start polling” tries it once more."),
    "rate_limited": ("The server asks us to come less often{since}.", "Raise the minutes between two polls."),
    "redirect": ("The server sends us in circles, or where we may not go{since}.", _FIND),
    "refused": ("The server takes no connections{since}.", f"{_TRY} If it lasts, check the address."),
    "reset": ("The server hangs up early{since}.", _TRY),
    "ssrf": ("The address leads into a private network{since}.", "Enter a public address."),
    "timeout": ("The server is too slow{since}.", _TRY),
    "tls": ("The server’s certificate is faulty{since}.", "The outlet must fix it; tell them."),
    "too_big": ("It sends more than we read{since}.", "Ask the outlet for a shorter feed."),
    "truncated": ("The server’s answer breaks off{since}.", _TRY),
    "unknown_format": ("What it sends is no feed that we know{since}.", _FIND),
    "unreachable": ("The server cannot be reached{since}.", f"{_TRY} If it goes for many channels, {_ASK_SITE[0].lower()}{_ASK_SITE[1:]}"),
})  # fmt: skip
_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "gone": ("Not read any more{since}: the outlet says that this feed has ended.", _FIND),
        "poison": _KINDS["poison"],
    }
)


def _failing(facts: ChannelFacts, *, at: datetime) -> HealthWords:
    when = f" {since(facts.failing_since, at=at)}" if facts.failing_since else ""
    if facts.error_kind == "not_a_feed":
        return _not_a_feed(facts)
    kind = _STATES.get(facts.health) or _KINDS.get(facts.error_kind)
    if kind is not None:
        words, advice = kind
        return HealthWords(words.format(since=when), advice)
    if facts.error_kind.startswith("http_"):
        return _by_status(facts.error_kind.removeprefix("http_"), when)
    reason = facts.last_error.rstrip(".") or "the reason was not written down"
    return HealthWords(f"Cannot be read{when}: {reason}.")


def _not_a_feed(facts: ChannelFacts) -> HealthWords:
    words = "Not a feed: the address shows a web page."
    if not facts.offered_feeds:
        return HealthWords(words, "Enter the address of a feed of this outlet.")
    feeds = ", ".join(facts.offered_feeds[:FEEDS_NAMED])
    more = ", …" if len(facts.offered_feeds) > FEEDS_NAMED else "."
    return HealthWords(words, f"Feeds it offers: {feeds}{more} Enter one of them as the address.")


def _by_status(status: str, when: str) -> HealthWords:
    if status.startswith("5"):
        return HealthWords(f"The server is out of order{when} ({status}).", _TRY)
    return HealthWords(f"The server does not give it to us{when} ({status}).", _FIND)


def ago(moment: datetime | None, *, at: datetime) -> str:
    """Return "4 minutes ago", "just now" for less than a minute, "never" for None."""
    if moment is None:
        return "never"
    return "just now" if at - moment < timedelta(minutes=1) else f"{span(at - moment)} ago"


def since(moment: datetime, *, at: datetime, word: str = "since") -> str:
    """Return "since 09:30 UTC" of today, "since Tuesday" of this week, else "since 5 May".

    With another `word` that stands in its place; with "on" it is "at 09:30 UTC", "on Tuesday", "on 5 May".
    """
    moment, at = moment.astimezone(UTC), at.astimezone(UTC)
    if moment.date() == at.date():
        return f"{'at' if word == 'on' else word} {moment:%H:%M} UTC"
    if timedelta() < at - moment and (at.date() - moment.date()).days < 7:
        return f"{word} {moment:%A}"
    year = "" if moment.year == at.year else f" {moment.year}"
    return f"{word} {moment.day} {moment:%B}{year}"


_Unit = tuple[timedelta, Callable[[int], str]]
_UNITS: tuple[_Unit, ...] = (
    (2 * DAY, lambda seconds: count_of(round(seconds / 86_400), "day")),
    (timedelta(minutes=90), lambda seconds: count_of(round(seconds / 3_600), "hour")),
    (timedelta(seconds=90), lambda seconds: count_of(round(seconds / 60), "minute")),
)


def span(length: timedelta) -> str:
    """Return how long something is, in one unit: "3 days", "2 hours", "4 minutes", "1 minute"."""
    for least, say in _UNITS:
        if length >= least:
            return say(int(length.total_seconds()))
    return "1 minute"
