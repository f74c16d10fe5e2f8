"""Which post is which, by kinds: two documents or more in time, and the posts that must stand."""

from dataclasses import replace

import pytest

from tests.clock import NOON, later
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.x import answers as x
from tests.wires.sameness.feeds import (
    Case,
    Item,
    atom,
    check,
    item,
    json_feed,
    rss,
    standing,
    telegram,
)
from tests.wires.test_paste import paste
from wires import retention
from wires.ingest import NotAPost, on_file, read_body, store, unhide
from wires.models import Post, PostVersion
from wires.platforms import parse
from wires.platforms.base import UnreadableBody

pytestmark = pytest.mark.django_db

FERRY = item(
    "Night ferry to Calvera is cancelled",
    "a/11",
    at="08:10",
    body="<p>Wind stopped the night boat, the line said.</p>",
)
GRAIN = item(
    "Grain exports rise for a third month",
    "a/12",
    at="08:40",
    body="<p>Silos shipped more wheat in May than in April.</p>",
)
COURT = item(
    "Court frees the captain of the Aurora",
    "a/13",
    at="09:20",
    body="<p>Judges found no reason to hold him longer.</p>",
)
BREAD = item(
    "Bakers ask for cheaper flour",
    "a/14",
    at="10:05",
    body="<p>A guild letter names the mills.</p>",
)
FOUR = (FERRY, GRAIN, COURT, BREAD)


def moved(*items, old="https://wire.example", new):
    return [replace(i, link=i.link.replace(old, new), guid=i.guid.replace(old, new)) for i in items]


def ended(*items, by):
    return [replace(i, link=i.link + by, guid=i.guid + by) for i in items]


def once(*items):
    return [f"1 {i.title}" for i in items]


