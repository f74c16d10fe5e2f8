"""A made-up day of sixty feeds: news, agency copy in two outlets, what only looks alike, two floods."""

import random
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape

from benchmarks.stories import read_kinds
from tests.clock import later
from tests.wires.factories import make_channel, make_outlet
from wires import platforms
from wires.ingest import read_body
from wires.ingest.stories import join_new_posts

CHANNELS, MINUTES, EVERY = 60, 24 * 60, 30
# One channel posts so many different lines within two minutes, another one line each minute.
FLOOD, FLOOD_AT, LINES = 0, 601, 40
AGAIN, AGAIN_FROM, TIMES = 1, 720, 45
OTHERS = range(2, CHANNELS)
IN_A_FEED = 15


@dataclass(frozen=True)
class Item:
    minute: float
    channel: int
    guid: str
    title: str
    text: str

    def as_xml(self):
        return (
            f"<item><title>{escape(self.title)}</title><guid isPermaLink='false'>{self.guid}</guid>"
            f"<link>https://outlet{self.channel}.example/{self.guid}</link>"
            f"<description>{escape(self.text)}</description>"
            f"<pubDate>{format_datetime(later(minutes=self.minute))}</pubDate></item>"
        )


@dataclass
class Day:
    """What the channels post, and the guids of pairs that are one story or only look so."""

    chance: random.Random
    items: list[Item] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    near: list[tuple[str, str]] = field(default_factory=list)

    def add_pairs(self, into, file, kinds):
        for kind, pairs in read_kinds(file).items():
            for n, pair in enumerate(pairs if kinds is None or kind in kinds else ()):
                into.append((f"{file}-{kind}-{n}-a", f"{file}-{kind}-{n}-b"))
                self.add_pair(pair, into[-1])

    def add_pair(self, pair, guids):
        channels = self.chance.sample(OTHERS, 2)
        if pair[0].outlet:
            channels[1] = channels[0]
        start = self.chance.uniform(1, MINUTES - 100)
        minutes = start, start + self.chance.uniform(2, 90)
        for guid, words, channel, minute in zip(guids, pair, channels, minutes, strict=True):
            self.items.append(Item(minute, channel, guid, words.headline, words.text))

    def add_news(self, count):
        words = ["".join(self.chance.choices("abcdefghiklmnoprstuvw", k=7)) for _ in range(900)]
        for n in range(count):
            said = self.chance.choices(words, k=30)
            at, channel = self.chance.uniform(1, MINUTES - 1), self.chance.choice(OTHERS)
            self.items.append(Item(at, channel, f"only-{n}", " ".join(said[:7]), " ".join(said)))
        for n in range(LINES):
            line = " ".join(self.chance.choices(words, k=9))
            self.items.append(Item(FLOOD_AT + n / 20, FLOOD, f"flood-{n}", line, f"{line} {n}"))

    def add_line_again_and_again(self):
        line = (
            "Queue at the Rusk crossing is long, lorries wait for three hours or more, says customs"
        )
        for n in range(TIMES):
            self.items.append(Item(AGAIN_FROM + n, AGAIN, f"again-{n}", line, f"{line}."))


def make_day(seed):
    day = Day(random.Random(seed))  # noqa: S311
    day.add_pairs(day.told, "reprints", {"reprint", "shortened", "correction"})
    day.add_pairs(day.near, "near_misses", None)
    day.add_news(CHANNELS * 12)
    day.add_line_again_and_again()
    day.items.sort(key=lambda item: item.minute)
    return day


def make_channels():
    """Make channels whose first reading is over: what was in it is no news."""
    channels = [
        make_channel(code=f"C{n}", outlet=make_outlet(f"Outlet {n}")) for n in range(CHANNELS)
    ]
    for n, channel in enumerate(channels):
        read_feed(channel, [Item(-4_320, n, "old", "An old thing", "It was said before.")], -EVERY)
    return channels


def read_feed(channel, items, minute):
    rows = "".join(item.as_xml() for item in items)
    body = f'<rss version="2.0"><channel><title>x</title>{rows}</channel></rss>'
    channel.refresh_from_db()
    read_body(channel, body.encode(), at=later(minutes=minute), parse=platforms.parse)


def live_through(day, channels, *, move_to, look):
    """Read all feeds every half hour until two hours after the day, and look each time."""
    for minute in range(EVERY, MINUTES + 121, EVERY):
        move_to(later(minutes=minute))
        until_now = [item for item in day.items if item.minute < minute]
        for n in {item.channel for item in until_now if item.minute >= minute - EVERY}:
            own = [item for item in until_now if item.channel == n]
            new = sum(item.minute >= minute - EVERY for item in own)
            read_feed(channels[n], own[-max(IN_A_FEED, new) :][::-1], minute)
        join_new_posts(worker="here:1", now=lambda minute=minute: later(minutes=minute))
        look(minute)
