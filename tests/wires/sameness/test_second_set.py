"""Sixty more cases, written after the first set was put right and before they were tried."""

import json
from dataclasses import replace

import pytest

from tests.clock import NOON, later
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.sameness.feeds import Case, Item, atom, check, item, json_feed, rss, telegram
from tests.wires.test_paste import paste
from wires import retention
from wires.ingest import on_file, read_body, store
from wires.models import Post
from wires.platforms import parse
from wires.platforms.mastodon.clock import mastodon_time
from wires.platforms.permalinks import recognise, why_not_a_post

pytestmark = pytest.mark.django_db

EELS = item(
    "Eel catch doubles in the sound",
    "a/eel-catch-doubles-in-the-sound",
    at="08:10",
    body="<p>Fishers landed more eels than ever before.</p>",
)
LIGHT = item(
    "Lighthouse gets its lamp back",
    "a/lighthouse-gets-its-lamp-back",
    at="08:50",
    body="<p>Divers found the old lens under the pier.</p>",
)
SALT = item(
    "Salt road opens after the flood",
    "a/salt-road-opens-after-the-flood",
    at="09:40",
    body="<p>Carts may pass from Friday noon, the mayor said.</p>",
)
THREE = (EELS, LIGHT, SALT)


def once(*items):
    return [f"1 {each.title}" for each in items]


def mapped(change, *items):
    return [replace(each, **change(each)) for each in items]


def both(change):
    return lambda each: {"link": change(each.link), "guid": change(each.guid)}


EMPTY = rss()
IDENTITY = (
    Case("a feed that is empty for an hour", (rss(*THREE), EMPTY, rss(*THREE)), once(*THREE)),
    Case("the order turned round", (rss(*THREE), rss(*THREE[::-1])), once(*THREE)),
    Case("the feed goes from RSS to Atom with the same ids", (rss(*THREE), atom(*THREE)), once(*THREE)),
    Case("the feed goes from Atom to JSON", (atom(*THREE), json_feed(*THREE)), once(*THREE)),
    Case("guids go away", (rss(*THREE), rss(*mapped(lambda each: {"guid": ""}, *THREE))), once(*THREE)),
    Case("guids come", (rss(*mapped(lambda each: {"guid": ""}, *THREE)), rss(*mapped(lambda each: {"guid": f"id{each.at}"}, *THREE))), once(*THREE)),
    Case("links get an extension", (rss(*THREE), rss(*mapped(both(lambda u: f"{u}.html"), *THREE))), once(*THREE)),
    Case("links get a language before the path", (rss(*THREE), rss(*mapped(both(lambda u: u.replace("/a/", "/en/a/")), *THREE))), once(*THREE)),
    Case("links get the date into the path", (rss(*THREE), rss(*mapped(both(lambda u: u.replace("/a/", "/2026/06/25/")), *THREE))), once(*THREE)),
    Case("a move to a host and https with a port", (rss(*mapped(both(lambda u: u.replace("https://wire.example", "http://wire.example:8080")), *THREE)), rss(*THREE)), once(*THREE)),
    Case("a campaign in links, one per reading", tuple(rss(*mapped(both(lambda u, n=n: f"{u}?xtor=RSS-{n}&utm_source=f{n}"), *THREE)) for n in range(3)), once(*THREE)),
    Case("a redirector in links with guids that stay", (rss(*THREE), rss(*mapped(lambda each: {"link": f"https://go.example/?to={each.link}"}, *THREE))), once(*THREE)),
    Case("pages that differ by a ref number alone", (rss(item("Eels", "n?ref=1182", body="<p>One.</p>"), item("Lamp", "n?ref=1183", body="<p>Two.</p>")),) * 2, ["1 Eels", "1 Lamp"]),
    Case("a live page under whose guid three stories come", tuple(rss(Item(t, "https://wire.example/live", "https://wire.example/live", f"<p>{b}</p>", at=a)) for t, b, a in (("Storm nears the outer port", "Wind grows.", "08:00"), ("Mayor speaks to the crews", "She thanks all.", "09:00"), ("Ferries wait for the tide", "Boats lie still.", "10:00"))), ["1 Storm nears the outer port", "1 Mayor speaks to the crews", "1 Ferries wait for the tide"]),
    Case("an edit while we were down for three days", (rss(EELS), rss(replace(EELS, body="<p>Fishers landed fewer eels, the office corrected.</p>"))), ["2 Eel catch doubles in the sound"], hours=(0, 72)),
    Case("two stories that swap their headlines' slugs", (rss(item("Tide high", "a/1"), item("Tide low", "a/2")), rss(item("Tide low", "a/2"), item("Tide high", "a/1"))), ["1 Tide high", "1 Tide low"]),
    Case("an aggregator that shows one story of two papers", (rss(item("Eel catch doubles", "https://north.example/eels", guid="n-1"), item("Eel catch doubles", "https://south.example/eels", guid="s-9")),) * 2, ["1 Eel catch doubles"] * 2),
    Case("a podcast whose enclosure moves", (rss(replace(EELS, more='<enclosure url="https://a.example/e.mp3?s=1" type="audio/mpeg" length="1"/>')), rss(replace(EELS, more='<enclosure url="https://cdn.example/e.mp3?s=2" type="audio/mpeg" length="1"/>'))), once(EELS)),
)  # fmt: skip
LEAD = "<p>Divers found the old lens under the pier on Monday.</p>"
MORE = "<p>The council will pay for the tower’s new stairs.</p>"