BULLETIN = "https://wire.example/bulletin"
SHARED = (
    Case(
        "a bulletin address that carries each hour's story in turn",
        tuple(rss(replace(i, link=BULLETIN, guid="latest")) for i in FOUR),
        once(*FOUR),
    ),
    Case(
        "atom entries that all have the feed's own id and address",
        (atom(*(replace(i, link=BULLETIN, guid="tag:wire.example,2026:feed") for i in FOUR)),),
        once(*FOUR),
    ),
    Case(
        "json items that are all number 1",
        (json_feed(*(replace(i, guid="1") for i in FOUR)),) * 2,
        once(*FOUR),
    ),
    Case(
        "an article whose date moves with each update",
        (
            rss(item("Fire at the grain terminal", at="08:00", body="<p>Crews are on the way to the quay.</p>")),
            rss(item("Fire at the grain terminal", at="11:00", body="<p>Crews put the fire out by eleven, the office said.</p>")),
        ),
        ["2 Fire at the grain terminal"],
    ),
    Case(
        "a headline written new over the same article and date",
        (
            rss(item("Pilots report ice in the basin")),
            rss(item("Outer basin shut to all traffic")),
        ),
        ["2 Outer basin shut to all traffic"],
    ),
    Case(
        "one story listed twice in a document, word for word",
        (rss(FERRY, GRAIN, FERRY),),
        once(FERRY, GRAIN),
    ),
    Case(
        "two stories with one guid and links of their own, without dates",
        (
            rss(replace(FERRY, guid="item", at="")),
            rss(replace(COURT, guid="item", at="")),
        ),
        once(FERRY, COURT),
    ),
    Case(
        "a page of a live blog whose three entries return after two were gone",
        (
            rss(*(replace(i, link=BULLETIN, guid=BULLETIN) for i in (FERRY, GRAIN, COURT))),
            rss(replace(COURT, link=BULLETIN, guid=BULLETIN)),
            rss(*(replace(i, link=BULLETIN, guid=BULLETIN) for i in (FERRY, GRAIN, COURT))),
        ),
        once(FERRY, GRAIN, COURT),
    ),
)  # fmt: skip
MOVES = (
    Case(
        "another domain for every item",
        (rss(*FOUR), rss(*moved(*FOUR, new="https://harbour-wire.example"))),
        once(*FOUR),
    ),
    Case(
        "www and a slash at the end, in atom",
        (
            atom(*FOUR),
            atom(*ended(*moved(*FOUR, new="https://www.wire.example"), by="/")),
        ),
        once(*FOUR),
    ),
    Case(
        "a ref parameter in every guid",
        (rss(*FOUR), rss(*ended(*FOUR, by="?ref=feed"))),
        once(*FOUR),
    ),
    Case(
        "a java session in the path, new with each reading",
        (
            rss(*ended(*FOUR, by=";jsessionid=7F2A11")),
            rss(*ended(*FOUR, by=";jsessionid=09BC2E")),
            rss(*ended(*FOUR, by=";jsessionid=55D0AA.node2")),
        ),
        once(*FOUR),
    ),
    Case(
        "a php session in guids without one before",
        (
            rss(*ended(*FOUR, by="?PHPSESSID=3f9a0c11d2e4b5a6978812ab34cd56ef")),
            rss(*ended(*FOUR, by="?PHPSESSID=aa9a0c11d2e4b5a6978812ab34cd5600")),
        ),
        once(*FOUR),
    ),
    Case(
        "guids of numbers that stay while every link moves",
        (
            rss(*(replace(i, guid=f"id-{n}") for n, i in enumerate(FOUR))),
            rss(*(replace(i, guid=f"id-{n}") for n, i in enumerate(moved(*FOUR, new="http://m.wire.example")))),
        ),
        once(*FOUR),
    ),
    Case(
        "a move with one story more in the same reading",
        (
            rss(FERRY, GRAIN, COURT),
            rss(*moved(BREAD, FERRY, GRAIN, COURT, new="https://news.wire.example")),
        ),
        once(FERRY, GRAIN, COURT, BREAD),
    ),
    Case(
        "tag ids of another domain over the same links",
        (
            atom(*(replace(i, guid=f"tag:wire.example,2026:{n}") for n, i in enumerate(FOUR))),
            atom(*(replace(i, guid=f"tag:harbour.example,2026:{n}") for n, i in enumerate(FOUR))),
        ),
        once(*FOUR),
    ),
    Case(
        "two sites of an aggregator that number their pages alike",
        (
            rss(item("Mayor opens the new pier", "https://north.example/n/1"), item("Snow closes the pass", "https://south.example/n/1", body="<p>Ploughs wait.</p>")),
            rss(item("Snow closes the pass", "https://south.example/n/1", body="<p>Ploughs wait.</p>"), item("Mayor opens the new pier", "https://north.example/n/1")),
        ),
        ["1 Mayor opens the new pier", "1 Snow closes the pass"],
    ),
    Case(
        "the number of a draft becomes a readable address",
        (
            rss(replace(FERRY, guid="https://wire.example/?p=9811", link="https://wire.example/?p=9811")),
            rss(replace(FERRY, guid="https://wire.example/?p=9811", link="https://wire.example/2026/06/night-ferry/")),
        ),
        once(FERRY),
    ),
    Case(
        "a story put into another section",
        (
            rss(item("Rowers win in Calvera", "news/rowers-win-in-calvera-88121"), GRAIN),
            rss(item("Rowers win in Calvera", "sport/rowing/rowers-win-in-calvera-88121"), GRAIN),
        ),
        ["1 Rowers win in Calvera", f"1 {GRAIN.title}"],
    ),
    Case(
        "json ids in another case of letters and with spaces",
        (
            json_feed(replace(FERRY, guid="https://wire.example/A/11")),
            json_feed(replace(FERRY, guid=" https://WIRE.example/A/11 ")),
        ),
        once(FERRY),
    ),
)  # fmt: skip
SLUGS = (
    Case(
        "an address of words alone, of which one is corrected",
        (
            rss(item("Minster calls for calm in Calvera", "2026/06/25/minster-calls-for-calm-in-calvera")),
            rss(item("Minister calls for calm in Calvera", "2026/06/25/minister-calls-for-calm-in-calvera")),
        ),
        ["2 Minister calls for calm in Calvera"],
    ),
    Case(
        "a guid made of headline and date over one link",
        (
            rss(Item("Dockers vote on Friday", "https://wire.example/s?id=77", "Dockers vote on Friday|2026-06-25")),
            rss(Item("Dockers vote on Saturday", "https://wire.example/s?id=77", "Dockers vote on Saturday|2026-06-25")),
        ),
        ["2 Dockers vote on Saturday"],
    ),
    Case(
        "a slug parameter beside a number",
        (
            rss(item("Council passes buget", "story?slug=council-passes-buget&id=4410")),
            rss(item("Council passes budget", "story?slug=council-passes-budget&id=4410")),
        ),
        ["2 Council passes budget"],
    ),
    Case(
        "two routes that are late in one document and the next",
        (
            rss(item("Ferry late on route 4", "ferry-late-on-route-4")),
            rss(item("Ferry late on route 5", "ferry-late-on-route-5")),
        ),
        ["1 Ferry late on route 4", "1 Ferry late on route 5"],
    ),
    Case(
        "a daily series whose number is in slug and headline",
        (
            rss(item("Strike, day 12: what we know", "live/strike-day-12-what-we-know", at="24 18:00")),
            rss(item("Strike, day 13: what we know", "live/strike-day-13-what-we-know", at="25 08:00")),
        ),
        ["1 Strike, day 12: what we know", "1 Strike, day 13: what we know"],
    ),
    Case(
        "a headline in cyrillic letters and its slug in latin ones",
        (
            rss(item("Порт закрыт до утра", "news/port-zakryt-do-utra-551")),
            rss(item("Порт закрыт до вечера", "news/port-zakryt-do-vechera-551")),
        ),
        ["2 Порт закрыт до вечера"],
    ),
    Case(
        "the number stands first in the path",
        (
            rss(item("Ice closes basin", "51177/ice-closes-basin")),
            rss(item("Ice closes both basins, office says", "51177/ice-closes-both-basins-office-says")),
        ),
        ["2 Ice closes both basins, office says"],
    ),
)  # fmt: skip
REWRITTEN = (
    Case(
        "a new uuid over the same link and one word of headline",
        (
            rss(item("Storm", guid="6f1c1d8e-0000-4000-8000-000000000001")),
            rss(item("Storm", guid="c0ffee00-0000-4000-8000-000000000002")),
        ),
        ["1 Storm"],
    ),
    Case(
        "a random guid with each of four readings, in Chinese",
        tuple(rss(item("台风登陆", guid=f"r{n * 7919}")) for n in range(4)),
        ["1 台风登陆"],
    ),
    Case(
        "two short headlines that lead to the home page",
        (
            rss(Item("Storm", "https://wire.example/", "g1", at="08:00", body="<p>Wind of ten.</p>")),
            rss(Item("Vote", "https://wire.example/", "g2", at="09:00", body="<p>Polls open.</p>")),
        ),
        ["1 Storm", "1 Vote"],
    ),
    Case(
        "a short headline that grows while its guid changes",
        (
            rss(item("Port shut", guid="a-1")),
            rss(item("Port shut until dawn", guid="a-2")),
        ),
        ["2 Port shut until dawn"],
    ),
    Case(
        "a guid that becomes the link and an edit at once",
        (
            rss(item("Divers search the lock", guid="881")),
            rss(item("Divers search the lock", body="<p>Divers found a bell in the lock.</p>")),
        ),
        ["2 Divers search the lock"],
    ),
)  # fmt: skip


