"""One item of a document: by which id its post is known."""

from tests.wires.documents import document, raw
from wires.ingest.item import items_of
from wires.platforms.base import RawPost

# JSON can spell it, and no encoding can.
HALF = "\ud83d"


def keys_of(*posts, by_link):
    return [item.key for item in items_of(document(*posts), by_link=by_link)]


def test_posts_that_share_a_link_are_told_apart_though_half_a_character_is_in_their_titles():
    link = "https://harbour.example/live"
    posts = [raw(f"{HALF} {title}", native_id=title, link=link) for title in ("Ebb", "Flood")]

    flood, ebb = keys_of(*posts, by_link=True)

    assert ebb != flood
    assert ebb.startswith(f"{link}#")
    assert keys_of(*posts, by_link=True) == [flood, ebb]


def test_another_story_under_an_id_gets_one_of_its_own_though_half_a_character_is_in_its_title():
    ebb = raw(f"{HALF} Ebb tide bares the old mole", native_id="7", link="https://a.example/ebb")
    fire = raw(f"{HALF} Fire in a warehouse", native_id="7", link="https://a.example/fire")

    second, first = keys_of(ebb, fire, by_link=False)

    assert (first, second.partition("#")[0]) == ("7", "7")
    assert second != first


def test_an_item_with_a_link_beside_its_id_gets_another_id_of_both_and_one_without_a_link_none():
    ebb = raw("Ebb", native_id="7", link="https://a.example/ebb")
    named_by_link = raw("Flood", link="https://a.example/flood")
    without_link = RawPost(native_id="8", title="Tide")

    items = items_of(document(ebb, named_by_link, without_link), by_link=False)

    assert {item.key: item.reused for item in items} == {
        "7": "7#https://a.example/ebb",
        "https://a.example/flood": "",
        "8": "",
    }
