"""A day of a made-up wire in some minutes: in order, folded, with unread right, nothing lost.

Sixty feeds are read through the real ingest at a clock that is passed in, and looked at through the
pages of the desk and of readers.
"""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from benchmarks.stories import PRECISION, RECALL
from tests.newsroom.factories import make_user
from tests.wires.day_of_wire import LINES, TIMES, live_through, make_channels, make_day
from wires.lists import BURST, MOST_LINES
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.long]

DESK, MOST_NEW = "/desk/wire/", 100


def with_bursts(lines):
    return [each for line in lines for each in (line, *line.burst)]


def is_newest_first(posts):
    return all((a.wire_at, a.pk) > (b.wire_at, b.pk) for a, b in pairwise(posts))


class Reader:
    """Somebody at the desk, who opens some posts, and counts all as read every eight hours."""

    def __init__(self, client, chance):
        self.client, self.chance = client, chance
        client.force_login(make_user(group="Writer"))
        self.read_until, self.opened, self.newest = None, set(), 0
        self.looks = {}

    def look(self, minute):
        """Look at the first page, and expect in it what this person has not read yet."""
        self.read_until = self.read_until or timezone.now() - timedelta(hours=12)
        if self.newest:
            came_in = Post.objects.filter(pk__gt=self.newest).count()
            bar = self.client.get(f"{DESK}new/", {"since": self.newest}).json()
            assert bar == {"count": min(came_in, MOST_NEW)}
        page = self.client.get(DESK).context["page"]
        self.newest, self.looks[minute] = page.newest, page
        assert is_newest_first([row.post for row in page.rows])
        rows = with_bursts(page.rows)
        assert {row.post.pk for row in rows if row.is_unread} == {
            row.post.pk
            for row in rows
            if row.post.first_seen_at > self.read_until and row.post.pk not in self.opened
        }
        self.read(rows, is_all=minute % 480 == 0)

    def read(self, rows, *, is_all):
        for row in self.chance.sample(rows, 2):
            self.client.get(DESK, {"post": row.post.pk})
            self.opened.add(row.post.pk)
        if is_all:
            self.client.post(f"{DESK}read/")
            self.read_until, self.opened = timezone.now(), set()

    def rows_of(self, code, *, minute):
        return [row for row in self.looks[minute].rows if row.post.channel.code == code]


def pages(client, address):
    """Yield what each page of a list shows, from the newest on."""
    query = ""
    while True:
        context = client.get(f"{address}?{query}").context
        yield context
        query = context["page"].older
        if not query:
            return


def test_a_day_of_wire_shows_in_order_folded_and_with_unread_right(client, time_machine):
    day, channels = make_day(seed=17), make_channels()
    old = Post.objects.count()
    reader = Reader(client, day.chance)

    live_through(
        day, channels, move_to=lambda at: time_machine.move_to(at, tick=False), look=reader.look
    )

    stored = list(Post.objects.order_by("-wire_at", "-pk").values_list("pk", flat=True))
    assert len(stored) == len(day.items) + old
    expect_folds(reader)
    expect_all_at_the_desk(client, stored)
    expect_all_on_the_public_wire(client, stored)
    expect_stories(day)


def expect_folds(reader):
    lines = reader.rows_of("C0", minute=630)
    assert len(lines) == MOST_LINES
    assert lines[-1].burst
    assert lines[0].post.wire_at - lines[-1].burst[-1].post.wire_at < BURST
    (line,) = reader.rows_of("C1", minute=750)
    assert len(line.burst) > MOST_LINES


def expect_all_at_the_desk(client, stored):
    shown = [row.post.pk for each in pages(client, DESK) for row in with_bursts(each["page"].rows)]
    assert sorted(shown) == sorted(stored)


def expect_all_on_the_public_wire(client, stored):
    shown = []
    for context in pages(client, "/wire/"):
        posts = context["page"].rows
        lines = [line for hour in context["hours"] for line in hour.posts]
        assert is_newest_first([line.post for line in lines])
        folded = [post for each in with_bursts(lines) for post in (each.post, *each.folded)]
        assert sorted(post.pk for post in folded) == sorted(post.pk for post in posts)
        stories = [line.post.story_id for line in with_bursts(lines) if line.post.story_id]
        assert len(stories) == len({*stories})
        shown += [post.pk for post in posts]
    assert shown == stored


def expect_stories(day):
    story = dict(Post.objects.values_list("native_id", "story"))
    found = sum(story[one] is not None and story[one] == story[other] for one, other in day.told)
    false = sum(story[one] is not None and story[one] == story[other] for one, other in day.near)
    assert found / len(day.told) >= RECALL
    assert found / (found + false) >= PRECISION
    assert {story[f"again-{n}"] for n in range(TIMES)} == {story["again-0"]} != {None}
    assert not any(story[f"flood-{n}"] for n in range(LINES))
    assert not any(pk for guid, pk in story.items() if guid.startswith("only-"))
