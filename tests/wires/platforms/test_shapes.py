"""Addresses that are read by their shape: mirrors, other clients, archives, and what is refused."""

import pytest

from wires.platforms.elsewhere import is_shared_site, original_of
from wires.platforms.permalinks import canonical_url, recognise, why_not_a_post

TWEET = "1990000000000000001"
X = ("x", "harbour", TWEET)
RKEY = "3lesheq2xbk2s"
BLUESKY = ("bluesky", "harbour.example", RKEY)
STATUS = "114737133179635557"
ULID = "01JYNXQ2H7J22RBJ44XZD0466K"
UUID = "0f0e5ac0-0000-4000-8000-000000000001"


def read(url):
    found = recognise(url)
    return (found.platform, found.account, found.number) if found and not found.why_not else None


@pytest.mark.parametrize(
    ("url", "post"),
    [
        (f"https://mirror.example/harbour/status/{TWEET}", X),
        (f"https://nitter.net/Harbour/status/{TWEET}#m", X),
        (f"http://birds.example:8080/harbour/status/{TWEET}?s=20", X),
        (f"https://d.fxtwitter.com/harbour/status/{TWEET}/en", X),
        (f"https://d.fxtwitter.com/harbour/status/{TWEET}.mp4", X),
        (f"https://reader.example/i/status/{TWEET}", ("x", "", TWEET)),
        (f"https://unroll.example/thread/{TWEET}.html", ("x", "", TWEET)),
        (f"https://twitter.com/#!/harbour/status/{TWEET}", X),
        (f"https://x.com/harbour/status/{TWEET}.", X),
        (f"https://x.com/harbour/status/{TWEET})”", X),
        (f"https://web.archive.org/web/20260625120000/https://x.com/harbour/status/{TWEET}", X),
        (f"https://web.archive.org/web/2026id_/http:/twitter.com/harbour/status/{TWEET}", X),
        (f"https://archive.ph/newest/https://x.com/harbour/status/{TWEET}", X),
        (f"https://archive.today/?url=https%3A%2F%2Fx.com%2Fharbour%2Fstatus%2F{TWEET}", X),
        (f"https://client.example/profile/harbour.example/post/{RKEY}", BLUESKY),
        (f"https://fxbsky.app/profile/@Harbour.example/post/{RKEY}", BLUESKY),
        (f"https://viewer.example/at://harbour.example/app.bsky.feed.post/{RKEY}", BLUESKY),
        (f"https://web.archive.org/web/2026/https://bsky.app/profile/harbour.example/post/{RKEY}", BLUESKY),
        (f"https://social.example/statuses/{STATUS}", ("mastodon", "", STATUS)),
        (f"https://gts.example/@desk/statuses/{ULID}", ("mastodon", "desk@gts.example", ULID)),
        (f"https://gts.example/users/desk/statuses/{ULID}", ("mastodon", "desk@gts.example", ULID)),
        ("https://misskey.example/notes/9abcdefghi", ("mastodon", "", "9abcdefghi")),
        (f"https://pleroma.example/objects/{UUID}", ("mastodon", "", UUID)),
        ("https://pleroma.example/notice/AbCdEfGhIjKlMnOpQr", ("mastodon", "", "AbCdEfGhIjKlMnOpQr")),
        ("tg://resolve?domain=harbour_news&post=123", ("telegram", "harbour_news", "123")),
        ("https://web.telegram.org/k/#@harbour_news/123", ("telegram", "harbour_news", "123")),
        (
            "https://web.telegram.org/k/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3Dharbour_news%26post%3D123",
            ("telegram", "harbour_news", "123"),
        ),
        ("https://web.telegram.org/a/#-1001234567890_55", ("telegram", "", "55")),
    ],
)  # fmt: skip
def test_a_post_is_read_as_the_post_it_is_wherever_it_is_shown(url, post):
    assert read(url) == post


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/harbour/status/12345",
        "https://shop.example/order/status/2026-06-25",
        "https://blog.example/notes/nine-reasons",
        "https://blog.example/notes/zzzzzzzzzz",
        "https://blog.example/notes/breakfasts",
        "https://blog.example/statuses/open",
        "https://forum.example/profile/harbour/post/welcome-to-us",
        "https://forum.example/profile/harbour.example/post/zzzzzzzzzzzzz",
        "https://site.example/thread/1234.html",
        "https://site.example/objects/vase",
        "https://site.example/notice/closed",
    ],
)
def test_a_page_that_only_looks_alike_is_a_page(url):
    assert recognise(url) is None
    assert why_not_a_post(url, platform="rss") == ""


