"""Bodies broken at random: each is read or refused, in bounded time, and none ends a parser."""

import json
import random

import pytest

from tests.wires.platforms.documents import item, rss
from wires.platforms import UnreadableBody
from wires.platforms.processes import ParserDied, Parsers

WORDS = "The ferry leaves an hour later today &amp; tomorrow."
SEEDS = (
    rss(*(item(guid=f"{n}", link=f"https://paper.example/{n}") for n in range(5))).encode(),
    (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><id>a</id>'
        f"<title>Closed</title><content type='html'>{WORDS}</content>"
        "<updated>2026-06-25T12:00:00Z</updated></entry></feed>"
    ).encode(),
    json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "title": "Closed", "content_html": f"<p>{WORDS}</p>"}] * 5,
        }
    ).encode(),
    (
        '<div class="tgme_channel_history"><div class="tgme_widget_message_wrap">'
        '<div class="tgme_widget_message" data-post="harbour/1">'
        f'<div class="tgme_widget_message_text js-message_text">{WORDS}</div>'
        '<a class="tgme_widget_message_date"><time datetime="2026-06-25T12:00:00+00:00">'
        "</time></a></div></div></div>"
    ).encode(),
)
PIECES = (
    b"\x00", b"\xff\xfe", b"<![CDATA[", b"]]>", b"&#xD800;", b"&lol;", b"<!DOCTYPE x [", b"</item>",
    b"<item>" * 50, b"\xed\xa0\x80", b"{" * 200, b'"', b"<?xml version='1.0' encoding='utf-16'?>",
)  # fmt: skip


def mutate(body, chance):
    """Return a body with a few bytes of it changed, cut out, doubled or put in."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(body) + 1)
        to = at + chance.randrange(80)
        body = chance.choice(
            (
                lambda body=body, at=at: body[:at] + chance.choice(PIECES) + body[at:],
                lambda body=body, at=at, to=to: body[:at] + body[to:],
                lambda body=body, at=at, to=to: body[:to] + body[at:],
                lambda body=body, at=at: body[:at] + chance.randbytes(4) + body[at + 4 :],
                lambda body=body, at=at: body[:at],
            )
        )()
    return body


@pytest.mark.parametrize("count", [100, pytest.param(5_000, marks=pytest.mark.long)])
def test_a_body_broken_at_random_is_read_or_refused_by_a_parser_that_lives_on(count):
    chance = random.Random(count)  # noqa: S311 - bodies, not secrets
    read, refused = 0, 0

    with Parsers() as parsers:
        for n in range(count):
            body = mutate(SEEDS[n % len(SEEDS)], chance)
            try:
                read += bool(parsers.parse(body).posts)
            except ParserDied:
                pytest.fail(f"died of {body!r}")
            except UnreadableBody:
                refused += 1
        last = parsers.parse(SEEDS[0])

    assert len(last.posts) == 5
    assert (read > count / 10, refused > count / 100) == (True, True)