def told(name, *bodies, versions=1, **fields):
    return Case(
        name,
        tuple(rss(item("Lamp found", body=b)) for b in bodies),
        [f"{versions} Lamp found"],
        **fields,
    )


VERSIONS = (
    told("rotating related links without a heading in a list", LEAD + "<p>Related links</p><ul><li>Eels</li></ul>", LEAD + "<p>Related links</p><ul><li>Salt</li><li>Amber</li></ul>"),
    told("upper case of a dateline put in front", LEAD, "<p>CALVERA (HW) - Divers found the old lens under the pier on Monday.</p>", versions=2),
    told("a photo credit at the end stays words", LEAD, LEAD + "<p>The lamp weighs four tonnes.</p>", versions=2),
    told("bold and italic", LEAD, "<p>Divers found <b>the old</b> <i>lens</i> under the pier on Monday.</p>"),
    told("a link put on a word", LEAD, '<p>Divers found the <a href="https://a.example/">old lens</a> under the pier on Monday.</p>'),
    told("a soft hyphen and a zero-width space", LEAD, LEAD.replace("pier", "pi\u00ader").replace("lens", "lens\u200b")),
    told("angular for curly quotation marks", "<p>“Found,” she said.</p>", "<p>„Found,“ she said.</p>"),
    told("named entities for characters", "<p>Café &amp; quay — open</p>", "<p>Caf&eacute; &amp;amp; quay &mdash; open</p>"),
    told("a comments link with its number", LEAD + '<p><a href="#c">3 Comments</a></p>', LEAD + '<p><a href="#c">11 Comments</a></p>'),
    told("views in Polish and Turkish", LEAD + "<p>Wyświetleń: 12 · 9 yorum</p>", LEAD + "<p>Wyświetleń: 15 · 10 yorum</p>"),
    told("time since, in German", "<p>vor 3 Stunden</p>" + LEAD, "<p>vor 5 Stunden</p>" + LEAD),
    told("an advertisement in French", LEAD + MORE, LEAD + "<p>Publicité</p>" + MORE),
    told("sponsored words with a name", LEAD, LEAD + "<p>Sponsored: Ruder AG sells boats</p>"),
    told("read also in Swedish", LEAD, LEAD + "<p>Läs också: Saltvägen öppnar</p>"),
    told("a by-line in German", LEAD + MORE, "<p>Von Ines Okonjo, Calvera</p>" + LEAD + MORE),
    told("a by-line that goes away", "<p>By Ines Okonjo</p>" + LEAD + MORE, LEAD + MORE),
    told("excerpt with a bracketed ellipsis", LEAD + MORE, "<p>Divers found the old lens [&hellip;]</p>"),
    told("the excerpt between two whole readings", LEAD + MORE, "<p>Divers found the old lens…</p>", LEAD + MORE),
    told("a number in the excerpt's place is an edit", "<p>Nine divers found it.</p>", "<p>Ten divers found it.</p>", versions=2),
    told("a negation put in is an edit", "<p>The tower is safe.</p>", "<p>The tower is not safe.</p>", versions=2),
    told("a word put in is an edit", "<p>The tower is safe.</p>", "<p>The old tower is safe.</p>", versions=2),
    told("case alone is an edit of the outlet", "<p>The Tower is safe.</p>", "<p>The tower is safe.</p>", versions=2),
    Case("the headline in capitals", (rss(item("Lamp found at the pier")), rss(item("LAMP FOUND AT THE PIER"))), ["2 LAMP FOUND AT THE PIER"]),
    Case("the headline with curly marks", (rss(item("Mayor: 'Lamp is ours'")), rss(item("Mayor: ‘Lamp is ours’"))), ["1 Mayor: 'Lamp is ours'"]),
    Case("the site's name behind every headline", (rss(*THREE), rss(*mapped(lambda each: {"title": f"{each.title} - Harbour Wire"}, *THREE))), once(*THREE)),
    Case("a headline's counter of comments", (rss(item("Lamp found (3 comments)")), rss(item("Lamp found (8 comments)"))), ["1 Lamp found (3 comments)"]),
    Case("a telegram post that gets views and an edit", (telegram((7, "Lamp found.")), telegram((7, "Lamp found at noon."))), ["2 Lamp found at noon."], channel={"platform": "telegram", "account": "harbournews"}),
)  # fmt: skip


