from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wires.platforms.bluesky.clock import tid_time
from wires.platforms.mastodon.clock import mastodon_time
from wires.platforms.permalinks import canonical_url, post_identity, recognise, why_not_a_post
from wires.platforms.x.clock import x_id_at, x_time

PLC = "did:plc:z72i7hdynmk6r22z27h6tvur"
TID = "3l6oveex3ii2l"

POSTS = [
    ("https://x.com/Reuters/status/1805412345678901234", "x", "reuters", "1805412345678901234"),
    (
        "https://x.com/Reuters/status/1805412345678901234?s=20&t=abc",
        "x",
        "reuters",
        "1805412345678901234",
    ),
    ("https://twitter.com/jack/status/20", "x", "jack", "20"),
    ("http://www.twitter.com/jack/statuses/20", "x", "jack", "20"),
    ("https://mobile.twitter.com/jack/status/20/photo/1", "x", "jack", "20"),
    ("https://m.twitter.com/jack/status/20/video/1", "x", "jack", "20"),
    ("https://x.com/i/web/status/20", "x", "", "20"),
    ("https://x.com/i/status/20", "x", "", "20"),
    ("https://x.com:443/jack/status/20#m", "x", "jack", "20"),
    ("HTTPS://X.COM./jack/status/20/", "x", "jack", "20"),
    ("https://t.me/Durov/43", "telegram", "durov", "durov/43"),
    ("https://t.me/s/durov/43", "telegram", "durov", "durov/43"),
    ("https://t.me/durov/43?single", "telegram", "durov", "durov/43"),
    ("https://telegram.me/durov/43", "telegram", "durov", "durov/43"),
    ("https://t.me/forum_chat/12/345", "telegram", "forum_chat", "forum_chat/345"),
    ("https://durov.t.me/43", "telegram", "durov", "durov/43"),
    ("https://t.me/dpa/43?single", "telegram", "dpa", "dpa/43"),
    (
        f"https://bsky.app/profile/Bsky.app/post/{TID}",
        "bluesky",
        "bsky.app",
        f"at://bsky.app/app.bsky.feed.post/{TID}",
    ),
    (
        f"https://bsky.app/profile/{PLC}/post/{TID}?x=1",
        "bluesky",
        PLC,
        f"at://{PLC}/app.bsky.feed.post/{TID}",
    ),
    (
        f"at://{PLC}/app.bsky.feed.post/{TID}",
        "bluesky",
        PLC,
        f"at://{PLC}/app.bsky.feed.post/{TID}",
    ),
    (
        "https://mastodon.social/@Gargron/109372843234567890",
        "mastodon",
        "gargron@mastodon.social",
        "https://mastodon.social/users/gargron/statuses/109372843234567890",
    ),
    (
        "https://mastodon.social/users/Gargron/statuses/1",
        "mastodon",
        "gargron@mastodon.social",
        "https://mastodon.social/users/gargron/statuses/1",
    ),
    (
        "https://news.example/%40desk/109372843234567890",
        "mastodon",
        "desk@news.example",
        "https://news.example/users/desk/statuses/109372843234567890",
    ),
    (
        "https://a.example/@desk@b.example/109372843234567890",
        "mastodon",
        "desk@b.example",
        "https://a.example/@desk@b.example/109372843234567890",
    ),
    (
        "https://a.example/ap/users/117020566092212359/statuses/117020586180926938",
        "mastodon",
        "",
        "https://a.example/ap/users/117020566092212359/statuses/117020586180926938",
    ),
    (
        "https://a.example/deck/@desk/109372843234567890",
        "mastodon",
        "desk@a.example",
        "https://a.example/users/desk/statuses/109372843234567890",
    ),
]

