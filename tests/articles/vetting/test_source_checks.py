"""Checks on sources alone: their addresses, id times, versions and origins."""

from datetime import timedelta

import pytest

from articles.vetting import Level, OutletName, PostText, check
from tests.articles.vetting.factories import (
    NOW,
    POSTED,
    X_ID,
    make_feed_source_ref,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)
from wires.platforms.x.clock import x_id_at


def tid_at(moment):
    number, letters = int(moment.timestamp() * 1_000_000) << 10, "234567abcdefghijklmnopqrstuvwxyz"
    return "".join(letters[number >> 5 * place & 31] for place in reversed(range(13)))


def mastodon_url(moment, account="harbourwire"):
    return f"https://news.example/@{account}/{int(moment.timestamp() * 1000) << 16}"


def found(*sources, code=None, body=None, outlet_directory=()):
    marks = "; ".join(f"@{source.key}" for source in sources)
    piece = make_piece(body=f"Ships wait [{marks}]." if body is None else body, sources=sources)
    findings = list(check(piece, now=NOW, outlet_directory=outlet_directory))
    return [finding for finding in findings if code is None or finding.code == code]


def codes(*sources, **more):
    return [finding.code for finding in found(*sources, **more)]


def test_two_valid_sources_have_no_findings():
    assert codes(make_source_ref(), make_second_source_ref()) == []


# One id, two accounts


def test_one_id_under_two_accounts_on_x_is_held():
    twin = make_second_source_ref(
        platform="x", url=f"https://twitter.com/meridian/status/{X_ID}?s=20"
    )

    (finding,) = found(make_source_ref(), twin)

    assert (finding.code, finding.level, finding.field) == (
        "source-shared-id",
        Level.HOLD,
        "sources",
    )
    assert finding.excerpt == "r1, t1"
    assert finding.evidence["accounts"] == ["harbourwire", "meridian"]


def test_one_id_under_two_accounts_of_a_mastodon_server_is_held():
    one = make_source_ref(platform="mastodon", url=mastodon_url(POSTED))
    two = make_second_source_ref(platform="mastodon", url=mastodon_url(POSTED, "meridian"))

    assert codes(one, two) == ["source-shared-id"]


def test_telegram_and_other_mastodon_servers_may_repeat_a_number():
    telegram = make_source_ref(platform="telegram", url="https://t.me/harbourwire/117")
    one = make_source_ref(platform="mastodon", url=mastodon_url(POSTED))
    two = make_second_source_ref(platform="mastodon", url=one.url.replace("news.", "other."))

    assert codes(telegram, make_second_source_ref()) == []
    assert codes(one, two) == []


def test_an_address_without_an_account_takes_that_of_its_channel():
    bare = make_second_source_ref(platform="x", url=f"https://x.com/i/status/{X_ID}")

    assert "source-shared-id" not in codes(make_source_ref(), bare)
    bare = make_second_source_ref(platform="x", url=bare.url, account="@meridian")
    assert codes(make_source_ref(), bare) == ["source-shared-id"]


# One post, two sources


@pytest.mark.parametrize(
    ("platform", "one", "two"),
    [
        ("x", f"https://x.com/HarbourWire/status/{X_ID}", f"https://mobile.twitter.com/harbourwire/status/{X_ID}?s=20&t=a"),
        ("telegram", "https://t.me/HarbourWire/9", "https://t.me/s/harbourwire/9"),
        ("rss", "https://harbour.example/a?utm_source=x", "HTTPS://harbour.example/a#top"),
    ],
)  # fmt: skip
def test_a_post_linked_twice_is_a_query(platform, one, two):
    first, second = (
        make_source_ref(key=key, platform=platform, url=url)
        for key, url in (("r1", one), ("r2", two))
    )

    (finding,) = found(first, second, make_second_source_ref(), code="source-duplicate")

    assert (finding.level, finding.excerpt) == (Level.QUERY, "r1, r2")


# Clocks


@pytest.mark.parametrize("minutes", [-60, -3, 3, 60, 24 * 60])
def test_an_x_id_that_contradicts_the_time_of_the_post_is_held(minutes):
    url = f"https://x.com/harbourwire/status/{x_id_at(POSTED + timedelta(minutes=minutes))}"

    (finding,) = found(make_source_ref(url=url), make_second_source_ref())

    assert (finding.code, finding.level, finding.excerpt) == ("source-id-time", Level.HOLD, "r1")


@pytest.mark.parametrize("seconds", [-119, 0, 59, 120])
def test_an_x_id_may_differ_from_the_post_time_by_two_minutes(seconds):
    url = f"https://x.com/harbourwire/status/{x_id_at(POSTED + timedelta(seconds=seconds))}"

    assert codes(make_source_ref(url=url), make_second_source_ref()) == []


def test_an_x_id_matching_a_known_edit_is_accepted():
    edited = POSTED + timedelta(minutes=20)
    url = f"https://x.com/harbourwire/status/{x_id_at(edited)}"

    assert codes(make_source_ref(url=url, edits=(edited,)), make_second_source_ref()) == []
    assert codes(make_source_ref(url=url, edits=(POSTED,)), make_second_source_ref()) == [
        "source-id-time"
    ]


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        ("bluesky", f"https://bsky.app/profile/harbour.example/post/{tid_at(POSTED)}"),
        ("mastodon", mastodon_url(POSTED)),
    ],
)
def test_an_id_time_set_by_the_author_is_only_a_query(platform, url):
    late = make_source_ref(platform=platform, url=url, posted_at=POSTED + timedelta(hours=1))

    (finding,) = found(late, make_second_source_ref())

    assert codes(make_source_ref(platform=platform, url=url), make_second_source_ref()) == []
    assert (finding.code, finding.level) == ("source-id-time", Level.QUERY)