@pytest.mark.parametrize("case", IDENTITY, ids=lambda case: case.name)
def test_identity(case):
    check(case)


@pytest.mark.parametrize("case", VERSIONS, ids=lambda case: case.name)
def test_versions(case):
    check(case)


SKY = "https://bsky.app/profile/{}/post/3lesheq2xbk2s"


def test_a_bluesky_post_copied_under_its_handle_and_its_did_is_one(editor):
    first = paste(SKY.format("harbour.example"), editor, text="The ferry leaves at noon.")
    read_body(first.channel, bluesky.feed(bluesky.post()), at=later(minutes=5), parse=parse)

    second = paste(SKY.format(bluesky.DID), editor, text="The ferry leaves at noon.")

    assert (second, Post.objects.count()) == (first, 1)


def test_a_bluesky_post_copied_under_two_handles_is_one(editor):
    first = paste(SKY.format("harbour.example"), editor, text="The ferry leaves at noon.")

    second = paste(SKY.format("port.example"), editor, text="The ferry leaves at noon.")

    assert (second, Post.objects.count()) == (first, 1)


def test_a_mastodon_post_is_on_file_by_every_form_of_its_own_address(editor):
    channel = make_channel(platform="mastodon", account="desk@social.example")
    created = mastodon_time(mastodon.NUMBER).isoformat()
    status = mastodon.status(created_at=created)
    read_body(channel, json.dumps([status]).encode(), at=NOON, parse=parse)

    for form in (
        "@desk/{}",
        "users/desk/statuses/{}",
        "web/@desk/{}",
        "statuses/{}",
        "web/statuses/{}",
        "@desk/{}/embed",
    ):
        assert (
            on_file(f"https://social.example/{form.format(mastodon.NUMBER)}") == Post.objects.get()
        ), form