@pytest.mark.parametrize("case", SHARED, ids=lambda case: case.name)
def test_stories_under_one_identity_are_told_apart(case):
    check(case)


@pytest.mark.parametrize("case", MOVES, ids=lambda case: case.name)
def test_a_move_makes_no_post_new_and_joins_none(case):
    check(case)


@pytest.mark.parametrize("case", SLUGS, ids=lambda case: case.name)
def test_a_headline_in_the_address_is_not_the_identity(case):
    check(case)


@pytest.mark.parametrize("case", REWRITTEN, ids=lambda case: case.name)
def test_a_guid_that_is_rewritten_keeps_its_post(case):
    check(case)


def bluesky_channel():
    return make_channel(platform="bluesky", account="harbour.example")


def test_an_account_with_a_new_handle_says_its_posts_once():
    channel = bluesky_channel()
    renamed = bluesky.author(handle="port.example")

    read_body(channel, bluesky.feed(bluesky.post()), at=NOON, parse=parse)
    read_body(channel, bluesky.feed(bluesky.post(by=renamed)), at=later(hours=1), parse=parse)

    assert standing() == ["1 The ferry leaves at noon."]


@pytest.mark.parametrize("name", [bluesky.DID, "harbour.example"])
def test_a_polled_bluesky_post_is_on_file_by_either_name(editor, name):
    read_body(bluesky_channel(), bluesky.feed(bluesky.post()), at=NOON, parse=parse)

    found = on_file(f"https://bsky.app/profile/{name}/post/3lesheq2xbk2s")

    assert found == Post.objects.get()


def test_a_post_pasted_under_the_old_handle_is_the_one_polled_later(editor):
    paste(
        "https://bsky.app/profile/harbour.example/post/3lesheq2xbk2s",
        editor,
        text="The ferry leaves at noon.",
    )
    channel = Post.objects.get().channel

    read_body(channel, bluesky.feed(bluesky.post()), at=later(hours=1), parse=parse)

    assert Post.objects.count() == 1


def test_telegram_pages_with_and_without_the_numeric_id_hold_the_same_posts():
    bodies = tuple(telegram((7, "Port closed."), view=view) for view in (False, True, False))
    check(
        Case(
            "",
            bodies,
            ["1 Port closed."],
            channel={"platform": "telegram", "account": "harbournews"},
        )
    )


def test_a_telegram_name_in_capitals_is_the_same_channel():
    bodies = tuple(
        telegram((7, "Port closed."), name=name) for name in ("harbournews", "HarbourNews")
    )
    check(
        Case(
            "",
            bodies,
            ["1 Port closed."],
            channel={"platform": "telegram", "account": "harbournews"},
        )
    )


