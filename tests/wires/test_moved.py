"""Items under an id never seen: which of the posts of their channel they are."""

import pytest

from tests.clock import NOON, later
from wires.ingest.item import Item
from wires.ingest.moved import (
    MOST_AT_ONE_ADDRESS,
    KnownPost,
    _by_erased_words,
    _by_link,
    _by_name,
    _by_number,
    _by_path,
    _by_slug,
    _has_visit,
    _known_post,
    _lone_pairs,
    _Pairs,
    resembles,
)
from wires.models import native_id_hash
from wires.platforms.base import RawPost

PAGE = "https://harbour.example/news/ships-wait-off-calvera-again"
TITLE = "Nine ships wait off Calvera"


def make_item(link=PAGE, *, native_id="", title=TITLE, posted_at=NOON, **fields):
    raw = RawPost(native_id=native_id or link, url=link, title=title, posted_at=posted_at)
    return Item(raw=raw, key=raw.native_id, canonical_url=link, **{"link": link} | fields)


def make_known(pk=1, link=PAGE, *, native_id="", **fields):
    native_id = native_id or link
    return KnownPost(
        pk=pk,
        native_id=native_id,
        native_id_hash=native_id_hash(native_id),
        canonical_url=link,
        url=link,
        **{
            "posted_at": NOON,
            "wire_at": NOON,
            "title": TITLE,
            "content_hash": "",
            "is_erased": False,
        }
        | fields,
    )


def matched(by, items, known, *, taken=()):
    pairs = _Pairs({}, {*taken})
    by(items, known, pairs, NOON)
    return pairs.found


def test_a_row_is_read_into_the_post_that_it_is_whether_its_words_are_confirmed_or_not():
    row = (7, "id", "hash", PAGE, NOON, later(hours=1), None, "url", "digest", "Seen", None)

    known = [_known_post((*row, *words)) for words in ((None, None), ("Later", later(hours=2)))]

    assert known[0] == KnownPost(
        pk=7, native_id="id", native_id_hash="hash", canonical_url=PAGE, posted_at=NOON,
        wire_at=later(hours=1), title="Seen", url="url", content_hash="digest", is_erased=False,
    )  # fmt: skip
    assert (known[1].title, known[1].is_erased) == ("Later", True)


# At one link


@pytest.mark.parametrize(
    ("address", "has_one"),
    [
        (f"{PAGE}?sid=7", True),
        (f"{PAGE}?id=7", False),
        (f"{PAGE}?id=7&sid=7", False),
        (PAGE, False),
        ("guid-7", False),
    ],
)
def test_an_id_holds_a_visit_where_nothing_else_is_in_its_query(address, has_one):
    assert _has_visit(address) is has_one


@pytest.mark.parametrize(
    ("native_id", "is_passing", "rewritten"),
    [(f"{PAGE}?sid=2", True, False), ("guid-2", False, True)],
    ids=["a visit's key", "another guid"],
)
def test_an_item_at_a_known_link_is_that_post_and_says_what_its_id_is_worth(
    native_id, is_passing, rewritten
):
    item = make_item(native_id=native_id)

    assert matched(_by_link, [item], [make_known(3)]) == {native_id: 3}
    assert (item.is_passing, item.rewritten) == (is_passing, rewritten)


@pytest.mark.parametrize(("days", "found"), [(-14, True), (-15, False)])
def test_a_new_guid_at_a_known_link_is_that_post_for_two_weeks(days, found):
    item = make_item(native_id="guid-2")

    pairs = matched(_by_link, [item], [make_known(3, wire_at=later(days=days))])

    assert pairs == ({"guid-2": 3} if found else {})


@pytest.mark.parametrize(("shares_id", "days", "found"), [
    (False, -15, False), (True, -14, True), (True, -15, False),
])  # fmt: skip
def test_an_id_that_items_share_says_nothing_of_a_post_without_a_link(shares_id, days, found):
    item = make_item(native_id="guid-2", shares_id=shares_id)
    post = make_known(3, "", native_id=PAGE, wire_at=later(days=days))

    assert matched(_by_link, [item], [post]) == ({"guid-2": 3} if found else {})


def test_a_post_that_another_item_is_stands_for_no_second_one():
    items = [make_item(native_id="guid-1"), make_item(native_id="guid-2")]
    known = [make_known(3), make_known(4)]

    assert matched(_by_link, items, known) == {"guid-1": 3, "guid-2": 4}
    assert matched(_by_link, items, known, taken=[3]) == {"guid-1": 4}


@pytest.mark.parametrize(("count", "found"), [(MOST_AT_ONE_ADDRESS, True), (9, False)])
def test_an_address_at_which_very_many_posts_stand_names_none(count, found):
    known = [make_known(pk) for pk in range(1, count + 1)]

    assert bool(matched(_by_link, [make_item(native_id="guid-2")], known)) is found


def test_an_erased_post_is_not_guessed_among_others_at_its_link():
    item = make_item(native_id="guid-2")
    erased = make_known(3, title="", is_erased=True, native_id="guid-1")
    other = make_known(4, title="Tides of the week", native_id="guid-0", posted_at=None)

    assert matched(_by_link, [item], [erased]) == {"guid-2": 3}
    assert matched(_by_link, [item], [erased, other]) == {}


# By a key that an item shares with one post alone