def test_mastodon_s_own_form_is_not_taken_for_x():
    found = recognise(f"https://social.example/users/desk/statuses/{STATUS}")

    assert (found.platform, found.account) == ("mastodon", "desk@social.example")


def test_a_number_in_capital_letters_keeps_them():
    found = recognise(f"https://gts.example/@desk/statuses/{ULID}")

    assert found.url == f"https://gts.example/@desk/statuses/{ULID}"


def test_the_post_of_a_mirror_is_linked_to_on_its_platform_and_feeds_keep_their_links():
    mirror = f"https://mirror.example/harbour/status/{TWEET}"

    assert recognise(mirror).url == f"https://x.com/harbour/status/{TWEET}"
    # What a feed of a mirror is known by has not changed.
    assert canonical_url(mirror) == mirror


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://www.threads.net/@harbour/post/C8abcDEFghi", "Threads"),
        ("https://threads.com/@harbour/post/C8abcDEFghi", "Threads"),
        ("https://m.facebook.com/story.php?story_fbid=1&id=2", "Facebook"),
        ("https://fb.watch/abc/", "Facebook"),
        ("https://www.instagram.com/p/Cabc/", "Instagram"),
        ("https://vk.com/wall-1234_567", "VK"),
        ("https://m.vk.ru/wall-1234_567", "VK"),
        ("https://www.tiktok.com/@harbour/video/7300000000000000000", "TikTok"),
        ("https://substack.com/@desk/note/c-12345678", "Substack Notes"),
        ("https://web.archive.org/web/2026/https://www.facebook.com/harbour/posts/1", "Facebook"),
    ],
)
@pytest.mark.parametrize("platform", ["rss", "x"])
def test_a_closed_site_is_refused_with_what_to_do_instead(url, label, platform):
    why = why_not_a_post(url, platform=platform)

    assert why.startswith(f"it is on {label}, whose posts cannot be fetched")
    assert "use what the outlet says on its own site" in why


@pytest.mark.parametrize(
    "url",
    [
        "https://notfacebook.example/a",
        "https://myvk.com.example/a",
        "https://desk.substack.com/p/a",
    ],
)
def test_a_site_with_a_similar_name_is_not_refused(url):
    assert why_not_a_post(url, platform="rss") == ""


def test_a_copy_that_does_not_say_of_what_is_refused_with_what_to_do():
    why = why_not_a_post("https://archive.ph/AbCdE", platform="rss")

    assert "use the address of the original" in why


def test_a_copy_of_a_page_stands_for_the_page():
    copy = "https://web.archive.org/web/20260625/https://harbour.example/2026/one?a=1&b=2"

    assert original_of(copy) == "https://harbour.example/2026/one?a=1&b=2"
    assert (
        original_of("https://harbour.example/?u=https://x.com/a")
        == "https://harbour.example/?u=https://x.com/a"
    )


def test_a_copy_of_a_copy_ends():
    nested = "https://archive.ph/" * 50 + "https://harbour.example/one"

    assert original_of(nested).endswith("https://harbour.example/one")


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/harbour_news/123?comment=4567",
        "tg://resolve?domain=harbour_news&post=123&comment=4567",
    ],
)
def test_a_reader_s_comment_is_not_the_post(url):
    assert "a reader’s comment" in why_not_a_post(url, platform="telegram")


@pytest.mark.parametrize(
    ("url", "is_shared"),
    [
        ("https://www.youtube.com/watch?v=abc", True),
        ("https://old.reddit.com/r/harbour/comments/1/a/", True),
        ("https://harbour.example/watch", False),
        ("https://desk.substack.com/p/a", False),
        ("not an address", False),
    ],
)
def test_a_site_of_many_accounts_is_known(url, is_shared):
    assert is_shared_site(url) is is_shared


@pytest.mark.parametrize(
    "url",
    [
        "https://[",
        "tg://resolve?",
        "tg:",
        "https://archive.ph/https:/[",
        "#!/",
        "https://web.telegram.org/#",
    ],
)
def test_whatever_is_pasted_is_answered(url):
    recognise(url)
    why_not_a_post(url, platform="rss")


def test_reported_addresses_are_read_or_refused(corpora):
    lines = (corpora / "reported" / "links.tsv").read_text(encoding="utf-8").splitlines()
    addresses = [line.split("\t")[0] for line in lines]
    addresses = [each for each in addresses if "://" in each and " = " not in each]

    passed_as_pages = [
        url
        for url in addresses
        if recognise(url) is None and not why_not_a_post(url, platform="rss")
    ]

    assert addresses
    assert passed_as_pages == []
