"""What editors enter for a channel, in any of its forms, and when two of them are one."""

import pytest

from wires.platforms.sources import NoSource, identity_keys, read_source

DID = "did:plc:abcdefghijklmnopqrstuvwx"


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("@Harbour.example", ""),
        ("harbour.example", "bluesky"),
        ("at://harbour.example", ""),
        ("https://bsky.app/profile/Harbour.Example", ""),
        ("bsky.app/profile/harbour.example/follows", ""),
        ("https://bsky.app/profile/harbour.example/post/3kabcdefghi2a", ""),
        ("https://client.example/profile/harbour.example", "bluesky"),
        ("https://deer.social.bsky.example/profile/harbour.example", ""),
        (" <https://bsky.app/profile/harbour.example> ", "bluesky"),
    ],
)
def test_a_bluesky_account_is_read_in_any_form(text, platform):
    source = read_source(text, platform=platform)

    assert (source.platform, source.account) == ("bluesky", "harbour.example")
    assert source.address.lower().startswith("https://bsky.app/profile/harbour.example")


@pytest.mark.parametrize(
    "text", [DID, f"at://{DID}", f"https://client.example/profile/{DID}", f"bsky.app/profile/{DID}"]
)
def test_a_did_needs_no_platform(text):
    assert read_source(text).account == DID


@pytest.mark.parametrize(
    "text",
    [
        "@desk@social.example",
        "Desk@Social.example",
        "https://social.example/@desk",
        "https://social.example/users/Desk",
        "https://other.example/@desk@social.example",
        "https://social.example/@desk/112233445566778899",
    ],
)
def test_a_mastodon_account_is_read_on_any_server_and_asked_at_its_own(text):
    source = read_source(text)

    assert (source.platform, source.account) == ("mastodon", "desk@social.example")
    assert source.address.startswith("https://social.example/")


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("@PortWatch", "telegram"),
        ("portwatch", "telegram"),
        ("T.me/s/PortWatch", ""),
        ("https://telegram.me/portwatch/12", ""),
        ("portwatch.t.me", ""),
        ("https://web.telegram.org/k/#@portwatch", ""),
        ("tg://resolve?domain=PortWatch", ""),
    ],
)
def test_a_telegram_channel_is_read_in_any_form(text, platform):
    source = read_source(text, platform=platform)

    assert (source.platform, source.account) == ("telegram", "portwatch")


def test_the_telegram_address_that_an_editor_wrote_is_kept():
    assert read_source("https://t.me/PortWatch").address == "https://t.me/PortWatch"


@pytest.mark.parametrize(
    "text",
    [
        "harbour.example/feed",
        "//harbour.example/feed",
        "feed://harbour.example/feed",
        "feed:https://harbour.example/feed",
        "https://harbour.example/feed",
    ],
)
def test_an_address_without_a_scheme_is_one_of_the_web(text):
    source = read_source(text)

    assert (source.platform, source.address) == ("rss", "https://harbour.example/feed")


def test_a_profile_page_of_some_site_is_not_taken_for_bluesky():
    assert read_source("https://harbour.example/profile/jane.doe").platform == "rss"


def test_the_feed_of_an_account_may_be_chosen_as_a_feed():
    source = read_source("https://social.example/@desk.rss", platform="rss")

    assert (source.platform, source.account) == ("rss", "")


@pytest.mark.parametrize(
    ("text", "platform", "said"),
    [
        ("", "", "Enter the address of a feed"),
        ("@portwatch", "", "may be a name on Telegram or X: choose the platform"),
        ("https://t.me/portwatch", "bluesky", "This is an address on Telegram: choose Telegram"),
        ("https://t.me/+abcdef", "", "Enter the page of an account on Telegram"),
        ("https://bsky.app/", "", "Enter the page of an account on Bluesky"),
        ("https://harbour.example/about", "mastodon", "Enter the page of an account on Mastodon"),
        ("https://www.facebook.com/harbour", "", "use what the outlet says on its own site"),
        ("vk.com/harbour", "rss", "use what the outlet says on its own site"),
    ],
)
def test_what_names_no_source_is_refused_with_the_way_out(text, platform, said):
    with pytest.raises(NoSource, match=said):
        read_source(text, platform=platform)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("rss", "", "", "https://harbour.example/feed"), ("rss", "", "", "http://www.Harbour.example/feed/")),
        (("rss", "", "", "https://harbour.example/feed?a=1"), ("rss", "", "", "https://harbour.example/feed?a=1&utm_source=x")),
        (("telegram", "portwatch", "", "https://t.me/portwatch"), ("telegram", "PortWatch", "", "https://telegram.me/s/PortWatch")),
        (("bluesky", "old.example", DID, "a"), ("bluesky", "new.example", DID, "b")),
        (("bluesky", DID, "", "a"), ("bluesky", "new.example", DID, "b")),
        (("telegram", "old", "17", "a"), ("telegram", "new", "17", "b")),
    ],
)  # fmt: skip
def test_two_spellings_of_one_source_share_a_key(one, other):
    assert {*identity_keys(*one)} & {*identity_keys(*other)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("rss", "", "", "https://harbour.example/feed?a=1"), ("rss", "", "", "https://harbour.example/feed?a=2")),
        (("rss", "", "", "https://harbour.example/Feed"), ("rss", "", "", "https://harbour.example/feed")),
        (("mastodon", "desk@a.example", "17", ""), ("mastodon", "desk@b.example", "17", "")),
        (("telegram", "portwatch", "", ""), ("x", "portwatch", "", "")),
        (("rss", "", "", "https://social.example/@desk"), ("mastodon", "desk@social.example", "", "")),
    ],
)  # fmt: skip
def test_two_sources_share_no_key(one, other):
    assert not {*identity_keys(*one)} & {*identity_keys(*other)}
