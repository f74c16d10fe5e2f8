"""Which post an address leads to, by its shape, and which addresses are refused with a reason."""

import pytest

from tests.wires.factories import make_channel, make_post
from wires.ingest import on_file
from wires.platforms.link_keys import link_key
from wires.platforms.permalinks import canonical_url, recognise, why_not_a_post

N = "1990000000000000001"
X = ("x", "harbour", N)
RKEY = "3lesheq2xbk2s"
SKY = ("bluesky", "harbour.example", RKEY)
DID = "did:plc:zusla4pjgzm3dijq2vwxqp2c"
ULID = "01JYNXQ2H7J22RBJ44XZD0466K"

SHAPES = {
    f"https://xcancel.example/harbour/status/{N}?lang=de#r": X,
    f"https://g.fixup.example/harbour/status/{N}/photo/2": X,
    # Who liked it, or how often it was read, is a page of its own: see the refusals.
    f"https://twitter.com/harbour/status/{N}/analytics": None,
    f"https://x.com/@harbour/status/{N}": X,
    f"https://nitter.example/harbour/status/{N}/retweets": X,
    f"https://ghostarchive.org/archive/https://twitter.com/harbour/status/{N}": X,
    f"http://webcache.example/search?q=cache:https://x.com/harbour/status/{N}": X,
    "https://web.archive.org/web/20260625120000if_/https://t.me/harbour_news/12": ("telegram", "harbour_news", "12"),
    f"https://archive.is/2026.06.25-101500/https://bsky.app/profile/harbour.example/post/{RKEY}": SKY,
    f"https://deer.social.example/profile/harbour.example/post/{RKEY}/quotes": SKY,
    f"https://main.bsky.dev/profile/{DID}/post/{RKEY}": ("bluesky", DID, RKEY),
    f"https://pds.example/xrpc/com.atproto.repo.getRecord?repo={DID}&collection=app.bsky.feed.post&rkey={RKEY}": ("bluesky", DID, RKEY),
    "https://web.telegram.org/k/#-1001234567890_77": ("telegram", "", "77"),
    "https://web.telegram.org/a/#@harbour_news/77": ("telegram", "harbour_news", "77"),
    "https://t.me/s/harbour_news?before=78": None,
    "tg://privatepost?channel=1234567890&post=77": None,
    "https://tube.example/@desk/statuses/" + ULID: ("mastodon", "desk@tube.example", ULID),
    "https://town.example/@desk/114737133179635557/embed": ("mastodon", "desk@town.example", "114737133179635557"),
    "https://town.example/web/@desk@far.example/114737133179635557": ("mastodon", "desk@far.example", "114737133179635557"),
    "https://town.example/deck/@desk/114737133179635557": ("mastodon", "desk@town.example", "114737133179635557"),
    "https://firefish.example/notes/9xqzabcdef": ("mastodon", "", "9xqzabcdef"),
}  # fmt: skip


@pytest.mark.parametrize(("address", "post"), SHAPES.items())
def test_an_address_is_read_by_its_shape(address, post):
    found = recognise(address)

    read = found and not found.why_not and (found.platform, found.account, found.number)
    assert (read or None) == post


CLOSED = {
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fwire.example%2Fa": "Facebook",
    "https://www.facebook.com/share/p/1AbCdEf/": "Facebook",
    "https://instagr.am/p/Cabc/": "Instagram",
    "https://www.instagram.com/harbour/reel/Cabc/": "Instagram",
    "https://vk.com/harbour?w=wall-1234_567": "VK",
    "https://www.threads.com/t/C8abcDEFghi": "Threads",
}


@pytest.mark.parametrize(("address", "label"), CLOSED.items())
def test_a_closed_site_is_refused_in_words(address, label):
    why = why_not_a_post(address, platform="rss")

    assert label in why
    assert "use what the outlet says" in why


REFUSED = {
    f"https://twitter.com/harbour/status/{N}/analytics": "a page about a post",
    "tg://privatepost?channel=1234567890&post=77": "private chat",
    "https://t.me/s/harbour_news?before=78": "the channel @harbour_news",
}


@pytest.mark.parametrize(("address", "why"), REFUSED.items())
def test_what_is_no_post_is_refused_in_words(address, why):
    assert why in why_not_a_post(address, platform="x" if "twitter" in address else "telegram")


PAGE = "https://wire.example/n/1"
SAME = [
    (f"{PAGE}?utm_brand=a&UTM_Source=b", PAGE),
    (f"{PAGE}?gbraid=1&wbraid=2&dclid=3", PAGE),
    (f"{PAGE}?mc_cid=1&mc_eid=2", PAGE),
    (f"{PAGE}?cmpid=rss&at_medium=feed", PAGE),
    ("https://wire.example:443/n/%7eone", "https://wire.example/n/~one"),
    (f"{PAGE}?b=2&b=1&a=3", f"{PAGE}?a=3&b=2&b=1"),
]


@pytest.mark.parametrize(("written", "plain"), SAME)
def test_an_address_with_tracking_is_the_one_without(written, plain):
    assert link_key(written) == link_key(plain)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "written", [*(written for written, plain in SAME[:4]), "http://www.wire.example/n/1/", f"{PAGE}/amp"]
)  # fmt: skip
def test_a_link_as_it_was_shared_leads_to_the_post_on_file(written):
    channel = make_channel(address="https://wire.example/feed", origin="polled")
    post = make_post(channel=channel, url=PAGE)
    make_post(channel=channel, url=f"{PAGE}0")

    assert on_file(written) == post


OTHER = [
    ("https://wire.example/n?id=1", "https://wire.example/n?id=2"),
    ("https://wire.example/n?article=1182", "https://wire.example/n?article=1183"),
    ("https://wire.example/n?page=2", "https://wire.example/n"),
    ("https://wire.example/N/AbC", "https://wire.example/N/aBc"),
]


@pytest.mark.parametrize(("one", "other"), OTHER)
@pytest.mark.parametrize("key", [link_key, canonical_url])
def test_a_parameter_that_names_the_page_stays(one, other, key):
    assert key(one) != key(other)
