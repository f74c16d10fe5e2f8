"""A story of five thousand posts: every page of it opens, at the queries of a small one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import search
from wires.ingest.stories import join_new_posts, merge_into_story, part_from_story
from wires.models import Post, PostVersion, Story, native_id_hash

pytestmark = [pytest.mark.django_db, pytest.mark.long]

POSTS, CHANNELS = 5_000, 20
COPY = (
    "The harbour master of Port Lemuel said on Monday that 41 ships were waiting outside the bar",
    "They will not be let in before Thursday noon because the dredger Nadir has run aground.",
)


def make_story(count, *, until=NOON):
    """Make a story that some channels tell again and again, a post a second until some time."""
    story = Story.objects.create(created_at=NOON)
    channels = [
        make_channel(code=f"T{count}-{n}", outlet=make_outlet(f"Teller {n}"))
        for n in range(min(CHANNELS, count))
    ]
    ids = [f"https://teller.example/{story.pk}/{n}" for n in range(count)]
    Post.objects.bulk_create(
        Post(
            channel=channels[n % len(channels)], native_id=each, url=each, canonical_url=each,
            native_id_hash=native_id_hash(each), story=story,
            **dict.fromkeys(
                ("posted_at", "first_seen_at", "last_seen_at", "wire_at"), until - timedelta(seconds=count - n)
            ),
        )
        for n, each in enumerate(ids)
    )  # fmt: skip
    posts = list(Post.objects.filter(story=story).order_by("pk"))
    versions = PostVersion.objects.bulk_create(
        PostVersion(
            post=post, n=1, title=COPY[0], text=" ".join(COPY), language="en",
            captured_at=post.first_seen_at, content_hash=f"{post.pk:064d}",
        )
        for post in posts
    )  # fmt: skip
    for post, version in zip(posts, versions, strict=True):
        post.latest_version = version
    Post.objects.bulk_update(posts, ["latest_version"], batch_size=500)
    search.write_rows([post.pk for post in posts])
    return story


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(later(minutes=5), tick=False)


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked), response


def addresses(story):
    last = Post.objects.filter(story=story).order_by("pk").last()
    return (
        "/desk/wire/", f"/desk/wire/?post={last.pk}", "/desk/wire/?q=dredger", "/wire/",
        f"/wire/stories/{story.pk}/", f"/wire/posts/{last.pk}/",
    )  # fmt: skip


def test_pages_of_a_story_of_thousands_take_the_queries_of_a_small_one(client, noon):
    client.force_login(make_user(group="Wire desk"))
    small = make_story(60)
    for address in addresses(small):
        client.get(address)
    few = [queries_of(client, address)[0] for address in addresses(small)]
    large = make_story(POSTS, until=later(minutes=4))

    counted = [queries_of(client, address) for address in addresses(large)]

    assert [count for count, _ in counted] <= [count + 2 for count in few]
    desk, opened, _, wire, told, _ = [response for _, response in counted]
    assert desk.context["page"].rows[0].others_of_story == POSTS - 1
    assert len(desk.context["page"].rows) == CHANNELS
    assert len(opened.context["story"]) < 100
    assert wire.content.decode().count('class="post post--live"') == 1
    assert told.context["page"].older
    assert all(len(response.content) < 400_000 for _, response in counted)


def test_a_story_of_thousands_is_joined_parted_and_merged(noon):
    large, editor = make_story(POSTS), make_user(group="Wire desk")
    while join_new_posts(worker="here:1", now=lambda: later(minutes=5)):
        pass
    copy = make_post(title=COPY[0], text=" ".join(COPY), at=later(minutes=4))
    join_new_posts(worker="here:1", now=lambda: later(minutes=5))
    copy.refresh_from_db()
    assert copy.story == large

    part_from_story(copy, by=editor, at=later(minutes=5))
    other = make_post(title="Another thing altogether", story=Story.objects.create(created_at=NOON))
    last = Post.objects.filter(story=large).order_by("pk").last()
    story = merge_into_story([other.pk, last.pk], by=editor, at=later(minutes=5))

    copy.refresh_from_db()
    assert copy.story is None
    assert Post.objects.filter(story=story).count() == POSTS + 1