NOT_POSTS = [
    ("https://x.com/Reuters", "x", "profile"),
    ("https://x.com/Reuters/with_replies", "x", "profile"),
    ("https://x.com/Reuters/media", "x", "media"),
    ("https://x.com", "x", "home"),
    ("https://twitter.com/home", "x", "home"),
    ("https://x.com/search?q=war&f=live", "x", "search"),
    ("https://x.com/hashtag/war", "x", "search"),
    ("https://x.com/i/lists/12", "x", "other"),
    ("https://x.com/intent/post?text=a", "x", "other"),
    ("https://x.com/Reuters/status", "x", "other"),
    ("https://x.com/Reuters/status/", "x", "other"),
    ("https://x.com/Reuters/status/1805412345678901234/likes", "x", "other"),
    ("https://x.com/a_name_that_is_too_long/status/20", "x", "other"),
    ("https://fxtwitter.com/jack/status/20", "x", "other"),
    ("https://vxtwitter.com/jack/status/20", "x", "other"),
    ("https://t.co/AbCdEf", "x", "other"),
    ("https://pbs.twimg.com/media/a.jpg", "x", "media"),
    ("https://t.me/durov", "telegram", "channel"),
    ("https://t.me/s/durov", "telegram", "channel"),
    ("https://t.me/dpa", "telegram", "channel"),
    ("https://t.me/x/43", "telegram", "other"),
    ("https://t.me/s/durov?before=40", "telegram", "channel"),
    ("https://t.me/s/durov?q=word", "telegram", "search"),
    ("https://t.me/+AbCdEf012", "telegram", "invite"),
    ("https://t.me/joinchat/AbCdEf", "telegram", "invite"),
    ("https://t.me/c/1234567/89", "telegram", "other"),
    ("https://t.me/durov/s/3", "telegram", "other"),
    ("https://t.me/share/url?url=a", "telegram", "other"),
    ("https://t.me/", "telegram", "home"),
    ("https://bsky.app/", "bluesky", "home"),
    ("https://bsky.app/profile/bsky.app", "bluesky", "profile"),
    ("https://bsky.app/search?q=a", "bluesky", "search"),
    (f"https://bsky.app/profile/{PLC}/feed/whats-hot", "bluesky", "other"),
    (f"https://bsky.app/profile/bsky.app/post/{TID}/liked-by", "bluesky", "other"),
    (f"https://bsky.app/profile/no_handle/post/{TID}", "bluesky", "other"),
    (f"at://{PLC}", "bluesky", "profile"),
    (f"at://{PLC}/app.bsky.feed.generator/whats-hot", "bluesky", "other"),
    ("https://mastodon.social/@Gargron", "mastodon", "profile"),
    ("https://mastodon.social/@Gargron/with_replies", "mastodon", "profile"),
    ("https://mastodon.social/users/Gargron", "mastodon", "profile"),
    ("https://mastodon.social/users/Gargron/followers", "mastodon", "profile"),
    ("https://mastodon.social/users/Gargron/statuses/", "mastodon", "other"),
]

MALFORMED_NUMBERS = [
    "0",
    "012",
    "-12",
    "+12",
    "12a",
    "1_000",
    "1e5",
    "12.0",
    "12%20",
    "12%00",
    "12…",
    "%D9%A1%D9%A2",  # Arabic-Indic digits
    "\uff11\uff12",  # full-width digits
    "²",
    "9223372036854775808",  # 2^63
    "99999999999999999999",
    "9" * 5_000,
]


@pytest.mark.parametrize(("url", "platform", "account", "native_id"), POSTS)
def test_a_post_is_recognised_by_every_form_of_its_address(url, platform, account, native_id):
    found = recognise(url)

    assert found is not None
    assert (found.kind, found.platform, found.account) == ("post", platform, account)
    assert found.native_id == native_id
    assert why_not_a_post(url, platform=platform) == ""


@pytest.mark.parametrize(("url", "platform", "kind"), NOT_POSTS)
def test_a_page_that_is_not_a_post_is_named_for_what_it_is(url, platform, kind):
    found = recognise(url)

    assert found is not None
    assert (found.platform, found.kind, found.native_id) == (platform, kind, "")
    assert found.why_not.startswith(("it is ", "its "))
    assert why_not_a_post(url, platform=platform) == found.why_not


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.com/jack/status/20", "https://twitter.com/i/web/status/20?s=20"),
        ("https://x.com/jack/status/20", "https://x.com/someone_else/status/20"),
        ("https://t.me/Durov/43", "https://t.me/s/durov/43?single"),
        (f"at://{PLC}/app.bsky.feed.post/{TID}", f"https://bsky.app/profile/{PLC}/post/{TID}"),
        ("https://a.example/@desk/109", "https://a.example/ap/users/5/statuses/109"),
    ],
)
def test_two_addresses_of_one_post_have_one_identity(one, other):
    assert post_identity(recognise(one)) == post_identity(recognise(other)) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.com/jack/status/20", "https://x.com/jack/status/21"),
        ("https://t.me/durov/43", "https://t.me/telegram/43"),
        ("https://a.example/@desk/109", "https://b.example/@desk/109"),
    ],
)
def test_two_posts_have_two_identities(one, other):
    assert post_identity(recognise(one)) != post_identity(recognise(other))


