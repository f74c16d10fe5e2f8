"""What a reading of a known post is, by its words, its history and the clock."""

import pytest

from tests.clock import NOON, later
from wires.ingest.deciding import (
    FLAPPING,
    MOST_COMPARED,
    Decision,
    Verdict,
    _beyond_comparing,
    _edited,
    _is_excerpt,
    _is_new_version,
    _judged,
    _last_said,
    _media_of,
    _stored_media,
    wording_of,
)
from wires.ingest.item import Item
from wires.models import Post, PostVersion
from wires.platforms.base import Media, RawPost

TITLE = "Calvera closes its harbour"


def make_version(pk, text="Nine ships wait.", *, at=NOON, **fields):
    return PostVersion(pk=pk, n=pk, title=TITLE, text=text, captured_at=at, **fields)


def make_item(text="Ten ships wait.", *, latest=None, post=None, **fields):
    raw = RawPost(native_id="1", title=TITLE, text=text, **fields)
    post = post or (latest and Post(pk=1, latest_version=latest))
    return Item(raw=raw, key="1", canonical_url="", post=post)


def judge(item, history, *, is_cited=False, at=NOON):
    return _judged(item, history, is_cited=is_cited, at=at)


def test_an_edit_is_compared_with_what_readers_see_and_with_nothing_where_that_is_nothing():
    latest = make_version(7)

    assert _edited(make_item(latest=latest)) == Decision(Verdict.EDITED, before=7)
    assert _edited(make_item(post=Post(pk=1))) == Decision(Verdict.EDITED, before=0)
    assert _edited(make_item()) == Decision(Verdict.EDITED, before=0)
    assert judge(make_item(post=Post(pk=1)), []) == Decision(Verdict.EDITED, before=0)


# What comes back


def back_and_forth(*, since):
    """Return an item that says what the first of two versions said, which `since` replaced."""
    first = make_version(1, "The harbour is closed.", at=later(days=-9))
    latest = make_version(2, "The harbour is shut.", at=since)
    return make_item("The harbour is closed.", latest=latest), [first, latest]


@pytest.mark.parametrize(
    ("since", "verdict"),
    [(later(hours=-23), Verdict.RETURNED), (NOON - FLAPPING, Verdict.EDITED)],
)
def test_words_return_where_they_went_less_than_a_day_ago(since, verdict):
    assert judge(*back_and_forth(since=since)).verdict is verdict


def test_words_that_return_are_an_edit_where_an_article_cites_the_post_or_a_person_entered_it():
    item, history = back_and_forth(since=NOON)
    assert judge(item, history, is_cited=True) == Decision(Verdict.EDITED, before=2)

    history[-1].captured_by_id = 5
    assert judge(item, history) == Decision(Verdict.EDITED, before=2)


def test_a_figure_that_returns_is_an_edit():
    first = make_version(1, "Nine ships and 12 tugs wait.")
    latest = make_version(2, "Nine ships and 14 tugs wait.")
    item = make_item("Nine ships and 12 tugs wait.", latest=latest)

    assert judge(item, [first, latest]) == Decision(Verdict.EDITED, before=2)


def test_what_was_said_is_known_by_the_last_version_that_said_it_and_never_by_the_newest():
    words = ("Closed.", "Open.", "Closed.", "Shut.")
    history = [make_version(n, text, at=later(hours=n)) for n, text in enumerate(words, 1)]

    def last_said(text):
        return _last_said(wording_of(make_item(text).raw), history)

    assert last_said("Closed.") == later(hours=4)
    assert last_said("Open.") == later(hours=3)
    assert last_said("Shut.") is None
    history[2].erased_at = NOON
    assert last_said("Closed.") == later(hours=2)


# One edit too many


TODAY = later(hours=-20)


def edited_today(count, *, oldest=TODAY):
    texts = ["The gate is red.", "The gate is blue.", "The gate is green.", "The gate is grey."]
    history = [
        make_version(n, texts[n - 1], at=later(hours=-5 + n) if n > 1 else oldest)
        for n in range(1, count + 1)
    ]
    return make_item("The gate is white.", latest=history[-1]), history