def test_a_telegram_page_of_which_some_messages_are_another_channel_s_stores_none_of_those():
    mine = telegram((7, "Port closed."))
    theirs = telegram((8, "Buy coins."), chat=1009999999)
    channel = make_channel(platform="telegram", account="harbournews")
    read_body(channel, mine, at=NOON, parse=parse)

    with pytest.raises(UnreadableBody):
        read_body(channel, theirs, at=later(hours=1), parse=parse)

    assert standing() == ["1 Port closed."]


def x_channel():
    return make_channel(platform="x", account="harbour")


LINKS = "https://x.com/harbour/status/"


@pytest.mark.parametrize("number", [x.FIRST, x.SECOND, x.THIRD])
def test_each_id_of_a_polled_edit_chain_leads_to_the_one_post(editor, number):
    body = x.page(x.post("The ferry leaves at one.", x.THIRD, edits=(x.FIRST, x.SECOND)))
    read_body(x_channel(), body, at=NOON, parse=parse)

    assert on_file(LINKS + number) == Post.objects.get()


@pytest.mark.parametrize("number", [x.FIRST, x.SECOND])
def test_a_post_pasted_by_an_id_of_its_chain_is_the_one_polled_later(editor, number):
    pasted = paste(LINKS + number, editor, text="The ferry leaves at noon.")
    body = x.page(x.post("The ferry leaves at one.", x.THIRD, edits=(x.FIRST, x.SECOND)))

    read_body(pasted.channel, body, at=later(hours=1), parse=parse)

    assert [post.versions.count() for post in Post.objects.all()] == [2]


def test_two_posts_pasted_by_ids_of_one_chain_become_one(editor):
    first = paste(LINKS + x.FIRST, editor, text="The ferry leaves at noon.")
    second = paste(LINKS + x.SECOND, editor, text="The ferry leaves at half past.")
    body = x.page(x.post("The ferry leaves at one.", x.THIRD, edits=(x.FIRST, x.SECOND)))

    for n in (1, 2):
        read_body(first.channel, body + b"\n" * n, at=later(hours=n), parse=parse)

    found = {on_file(LINKS + number) for number in (x.FIRST, x.SECOND, x.THIRD)}
    assert found == {first}
    second.refresh_from_db()
    assert (
        second.hidden_reason
        == f"The source says that this is an earlier or later edit of post {first.pk}."
    )
    assert second.versions.get().text == "The ferry leaves at half past."
    assert [version.n for version in first.versions.order_by("n")] == [1, 2]


def test_who_shows_a_joined_post_again_is_heeded(editor):
    first = paste(LINKS + x.FIRST, editor, text="The ferry leaves at noon.")
    second = paste(LINKS + x.SECOND, editor, text="The ferry leaves at half past.")
    body = x.page(x.post("The ferry leaves at one.", x.THIRD, edits=(x.FIRST, x.SECOND)))
    read_body(first.channel, body, at=later(hours=1), parse=parse)

    unhide(second, by=editor, at=later(hours=2))
    read_body(first.channel, body + b"\n", at=later(hours=3), parse=parse)

    second.refresh_from_db()
    assert not second.is_hidden


@pytest.mark.parametrize("erased", [x.FIRST, x.SECOND])
def test_what_was_erased_of_a_chain_does_not_come_back_as_another_post_of_it(editor, erased):
    posts = {
        number: paste(LINKS + number, editor, text=f"The ferry leaves, {number}.")
        for number in (x.FIRST, x.SECOND)
    }
    retention.erase(posts[erased], reason="court order", by=None, at=later(minutes=5))
    body = x.page(x.post("The ferry leaves at one.", x.THIRD, edits=(x.FIRST, x.SECOND)))

    read_body(posts[erased].channel, body, at=later(hours=1), parse=parse)

    assert not PostVersion.objects.filter(text__contains="at one").exists()


def test_parts_of_an_album_that_were_pasted_apart_are_one_post():
    channel = make_channel(platform="telegram", account="harbournews")
    for number in (7, 8):
        store(channel, document(raw("Port closed.", native_id=f"harbournews/{number}")), at=NOON)

    album = raw("Port closed.", native_id="harbournews/7", aliases=("harbournews/8",))
    store(channel, document(album), at=later(hours=1))

    assert [post.is_hidden for post in Post.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/s/harbournews/55?comment=9",
        "https://t.me/harbournews/55?single&comment=9",
        "https://telegram.me/harbournews/55?thread=3&comment=9",
        "https://harbournews.t.me/55?comment=9",
        "https://web.telegram.org/k/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3Dharbournews%26post%3D55%26comment%3D9",
    ],
)  # fmt: skip
def test_the_link_of_a_reader_s_comment_is_not_the_post(editor, link):
    with pytest.raises(NotAPost, match="comment"):
        paste(link, editor, text="Words of a reader.")

    assert not Post.objects.exists()