@pytest.mark.parametrize("number", MALFORMED_NUMBERS)
@pytest.mark.parametrize(
    ("platform", "prefix"),
    [
        ("x", "https://x.com/reuters/status/"),
        ("x", "https://x.com/i/web/status/"),
        ("telegram", "https://t.me/durov/"),
        ("bluesky", "https://bsky.app/profile/bsky.app/post/"),
        ("mastodon", "https://mastodon.social/@Gargron/"),
        ("mastodon", "https://mastodon.social/users/Gargron/statuses/"),
    ],
)
def test_a_malformed_post_number_is_not_recognised(platform, prefix, number):
    clause = why_not_a_post(prefix + number, platform=platform)

    assert clause
    assert len(clause) < 120
    assert clause.isprintable()


@pytest.mark.parametrize(
    "rkey",
    [
        "3l6oveex3ii2",
        "3l6oveex3ii2ll",
        "3L6OVEEX3II2L",
        "3l6oveex3ii21",
        "zzzzzzzzzzzzz",
        "self",
        "",
    ],
)
def test_a_bluesky_record_key_that_is_not_a_tid_is_not_recognised(rkey):
    assert why_not_a_post(f"https://bsky.app/profile/bsky.app/post/{rkey}", platform="bluesky")
    assert tid_time(rkey) is None


def test_a_telegram_number_must_fit_a_32_bit_integer():
    assert why_not_a_post("https://t.me/durov/2147483647", platform="telegram") == ""
    assert why_not_a_post("https://t.me/durov/2147483648", platform="telegram")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "reuters",
        "x.com/reuters/status/20",
        "https://reuters@x.com/reuters/status/20",
        "https://x.com@evil.example/reuters/status/20",
        "https://evil.example\\@x.com/reuters/status/20",
        "https://x.com:8443/reuters/status/20",
        "https://notx.com/reuters/status/20",
        "https://x.com.evil.example/reuters/status/20",
        "https://x.com:port/reuters/status/20",
        "https://[::1/reuters/status/20",
        "javascript:alert(1)",
        "file:///x.com/reuters/status/20",
        "https://www.youtube.com/@channel",
        "https://www.tiktok.com/@name/video/7123456789012345678",
        "https://medium.com/@name/1-thing-to-know",
        "https://news.example/world/2026/03/02/story",
    ],
)
def test_an_address_elsewhere_is_not_recognised(url):
    assert recognise(url) is None
    assert why_not_a_post(url, platform="x")


def test_an_address_on_another_platform_is_named():
    clause = why_not_a_post("https://t.me/durov/43", platform="x")

    assert clause == "it is an address on Telegram, not on X"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/world/story",
        "https://news.example/?p=1234",
        "http://news.example/2026/03/02/a.html?utm_source=rss",
        "https://t.me/durov/43",
    ],
)
def test_a_web_page_can_be_a_feed_entry(url):
    assert why_not_a_post(url, platform="rss") == ""


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://news.example",
        "https://news.example/",
        "https://news.example/?utm_source=rss",
        "https://news.example/index.html",
        "https://news.example/feed/",
        "https://news.example/world/rss.xml",
        "https://x.com/reuters",
        "https://mastodon.social/@Gargron",
        "tag:news.example,2026:1",
        "ftp://news.example/story",
    ],
)
def test_a_home_page_a_feed_and_a_profile_are_not_feed_entries(url):
    assert why_not_a_post(url, platform="rss")


def test_the_time_inside_an_id_is_read():
    assert x_time("1580661436132757506") == datetime(2022, 10, 13, 20, 47, 8, 300000, UTC)
    assert mastodon_time("109372843234567890") == datetime(2022, 11, 19, 22, 32, 24, 82000, UTC)
    assert tid_time(TID) == datetime(2024, 10, 17, 7, 6, 51, 642318, UTC)


def test_a_sequential_id_gives_no_time():
    assert x_time("34359738367") is None
    assert x_time("34359738368") is not None
    assert mastodon_time("1") is None


@pytest.mark.parametrize("text", ["", "0", "-1", "12a", "\uff19", "9" * 30, "9223372036854775808"])
def test_an_invalid_id_gives_no_time(text):
    assert x_time(text) is None
    assert mastodon_time(text) is None
    assert tid_time(text) is None


def milliseconds_after(start):
    return st.integers(0, 68 * 365 * 86_400_000).map(lambda n: start + timedelta(milliseconds=n))