def test_the_fifth_version_of_a_day_takes_the_place_of_the_fourth():
    item, history = edited_today(4)

    assert judge(item, history) == Decision(Verdict.FOLDED, before=3, replaced=history[-1])


@pytest.mark.parametrize(
    ("count", "oldest"), [(3, TODAY), (4, NOON - FLAPPING)], ids=["three", "a day ago"]
)
def test_up_to_four_versions_a_day_each_stand(count, oldest):
    item, history = edited_today(count, oldest=oldest)

    assert judge(item, history) == Decision(Verdict.EDITED, before=count)


def test_nothing_takes_the_place_of_a_version_that_readers_do_not_see():
    item, history = edited_today(4)

    assert judge(item, [*history[:-1], make_version(9)]).verdict is Verdict.EDITED


# What is new at all


@pytest.mark.parametrize(
    ("fields", "is_new"),
    [
        ({}, True),
        ({"erased_at": NOON}, False),
        ({"source_edited_at": later(hours=-1)}, True),
        ({"source_edited_at": NOON}, True),
        ({"source_edited_at": later(seconds=1)}, False),
    ],
)
def test_a_reading_from_before_the_newest_edit_or_of_erased_words_is_no_version(fields, is_new):
    item = make_item(latest=make_version(1, **fields), source_edited_at=NOON)

    assert _is_new_version(item, None, by_person=False) is is_new


def test_a_pruned_post_gets_no_words_and_one_without_words_its_first():
    pruned = make_item(post=Post(pk=1, pruned_at=NOON))

    assert not _is_new_version(pruned, None, by_person=False)
    assert _is_new_version(make_item(post=Post(pk=1)), None, by_person=False)
    assert _is_new_version(make_item(), None, by_person=False)


# A beginning in the place of the whole


WHOLE = (
    "The harbour of Calvera is closed to large vessels. Pilots saw ice. Nobody knows until when."
    " Two tugs wait."
)


@pytest.mark.parametrize(
    ("text", "is_cited", "is_excerpt"),
    [
        ("The harbour of Calvera is closed to large vessels…", False, True),
        ("The harbour of Calvera is closed to large vessels…", True, True),
        ("The harbour of Calvera is closed to large vessels.", False, True),
        ("The harbour of Calvera is closed to large vessels.", True, False),
        ("The harbour of Calvera is open again to all vessels.", False, False),
    ],
)
def test_a_beginning_tells_less_and_of_a_cited_post_only_where_it_says_that_more_follows(
    text, is_cited, is_excerpt
):
    item = make_item(text, latest=make_version(1, WHOLE))

    assert _is_excerpt(item, [make_version(1, WHOLE)], is_cited=is_cited) is is_excerpt


def test_nothing_is_the_beginning_of_no_words():
    assert not _is_excerpt(make_item(post=Post(pk=1)), [], is_cited=False)


# Comparing


def test_the_longest_of_far_too_much_text_is_not_compared():
    def pair(key, length, stored="b"):
        raw = RawPost(native_id=key, text="a" * length)
        item = Item(raw=raw, key=key, canonical_url="")
        return item, PostVersion(text=stored)

    pairs = [pair("long", MOST_COMPARED), pair("short", 3), pair("same", 1, "a")]
    assert _beyond_comparing(pairs) == {"long"}

    exactly = [pair("long", MOST_COMPARED - 5), pair("short", 3)]
    assert _beyond_comparing(exactly) == set()


def test_pictures_are_the_same_from_whatever_host_they_come():
    raw = RawPost(
        native_id="1",
        media=(
            Media(kind="photo", id="cdn1.example/a/7", url="", alt=""),
            Media(kind="video", id="v1", url="", alt=""),
            Media(kind="photo", id="", url="", alt=""),
        ),
    )
    stored = PostVersion(
        media=[
            {"kind": "video", "id": "v1"},
            {"kind": "photo", "id": "cdn2.example/a/7"},
            {"kind": "reply", "id": "", "url": ""},
        ]
    )

    assert _media_of(raw) == _stored_media(stored) == {("photo", "a/7"), ("video", "v1")}
