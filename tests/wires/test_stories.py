"""Copies of one text become one story, measured on copy written before the rule was."""

import re
from itertools import combinations

import pytest

from benchmarks.stories import PRECISION, RECALL, are_joined, read_pairs
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import ingest
from wires.ingest import stories
from wires.ingest.stories import (
    MOST_KEYED,
    join_new_posts,
    merge_into_story,
    part_from_story,
)
from wires.models import Post, Story, StoryKey, StoryRuling
from wires.retention import erase
from wires.stories import Copy, tell_the_same


def with_others(text):
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), text)


def with_other_figures(post):
    return post._replace(
        headline=with_others(post.headline),
        text=with_others(post.text),
    )


def test_reprints_are_found_and_near_misses_are_not():
    reprints, near = read_pairs("reprints"), read_pairs("near_misses")

    found = sum(are_joined(*pair) for pair in reprints)
    false = sum(are_joined(*pair) for pair in near)

    assert len(reprints) >= 60
    assert len(near) >= 60
    assert found / (found + false) >= PRECISION
    assert found / len(reprints) >= RECALL


def test_the_same_copy_with_other_figures_throughout_is_another_story():
    reprints = read_pairs("reprints")
    told_in_figures = [pair for pair in reprints if len(Copy.of(*pair[1]).figures) >= 3]

    joined = [
        one[0] for one, other in told_in_figures if are_joined(one, with_other_figures(other))
    ]

    assert len(told_in_figures) > 75
    assert joined == []


def test_no_reprint_joins_that_of_another_event():
    firsts = [Copy.of(*one) for one, _ in read_pairs("reprints")]

    assert not any(tell_the_same(*pair) for pair in combinations(firsts, 2))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BREAKING: {}", "{}"),
        ("UPDATE 2 – {}", "{} | Harbour Wire"),
        ("{}", "{}…"),
    ],
)
def test_marks_of_urgency_and_names_of_outlets_are_no_words_of_the_copy(one, other):
    headline = "Ferry runs aground off Skarholm with 214 people on board"
    body = "Lifeboats took everyone off within two hours on Monday."

    assert tell_the_same(Copy.of(one.format(headline), body), Copy.of(other.format(headline), body))


# Joining

ONE, OTHER = read_pairs("reprints")[0]
DENIED = ("Morning briefing", "Good morning.")

db = pytest.mark.django_db


def join(*, at=NOON):
    return join_new_posts(worker="here:1", now=lambda: at)


def make_copy(words, *, code, at=NOON, **fields):
    title, text, *_ = words
    channel = make_channel(code=f"CODE-{code}", outlet=make_outlet(f"Outlet {code}"))
    return make_post(title=title, text=text, at=at, channel=channel, **fields)


def stories_of(*posts):
    return list(
        Post.objects.filter(pk__in=[post.pk for post in posts]).values_list("story", flat=True)
    )


@db
def test_posts_of_two_outlets_that_print_one_text_become_one_story():
    first = make_copy(ONE, code="A")
    other = make_copy(DENIED, code="C")
    second = make_copy(OTHER, code="B", at=later(minutes=3))

    assert join() == 1
    assert join() == 0

    story = Story.objects.get()
    assert stories_of(first, second) == [story.pk, story.pk]
    assert stories_of(other) == [None]


@db
def test_a_copy_joins_the_story_that_was_there_before_within_three_days():
    make_copy(ONE, code="A")
    join()
    second = make_copy(OTHER, code="B", at=later(hours=71))
    join(at=later(hours=71))
    late = make_copy(ONE, code="D", at=later(hours=200))
    join(at=later(hours=200))

    assert stories_of(second) == [Story.objects.get().pk]
    assert stories_of(late) == [None]
    assert not StoryKey.objects.filter(at__lt=later(hours=100)).exists()