N = "1990000000000000001"
LEADS = {
    f"https://r.proxy.example/https://x.com/harbour/status/{N}": ("x", N),
    f"https://translate.example/translate?u=https://x.com/harbour/status/{N}": (None, ""),
    f"https://x.com/harbour/status/{N}/history": (None, ""),
    f"https://nitter.example:8443/harbour/status/{N}#m": ("x", N),
    "https://cached.example/web/2026/https://t.me/harbour_news/77": ("telegram", "77"),
    "https://t.me/harbour_news/77?embed=1&mode=tme": ("telegram", "77"),
    "https://t.me/harbour_news/5/77": ("telegram", "77"),
    "https://sky.example/profile/did:plc:zusla4pjgzm3dijq2vwxqp2c/post/3lesheq2xbk2s/reposted-by": ("bluesky", "3lesheq2xbk2s"),
    "https://town.example/@desk/114737133179635557#reply": ("mastodon", "114737133179635557"),
}  # fmt: skip


@pytest.mark.parametrize(("address", "post"), LEADS.items())
def test_addresses(address, post):
    found = recognise(address)

    assert ((found.platform, found.number) if found and not found.why_not else (None, "")) == post


@pytest.mark.parametrize(
    "address",
    ["https://m.vk.com/feed?w=wall-1_2", "https://web.facebook.com/harbour/videos/1/", "https://instagram.com/stories/harbour/1/"],
)  # fmt: skip
def test_closed_sites(address):
    assert "use what the outlet says" in why_not_a_post(address, platform="rss")


LONG = "Nine ships wait at the outer port. Their owners want to know when the pilots come back"
SHORTER = {
    "the end goes": (f"{LONG} from the strike", LONG),
    "half of it goes": ("Port shut. 12 people were hurt.", "Port shut."),
    "all but three words go": ("Port shut until dawn on Friday", "Port shut until"),
}


@pytest.mark.parametrize(("before", "after"), SHORTER.values(), ids=SHORTER)
@pytest.mark.parametrize("platform", ["telegram", "bluesky", "mastodon", "x"])
def test_a_post_that_its_writer_shortens_is_an_edit(platform, before, after):
    channel = make_channel(platform=platform, account="harbour")
    for n, text in enumerate((before, after)):
        post = raw(text[:40], native_id="harbour/7", text=text)
        store(channel, document(post), at=later(hours=n))

    assert [v.text for v in Post.objects.get().versions.order_by("n")] == [before, after]


STORIES = [
    ("<p>Calvera | 12 points</p>", "<p>Calvera | 14 points</p>"),
    ("<p>How often did it ring? 12 times.</p>", "<p>How often did it ring? 13 times.</p>"),
    ("<p>Our rating | 4 stars</p>", "<p>Our rating | 2 stars</p>"),
    ("<p>By Thursday Jo Lind, the pilot, was home.</p>" + LEAD, "<p>By Friday Jo Lind, the pilot, was home.</p>" + LEAD),
    ("<p>Port shut. 12 hurt.</p>" + LEAD, "<p>Port shut. 11 hurt.</p>" + LEAD),
    ("<p>🇫🇮 3 | 🇸🇪 2</p>", "<p>🇫🇮 3 | 🇸🇪 4</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), STORIES)
def test_what_only_looks_like_what_stands_around_words_is_an_edit(before, after):
    check(told("", before, after, versions=2))


def test_an_erased_story_swallows_no_other_of_the_same_slug():
    channel = make_channel()
    forecast = item("Forecast for today", "mon/the-forecast-for-today-and-tomorrow", at="24 08:00")
    read_body(channel, rss(forecast), at=NOON, parse=parse)
    retention.erase(Post.objects.get(), reason="court order", by=None, at=NOON)

    tuesday = item("Forecast", "tue/the-forecast-for-today-and-tomorrow", at="25 08:00", body=LEAD)
    live = item("Eels", "live/51177/eels", at="25 09:00", body=MORE)
    read_body(channel, rss(tuesday, live), at=later(hours=1), parse=parse)

    assert Post.objects.count() == 3