@given(
    moment=milliseconds_after(datetime(2010, 11, 5, tzinfo=UTC)),
    sequence=st.integers(0, 2**22 - 1),
)
def test_an_id_made_for_a_time_gives_that_time(moment, sequence):
    assert x_time(x_id_at(moment, sequence)) == moment


@pytest.mark.parametrize("year", [1969, 2009, 2100])
def test_no_id_is_made_for_a_time_out_of_range(year):
    with pytest.raises(ValueError, match="2010 to 2080"):
        x_id_at(datetime(year, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://News.Example:80/Path/?b=2&a=1#top", "http://news.example/Path/?b=2&a=1"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example/a/", "https://news.example/a/"),
        (
            "https://news.example/a?utm_source=x&id=7&UTM_Medium=y&fbclid=1",
            "https://news.example/a?id=7",
        ),
        ("https://news.example/a?at_medium=RSS&at_campaign=k", "https://news.example/a"),
        ("https://news.example/a?gclid=1&ocid=2&cmp=3&CMP=4", "https://news.example/a"),
        (
            "https://news.example/a?campaign=1&compare=2",
            "https://news.example/a?campaign=1&compare=2",
        ),
        ("https://news.example/%c3%a9%2f", "https://news.example/%C3%A9%2F"),
        ("https://news.example/é?ü=ß", "https://news.example/%C3%A9?%C3%BC=%C3%9F"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
        ("https://m.dw.com/en/a", "https://www.dw.com/en/a"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://mobile.twitter.com/Jack/status/20?s=20", "https://x.com/jack/status/20"),
        ("https://t.me/s/Durov/43?single", "https://t.me/durov/43"),
        (f"at://{PLC}/app.bsky.feed.post/{TID}", f"https://bsky.app/profile/{PLC}/post/{TID}"),
        (
            "https://mastodon.social/users/Gargron/statuses/109372843234567890",
            "https://mastodon.social/@gargron/109372843234567890",
        ),
        ("https://blog.example/@ann/2024?page=2", "https://blog.example/@ann/2024?page=2"),
        ("tag:news.example,2026:1", "tag:news.example,2026:1"),
        ("", ""),
        ("not a link", "not a link"),
    ],
)
def test_addresses_of_one_page_are_normalised_to_one(url, canonical):
    assert canonical_url(url) == canonical


# Fragments that steer random texts into the corner cases of the grammars.
HOSTS = ["x.com", "t.me", "bsky.app", "mastodon.social", "m.dw.com", "xn--", "[::1]", "a@b.example"]
PATHS = ["/status/", "/s/", "/i/web/status/", "/profile/", "/post/", "/@a/", "/users/a/statuses/"]
IDS = ["20", "109372843234567890", TID, PLC, "utm_a=1", "%2F", "%c3", ":80", ":443"]
MARKS = list(":/?#[]@!$&'()*+,;=%\\. \x00\xe9\xdf\u0130\u03a3\ud800\u200b\u3000\uff20\u2044")
pieces = st.sampled_from(["https://", "http://", "at://", "HTTP:", *HOSTS, *PATHS, *IDS, *MARKS])
texts = st.one_of(
    st.text(), st.lists(st.one_of(pieces, st.text(max_size=3)), max_size=12).map("".join)
)


@given(text=texts)
@example("https://[")
@example("https://[v1.a]/")
@example("http://a:99999/")
@example("http://\u2100.example/")
@example("https://%00/@a/1")
@example("http://a\ud800b/")
@example("at://")
def test_recognising_any_text_raises_nothing(text):
    once = canonical_url(text)

    assert canonical_url(once) == once
    for platform in ("x", "telegram", "bluesky", "mastodon", "rss"):
        assert isinstance(why_not_a_post(text, platform=platform), str)


@given(text=st.one_of(texts, st.sampled_from([url for url, *_ in POSTS])))
def test_the_canonical_address_is_recognised_as_the_same_post(text):
    found = recognise(text)
    if found is None or found.kind != "post":
        return

    again = recognise(found.url)

    assert again is not None
    assert (again.platform, again.account, again.native_id, again.url) == (
        found.platform,
        found.account,
        found.native_id,
        found.url,
    )


def test_a_very_long_address_is_read_quickly():
    url = "https://mastodon.social/@" + "a." * 200_000 + "/" + "?" * 200_000

    assert recognise(url) is None
    assert canonical_url(url) == canonical_url(canonical_url(url))
