"""Build feeds of a few items, and read them one after another into a channel."""

import base64
import json
from dataclasses import dataclass, field
from datetime import timedelta
from html import escape

from tests.articles.factories import make_article, make_source
from tests.clock import NOON
from tests.wires.factories import make_channel
from wires.ingest import IngestOutcome, read_body
from wires.models import Post
from wires.platforms import parse

SITE = "https://wire.example"
BODY = "<p>The harbour office closed the outer basin on Thursday after two pilots reported ice.</p>"


@dataclass(frozen=True)
class Item:
    """An entry of a feed; `at` is a time of the day of NOON, or a day of June and a time."""

    title: str
    link: str = ""
    guid: str = ""
    body: str = BODY
    at: str = "09:30"
    more: str = ""

    def date(self):
        day, time = self.at.split() if " " in self.at else ("25", self.at)
        return f"{int(day):02}", time


def item(title, path="", **fields):
    """Make an item whose guid is its link, unless the fields say otherwise."""
    link = path if ":" in path else f"{SITE}/{path or 'n/1'}"
    return Item(title, **{"link": link, "guid": link} | fields)


def rss(*items, head=""):
    parts = []
    for each in items:
        day, time = each.date()
        date = f"<pubDate>{day} Jun 2026 {time}:00 GMT</pubDate>" if each.at else ""
        guid = f'<guid isPermaLink="false">{escape(each.guid)}</guid>' if each.guid else ""
        link = f"<link>{escape(each.link)}</link>" if each.link else ""
        parts.append(
            f"<item><title>{escape(each.title)}</title>{link}{guid}{date}"
            f"<description>{escape(each.body)}</description>{each.more}</item>"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour Wire</title>'
        f"<link>{SITE}/</link><description>News</description>{head}{''.join(parts)}"
        "</channel></rss>"
    ).encode()


def atom(*items):
    parts = []
    for each in items:
        day, time = each.date()
        parts.append(
            f"<entry><title>{escape(each.title)}</title><id>{escape(each.guid)}</id>"
            f'<link href="{escape(each.link)}"/><published>2026-06-{day}T{time}:00Z</published>'
            f"<updated>2026-06-{day}T{time}:00Z</updated>"
            f'<content type="html">{escape(each.body)}</content></entry>'
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>Harbour Wire</title><id>{SITE}/atom</id>"
        f"<updated>2026-06-25T12:00:00Z</updated>{''.join(parts)}</feed>"
    ).encode()


def json_feed(*items):
    entries = []
    for each in items:
        day, time = each.date()
        entries.append(
            {
                "id": each.guid,
                "url": each.link,
                "title": each.title,
                "content_html": each.body,
                "date_published": f"2026-06-{day}T{time}:00Z",
            }
        )
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Harbour Wire", "items": entries}).encode()


def telegram(*messages, chat=1001234567, name="harbournews", view=True):
    """Make a page of a channel of (number, text) messages."""
    packed = base64.urlsafe_b64encode(json.dumps({"c": -chat, "p": 1, "t": 1}).encode()).decode()
    seen = f' data-view="{packed.rstrip("=")}"' if view else ""
    wraps = "".join(
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        f'<div class="tgme_widget_message js-widget_message" data-post="{name}/{number}"{seen}>'
        f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'
        f'<a class="tgme_widget_message_date" href="https://t.me/{name}/{number}">'
        f'<time datetime="2026-06-25T09:{number % 60:02}:00+00:00" class="time">09:30</time></a>'
        "</div></div>"
        for number, text in messages
    )
    return (
        "<html><head></head><body>"
        '<div class="tgme_channel_info_header_title"><span dir="auto">Harbour</span></div>'
        f'<section class="tgme_channel_history js-message_history">{wraps}</section>'
        "</body></html>"
    ).encode()


@dataclass(frozen=True)
class Case:
    """Bodies read in order, and the posts that must stand: "versions title" each."""

    name: str
    bodies: tuple
    stand: list
    text: str = ""
    hours: tuple = ()
    cited: bool = False
    reverts: int = 0
    channel: dict = field(default_factory=dict)


def read_case(case):
    """Read the bodies of a case, an hour apart unless it says when; return the outcome."""
    channel, outcome = make_channel(**case.channel), IngestOutcome()
    for n, body in enumerate(case.bodies):
        at = NOON + timedelta(hours=case.hours[n] if case.hours else n)
        # No two readings are equal byte by byte, as if each said when it was made.
        outcome += read_body(channel, body + b"\n" * n, at=at, parse=parse)
        if case.cited and n == 0:
            for post in Post.objects.all():
                make_source(make_article(sources=False), post=post)
    return outcome


def standing():
    """Return the number of versions and the newest title of each post, in order of these."""
    posts = Post.objects.select_related("latest_version")
    return sorted(f"{post.versions.count()} {post.latest_version.title}" for post in posts)


def check(case):
    read_case(case)

    assert standing() == sorted(case.stand)
    if case.text:
        assert Post.objects.order_by("pk").first().latest_version.text == case.text
    if case.reverts:
        assert sum(Post.objects.values_list("reverts", flat=True)) == case.reverts