def lone(items, known, *, taken=()):
    pairs = _Pairs({}, {*taken})
    return [(item.key, post.pk) for item, post in _lone_pairs(items, known, pairs, "name")]


ELSEWHERE = PAGE.replace("/news/", "/world/")


def test_an_item_and_the_one_post_of_its_name_in_another_folder_are_a_pair():
    assert lone([make_item(ELSEWHERE)], [make_known(3)]) == [(ELSEWHERE, 3)]


def test_a_name_that_two_items_or_two_posts_have_pairs_nothing():
    two = [make_item(ELSEWHERE), make_item(PAGE.replace("/news/", "/sport/"))]

    assert lone(two, [make_known(3)]) == []
    assert lone(two[:1], [make_known(3), make_known(4)]) == []


def test_of_two_posts_of_a_name_the_one_that_is_not_taken_is_the_pair():
    assert lone([make_item(ELSEWHERE)], [make_known(3), make_known(4)], taken=[3]) == [
        (ELSEWHERE, 4)
    ]


def test_a_post_at_the_very_address_is_no_pair_and_an_address_without_a_name_has_none():
    assert lone([make_item(PAGE)], [make_known(3)]) == []
    assert lone([make_item("https://harbour.example/live")], [make_known(3)]) == []


def test_a_post_known_by_its_id_and_its_link_is_one():
    known = make_known(3, native_id=f"{PAGE}?sid=1")

    assert lone([make_item(ELSEWHERE)], [known]) == [(ELSEWHERE, 3)]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, True),
        ({"posted_at": later(minutes=1)}, False),
        ({"title": "Tides of the week in Calvera"}, False),
        ({"title": "", "is_erased": True}, True),
        ({"title": "", "is_erased": True, "posted_at": later(minutes=1)}, False),
    ],
)
def test_a_slug_in_another_folder_is_the_post_where_title_and_time_agree(fields, found):
    pairs = matched(_by_name, [make_item(ELSEWHERE)], [make_known(3, **fields)])

    assert pairs == ({ELSEWHERE: 3} if found else {})


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": "Tides", "posted_at": NOON}, True),
        ({"title": TITLE, "posted_at": later(hours=1)}, True),
        ({"title": "Tides", "posted_at": later(hours=1)}, False),
        ({"title": "", "is_erased": True, "posted_at": later(hours=1)}, True),
    ],
)
def test_a_number_with_another_slug_is_the_post_by_its_time_or_its_headline(fields, found):
    item = make_item("https://harbour.example/news/nine-ships-90210")
    known = make_known(3, "https://harbour.example/news/ships-90210", **fields)

    assert matched(_by_number, [item], [known]) == ({item.key: 3} if found else {})


@pytest.mark.parametrize(
    ("fields", "item_fields", "found"),
    [
        ({"title": "Nine ships wait off the coast"}, {}, True),
        ({"title": "Tides"}, {}, False),
        ({"title": "", "is_erased": True}, {}, True),
        ({"title": "", "is_pruned": True}, {}, True),
        ({"title": "Nine ships wait off the coast 2"}, {}, False),
        ({"posted_at": later(minutes=1)}, {}, False),
        ({"posted_at": None}, {"posted_at": None}, False),
    ],
)
def test_a_slug_that_followed_its_headline_is_the_post_of_that_folder_and_time(
    fields, item_fields, found
):
    item = make_item("https://harbour.example/news/nine-ships", **item_fields)
    known = make_known(3, "https://harbour.example/news/ships", **fields)

    assert matched(_by_slug, [item], [known]) == ({item.key: 3} if found else {})
    assert matched(_by_slug, [item, make_item(PAGE, **item_fields)], [known]) == {}


def test_a_site_that_moved_takes_all_its_posts_with_it_and_one_alone_does_not():
    def at(host, n):
        return f"https://{host}.example/news/{n}"

    known = [make_known(n, at("old", n), title=f"Story of {n}") for n in range(1, 6)]
    items = [make_item(at("new", n), title=f"Story of {n}") for n in range(1, 5)]
    rewritten = make_item(at("new", 5), title="Quite another headline", posted_at=later(days=1))
    strangers = [make_item(at("new", n), title=f"Else {n}") for n in (7, 8)]

    moved = matched(_by_path, [*items, rewritten], known)
    not_moved = matched(_by_path, [*items, rewritten, *strangers], known)

    assert moved == {at("new", n): n for n in range(1, 6)}
    assert not_moved == {at("new", n): n for n in range(1, 5)}


def test_erased_words_are_known_wherever_they_stand_by_their_hash():
    item = make_item("https://harbour.example/live")
    erased = make_known(3, title="", is_erased=True, content_hash=item.raw.content_hash())
    other = make_known(4, content_hash=item.raw.content_hash())

    assert matched(_by_erased_words, [item], [other, erased]) == {item.key: 3}
    assert matched(_by_erased_words, [item], [other, erased], taken=[3]) == {}


@pytest.mark.parametrize(
    ("title", "posted_at", "is_it"),
    [
        (TITLE, later(days=1), True),
        ("Nine ships wait off the coast", NOON, True),
        ("Nine ships wait off the coast", later(minutes=1), False),
        ("Nine ships wait off the coast", None, False),
        ("Tides", NOON, False),
    ],
)
def test_a_title_that_changed_a_little_is_the_same_story_at_one_time_only(title, posted_at, is_it):
    assert resembles(make_item().raw, title=title, posted_at=posted_at) is is_it
