"""Words entered by hand that their outlet says again: which, and what is kept of that."""

import pytest

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.documents import raw
from tests.wires.factories import add_version, make_channel, make_post, withdraw
from wires.ingest.by_hand import confirm_fetched, find_same, on_file, says_the_same
from wires.ingest.item import Item
from wires.models import Capture, Confirmation, Post, PostVersion

WORDS = "The harbour of Calvera is closed."


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (WORDS, True),
        (f"Notice {WORDS}", True),
        (f"  Notice\n{WORDS} ", True),
        (f"{WORDS} Notice", False),
        ("Notice", False),
    ],
)
def test_a_copy_says_the_same_with_the_title_or_without(words, same):
    assert says_the_same(words, title="Notice", text=WORDS) is same


def test_of_a_post_without_a_text_its_title_was_copied():
    assert says_the_same("Notice", title="Notice", text=" ")
    assert not says_the_same("", title="Notice", text="")


def test_the_words_of_a_post_are_known_by_what_waits_and_by_what_readers_see():
    shown, waiting = PostVersion(n=1), PostVersion(n=2)

    assert on_file(Post(latest_version=shown, unconfirmed_version=waiting)) == [waiting, shown]
    assert on_file(Post(latest_version=shown)) == [shown]
    assert on_file(Post()) == []


@pytest.fixture
def ada(db):
    return make_user(group="Wire desk", name="ada")


def make_item(post, *, text=WORDS, key=""):
    post = post and Post.objects.with_newest_words().get(pk=post.pk)
    return Item(raw=raw(text=text), key=key or post.native_id, canonical_url="", post=post)


def test_each_post_is_the_one_whose_own_copy_is_said_again(ada, django_assert_num_queries):
    channel = make_channel()
    tugs = "Four tugs wait outside."
    first = make_post(channel=channel, text=WORDS, captured_by=ada)
    other = make_post(channel=channel, text=tugs, captured_by=ada)
    fetched = make_post(channel=channel, text=WORDS)
    items = [
        make_item(first),
        make_item(other, text=f"{tugs} Since noon."),
        make_item(fetched),
        make_item(None, key="new"),
    ]

    with django_assert_num_queries(3):
        same = find_same(items)

    assert same == {first.native_id: first.versions.get()}
    with django_assert_num_queries(0):
        assert find_same(items[2:]) == {}


def test_a_correction_that_waits_goes_before_what_readers_see(ada):
    post = make_post(text=WORDS, captured_by=ada)
    add_version(post, text=f"{WORDS} ", captured_by=ada, confirmed_by=make_user())
    waiting = add_version(post, text=WORDS, captured_by=ada)

    assert find_same([make_item(post)]) == {post.native_id: waiting}


def test_erased_words_and_words_that_were_fetched_wait_for_nobody():
    for version in (PostVersion(n=1, captured_by_id=5, erased_at=NOON), PostVersion(n=1)):
        post = Post(pk=1, native_id="1", unconfirmed_version=version)

        assert find_same([Item(raw=raw(text=""), key="1", canonical_url="", post=post)]) == {}


@pytest.mark.parametrize("was_confirmed", [False, True])
def test_what_is_kept_says_who_entered_it_and_in_which_bytes_it_came(ada, was_confirmed):
    second = make_user()
    post = make_post(text=WORDS, captured_by=ada)
    version = post.versions.get()
    if was_confirmed:
        Confirmation.objects.create(
            post_version=version, how="second", entered_by=ada, by=second, at=NOON
        )
    capture = Capture.objects.create(
        channel=post.channel, sha256="a" * 64, fetched_at=NOON, url="", size=1
    )
    item = make_item(post)

    confirm_fetched([(item, version)], capture, at=later(hours=1))

    post.refresh_from_db()
    assert Confirmation.objects.values().get() == {
        "post_version_id": version.pk,
        "id": Confirmation.objects.get().pk,
        "how": "fetched",
        "entered_by_id": ada.pk,
        "by_id": None,
        "at": later(hours=1),
        "capture_id": capture.pk,
        "content_hash": item.raw.content_hash(),
    }
    assert (post.latest_version, post.unconfirmed_version, post.state) == (version, None, "live")


def test_a_post_is_edited_once_readers_saw_two_versions_and_a_withdrawn_one_stays_so(ada):
    channel = make_channel()
    edited, seen_once, withdrawn = (make_post(channel=channel, text=WORDS) for _ in range(3))
    withdraw(withdrawn)

    for post, by in ((edited, None), (seen_once, ada), (withdrawn, None)):
        add_version(post, text=f"{WORDS} Since noon.", captured_by=by)

    assert [edited.state, seen_once.state, withdrawn.state] == ["edited", "live", "withdrawn"]


def test_nothing_to_confirm_costs_no_query(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        confirm_fetched([], None, at=NOON)

    assert not Confirmation.objects.exists()
