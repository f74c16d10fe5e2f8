"""Two posts that turn out to be one: every id leads to one of them, and the other is hidden."""

import pytest

from tests.articles.factories import cite
from tests.clock import NOON, later
from tests.wires.documents import raw
from tests.wires.factories import make_channel, make_post
from wires.ingest.item import Item
from wires.ingest.joining import join_posts
from wires.models import Post, PostAlias, native_id_hash

pytestmark = pytest.mark.django_db


def make_alias(post, native_id):
    hash_ = native_id_hash(native_id)
    return PostAlias.objects.create(
        channel=post.channel, post=post, native_id=native_id, native_id_hash=hash_
    )


def make_item(post, *others):
    return Item(raw=raw(), key="new", canonical_url="", post=post, others=others)


def leads_to():
    return dict(PostAlias.objects.values_list("native_id", "post"))


def test_all_ids_of_a_joined_post_lead_to_the_one_that_stays():
    channel = make_channel()
    kept, other, apart = (make_post(channel=channel, native_id=name) for name in "abc")
    make_alias(other, "b2")
    make_alias(apart, "c2")

    joined = join_posts(channel, [make_item(kept, other), make_item(apart)], at=later(hours=1))

    assert joined == [other.pk]
    assert leads_to() == {"b": kept.pk, "b2": kept.pk, "c2": apart.pk}
    hidden = Post.objects.filter(hidden_at__isnull=False)
    assert [*hidden.values_list("pk", "hidden_at", "hidden_reason")] == [
        (
            other.pk,
            later(hours=1),
            f"The source says that this is an earlier or later edit of post {kept.pk}.",
        )
    ]


def test_each_item_keeps_its_own_post_where_several_are_joined_at_once():
    channel = make_channel()
    kept, other, kept_too, other_too, third = (
        make_post(channel=channel, native_id=name) for name in "abcde"
    )

    joined = join_posts(
        channel, [make_item(kept, other), make_item(kept_too, other_too, third)], at=NOON
    )

    assert {*joined} == {other.pk, other_too.pk, third.pk}
    assert leads_to() == {"b": kept.pk, "d": kept_too.pk, "e": kept_too.pk}


def test_a_joined_post_is_joined_once(django_assert_max_num_queries):
    channel = make_channel()
    kept, other = make_post(channel=channel), make_post(channel=channel)
    join_posts(channel, [make_item(kept, other)], at=NOON)
    Post.objects.update(hidden_at=None)

    with django_assert_max_num_queries(2):
        again = join_posts(channel, [make_item(kept, other)], at=NOON)

    assert again == []
    assert not Post.objects.filter(hidden_at__isnull=False).exists()


def test_what_an_article_cites_stays_visible_and_what_was_hidden_keeps_its_reason():
    channel = make_channel()
    kept, cited = make_post(channel=channel), make_post(channel=channel)
    hidden = make_post(channel=channel, hidden_at=NOON, hidden_reason="Twice.")
    cite(cited)

    join_posts(channel, [make_item(kept, cited, hidden)], at=later(hours=1))

    cited.refresh_from_db()
    hidden.refresh_from_db()
    assert cited.hidden_at is None
    assert (hidden.hidden_at, hidden.hidden_reason) == (NOON, "Twice.")
    assert {*leads_to().values()} == {kept.pk}


def test_the_post_of_another_channel_with_that_id_stays():
    channel = make_channel()
    kept, other = make_post(channel=channel), make_post(channel=channel, native_id="b")
    twin = make_post(channel=make_channel(), native_id="b")
    make_alias(twin, "b2")

    joined = join_posts(channel, [make_item(kept, other)], at=NOON)

    twin.refresh_from_db()
    assert (joined, twin.hidden_at) == ([other.pk], None)
    assert leads_to()["b2"] == twin.pk


def test_posts_without_others_cost_no_query(django_assert_num_queries):
    channel = make_channel()

    with django_assert_num_queries(0):
        assert join_posts(channel, [make_item(None)], at=NOON) == []
