"""One part that is too large to be read leaves the others to be checked, and nothing is wrong."""

import pytest

from articles.vetting import can_be_overridden, check, limits
from tests.articles.vetting.factories import (
    NOW,
    make_feed_source_ref,
    make_piece,
    make_second_source_ref,
    make_source_ref,
)

HUGE = "Ships wait. " * 100_000
LONG_POST = make_second_source_ref(key="huge", text=HUGE)


def findings_in(**fields):
    """Return the code and field of each finding but single-origin, which factories have."""
    found = check(make_piece(**fields), now=NOW)
    return [(each.code, each.field) for each in found if each.code != "single-origin"]


def test_a_body_is_checked_though_one_post_is_too_large():
    body = "On 31 June 40 ships waited [@r1]. It has no source [@zz]. Ships wait [@huge]."

    assert findings_in(body=body, sources=[make_source_ref(), LONG_POST]) == [
        ("too-large", "sources"),
        ("citation-unknown", "body"),
        ("impossible-date", "body"),
        ("figure-not-found", "body"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "In the roads 40 ships waited [@huge].",
        "“No ship will pass without my leave,” he said [@huge].",
        "Harbour Wire reported that 40 ships waited [@r1; @huge].",
        "Ships wait, AFP was told, as told AFP [@huge].",
    ],
)
def test_what_rests_on_a_post_that_is_too_large_is_not_asked_about(sentence):
    sources = [make_source_ref(), LONG_POST]

    assert findings_in(body=f"Ships wait [@r1]. {sentence}", sources=sources) == [
        ("too-large", "sources")
    ]


def test_headline_note_and_sources_are_checked_though_the_body_is_too_large():
    found = findings_in(
        headline="On 31 June 250 ships wait",
        body=HUGE,
        framing_note="We follow the order of 31 June.",
        sources=[make_source_ref(url="https://x.com/harbourwire")],
    )

    assert found == [
        ("too-large", "body"),
        ("source-not-a-post", "sources"),
        ("impossible-date", "headline"),
        ("impossible-date", "framing_note"),
    ]


def test_a_body_too_large_is_no_reason_to_say_that_its_sources_are_not_cited():
    assert findings_in(body="[a](" * 20_000, headline="250 ships wait") == [("too-large", "body")]


@pytest.mark.parametrize("field", ["headline", "standfirst", "framing_note", "social_text"])
def test_the_body_is_checked_though_another_field_is_too_large(field):
    found = findings_in(**{field: HUGE, "body": "On 31 June ships waited [@r1]."})

    assert found == [("too-large", field), ("impossible-date", "body")]


def test_posts_are_read_up_to_the_limit_of_all_together():
    posts = [make_feed_source_ref(key=f"r{n}", text="a b c " * 20_000) for n in range(6)]
    body = "In the roads 40 ships waited [@r0]. In the roads 50 ships waited [@r5]."

    found = list(check(make_piece(body=body, sources=posts), now=NOW))

    assert [each.excerpt for each in found if each.code == "too-large"] == ["r4"]
    figures = [each.evidence["figure"] for each in found if each.code == "figure-not-found"]
    assert figures == ["40"]


def test_each_post_that_is_too_large_is_named():
    posts = [make_feed_source_ref(key=f"r{n}", text=HUGE) for n in range(3)]

    found = check(make_piece(body="Ships wait [@r0; @r1; @r2].", sources=posts), now=NOW)

    assert [each.excerpt for each in found if each.code == "too-large"] == ["r0", "r1", "r2"]


def test_nothing_is_checked_where_too_many_sources_are_linked():
    posts = [make_feed_source_ref(key=f"r{n}") for n in range(limits.SOURCES + 1)]

    assert findings_in(body="On 31 June ships waited [@r1].", sources=posts) == [
        ("too-large", "sources")
    ]


def test_only_what_is_too_large_cannot_be_overridden():
    assert not can_be_overridden("too-large")
    assert can_be_overridden("figure-not-found")