def test_ids_without_a_time_and_posts_without_a_time_have_no_findings():
    counted = make_source_ref(url="https://x.com/harbourwire/status/20")

    assert codes(counted, make_second_source_ref()) == []
    assert codes(make_source_ref(posted_at=None), make_second_source_ref(posted_at=None)) == []


# Posts edited or withdrawn


def test_a_post_edited_since_it_was_cited_is_held_with_the_difference():
    later = PostText(at=NOW, text="Twelve ships wait outside the port of Calvera.")

    (finding,) = found(make_source_ref(versions=(later,)), make_second_source_ref())

    assert (finding.code, finding.level, finding.excerpt) == ("source-changed", Level.HOLD, "r1")
    assert finding.evidence["now"] == "twelve"


@pytest.mark.parametrize(
    "same",
    [
        "Ships wait outside the port of Calvera",
        "SHIPS wait\u00a0outside  the port of\nCalvera.",
        "Ships\u200b wait outside the \u2066port\u2069 of Calvera.",
    ],
)
def test_a_change_of_typography_is_not_an_edit(same):
    assert (
        codes(make_source_ref(versions=(PostText(at=NOW, text=same),)), make_second_source_ref())
        == []
    )


@pytest.mark.parametrize(("was", "now"), [("1.5 tonnes", "15 tonnes"), ("Café shut", "Cafe shut")])
def test_a_changed_decimal_point_or_accent_is_an_edit(was, now):
    source = make_source_ref(text=was, versions=(PostText(at=NOW, text=now),))

    assert codes(source, make_second_source_ref()) == ["source-changed"]


def test_a_withdrawn_post_is_held():
    (finding,) = found(make_source_ref(deleted_at=NOW), make_second_source_ref())

    assert (finding.code, finding.level, finding.excerpt) == ("source-deleted", Level.HOLD, "r1")


# Uses of a source


def test_an_uncited_source_is_a_query_unless_it_is_background():
    body = "Ships wait [@r1]. No pilot came [@b1]."
    third = make_second_source_ref(
        key="b1", outlet="Lindow Echo", url="https://t.me/echo/4", text="No pilots."
    )

    (finding,) = found(make_source_ref(), make_second_source_ref(), third, body=body)

    assert (finding.code, finding.level, finding.excerpt) == ("source-uncited", Level.QUERY, "t1")
    assert (
        codes(make_source_ref(), make_second_source_ref(role="background"), third, body=body) == []
    )


def test_posts_of_one_outlet_have_one_origin():
    second = make_source_ref(
        key="r2", url="https://x.com/harbourwire/status/20", text="No pilot came."
    )

    (finding,) = found(make_source_ref(), second)

    assert (finding.code, finding.level) == ("single-origin", Level.QUERY)
    assert codes(make_source_ref()) == ["single-origin"]


@pytest.mark.parametrize(
    "repeated",
    [
        "Harbour Wire reports: ships wait off Calvera.",
        "Ships wait off Calvera, according to Harbour Wire.",
        "BREAKING: ships wait off Calvera, HW reports.",
        "Calvera: ships wait (via HW)",
    ],
)
def test_a_repost_is_not_a_second_origin(repeated):
    names = [OutletName(name="Harbour Wire", aliases=("HW",))]

    assert codes(
        make_source_ref(), make_second_source_ref(text=repeated), outlet_directory=names
    ) == ["single-origin"]


def test_two_posts_repeating_a_third_outlet_have_one_origin():
    names = [OutletName(name="Lindow Echo")]
    one = make_source_ref(text="Ships wait, the Lindow Echo reports.")
    two = make_second_source_ref(text="According to the Lindow Echo, no pilot came.")

    assert codes(one, two, outlet_directory=names) == ["single-origin"]


def test_posts_with_nearly_identical_text_have_one_origin():
    wire = "Twelve ships wait outside the port of Calvera after the harbour master closed it."
    same = make_second_source_ref(text=f"JUST IN: {wire} https://meridian.example/1")

    assert codes(make_source_ref(text=wire), same) == ["single-origin"]


def test_a_long_post_naming_another_outlet_is_its_own_origin():
    text = "Harbour Wire reports that ships wait. " + "We counted masts along the mole. " * 12

    assert codes(make_source_ref(), make_second_source_ref(text=text)) == []


def relay_and_original(body):
    told = "The port of Vesk stays shut, the minister told AFP. "
    relay = make_feed_source_ref(
        key="d1", outlet="Dawn", text=told + "We counted masts along the mole. " * 12
    )
    original = make_feed_source_ref(
        key="a1", outlet="AFP", text="Pilots at Vesk: nine ships have turned away since morning."
    )
    piece = make_piece(body=body, sources=[relay, original])
    return [found.code for found in check(piece, now=NOW)]


def test_a_long_post_cited_only_for_the_words_of_an_agency_counts_as_the_agency():
    body = "The minister told AFP that the port of Vesk stayed shut [@d1]. Nine ships turned [@a1]."

    assert "single-origin" in relay_and_original(body)


def test_a_relay_that_is_cited_for_its_own_words_too_is_an_origin_of_its_own():
    body = (
        "The minister told AFP that the port of Vesk stayed shut [@d1]. Vesk is shut [@d1]. "
        "Nine ships turned [@a1]."
    )

    assert "single-origin" not in relay_and_original(body)