@db
def test_the_first_posts_of_each_story_stand_for_it(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(stories, "MOST_KEYED", 2)
    one, two, none = (Story.objects.create(created_at=NOON) for _ in range(3))
    # The newest of a story may be stored first.
    late = [make_post(story=one, at=later(hours=9 - n), title=f"One {n}") for n in range(3)]
    few = make_post(story=two, title="Two")
    make_post(title="Of none")
    asked = [stories._Known(late[2].pk, one.pk, Copy.of("", "")),
             stories._Known(few.pk, two.pk, Copy.of("", "")),
             stories._Known(7, None, Copy.of("", ""))]  # fmt: skip

    with django_assert_num_queries(2):
        found = stories._stories_of(asked)

    assert {story: [post.pk for post in posts] for story, posts in found.items()} == {
        one.pk: [late[0].pk, late[1].pk],
        two.pk: [few.pk],
    }
    assert none.pk not in found
    with django_assert_num_queries(0):
        assert stories._stories_of(asked[2:]) == {}


@db
def test_a_ruling_of_the_desk_says_who_made_it_when_and_is_replaced_by_the_next():
    first, second = make_copy(ONE, code="A"), make_copy(OTHER, code="B")
    join()
    second.refresh_from_db()
    ada, ines = make_user(group="Wire desk"), make_user(group="Wire desk")
    story = second.story

    part_from_story(second, by=ada, at=later(hours=1))
    parted = [*StoryRuling.objects.values_list("story", "post", "ruling", "by", "at")]
    merge_into_story([first.pk, second.pk], by=ines, at=later(hours=2))
    merged = StoryRuling.objects.order_by("post")

    assert second.story is None
    assert parted == [(story.pk, second.pk, "split", ada.pk, later(hours=1))]
    assert [*merged.values_list("story", "post", "ruling", "by", "at")] == [
        (story.pk, post.pk, "join", ines.pk, later(hours=2)) for post in (first, second)
    ]


@db
def test_old_hidden_and_unconfirmed_posts_join_nothing():
    make_copy(ONE, code="A")
    backfill = make_copy(OTHER, code="B", is_backfill=True)
    entered = make_copy(OTHER, code="C", captured_by=make_user())
    hidden = make_copy(OTHER, code="D")
    ingest.hide(hidden, by=make_user(group="Wire desk"), reason="Twice.", at=NOON)

    assert join() == 0
    assert stories_of(backfill, entered, hidden) == [None, None, None]


@db
def test_a_channel_that_posts_one_line_again_and_again_is_one_story_and_costs_few_keys():
    channel = make_channel()
    words = {"title": ONE[0], "text": ONE[1], "channel": channel}
    posts = [make_post(**words, at=later(seconds=n)) for n in range(MOST_KEYED + 20)]

    joined = join()

    assert joined == len(posts) - 1
    assert len({*stories_of(*posts)}) == 1
    assert StoryKey.objects.filter(key__gt=0).count() <= MOST_KEYED * 24
    late = make_post(**words, at=later(minutes=5))
    join(at=later(minutes=5))
    assert stories_of(late) == stories_of(posts[0])


@db
def test_joining_takes_few_queries_however_many_posts(django_assert_max_num_queries):
    for n, (one, other) in enumerate(read_pairs("near_misses")[:20]):
        make_copy(one, code=f"A{n}")
        make_copy(other, code=f"B{n}")

    with django_assert_max_num_queries(24):
        joined = join()

    assert joined == 0


@db
def test_only_one_worker_joins_at_a_time():
    from wires.ingest.stories import JOB
    from wires.models import DailyJob

    make_copy(ONE, code="A")
    make_copy(OTHER, code="B")
    DailyJob.objects.create(name=JOB, lease_owner="there:2", lease_until=later(minutes=1))

    assert join() == 0
    assert join(at=later(minutes=2)) == 1


@db
def test_a_post_that_an_editor_parted_stays_out_of_its_story():
    first, second = make_copy(ONE, code="A"), make_copy(OTHER, code="B")
    join()
    second.refresh_from_db()

    part_from_story(second, by=make_user(group="Wire desk"), at=NOON)
    third = make_copy(ONE, code="C", at=later(minutes=1))
    join(at=later(minutes=1))

    assert stories_of(second) == [None]
    assert stories_of(third) == stories_of(first)


@db
def test_stories_that_an_editor_merged_stay_one():
    first, second = make_copy(ONE, code="A"), make_copy(OTHER, code="B")
    far = make_copy(read_pairs("reprints")[1][0], code="C")
    join()

    story = merge_into_story([second.pk, far.pk], by=make_user(group="Wire desk"), at=NOON)
    join()

    assert stories_of(first, second, far) == [story.pk] * 3
    assert merge_into_story([far.pk], by=make_user(group="Wire desk"), at=NOON) is None


@db
def test_only_the_desk_rules_on_stories():
    post = make_copy(ONE, code="A", story=Story.objects.create(created_at=NOON))

    with pytest.raises(ingest.NotAllowed):
        part_from_story(post, by=make_user(), at=NOON)
    with pytest.raises(ingest.NotAllowed):
        merge_into_story([post.pk], by=make_user(), at=NOON)


@db
def test_an_erasure_forgets_the_keys_of_a_post():
    post = make_copy(ONE, code="A")
    join()
    assert StoryKey.objects.filter(post=post.pk, key__gt=0).exists()

    erase(post, reason="A court.", by=None, at=NOON)

    assert not StoryKey.objects.filter(post=post.pk).exists()
