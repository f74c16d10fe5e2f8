"""Copies of one text become one story, measured on copy written before the rule was."""

import re
from cProfile import Profile
from itertools import combinations
from string import ascii_lowercase

import pytest

from benchmarks.stories import PRECISION, RECALL, are_joined, read_pairs
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import ingest
from wires.copies import Copy, keys_of
from wires.ingest import stories
from wires.ingest.stories import (
    MOST_CANDIDATES,
    MOST_KEYED,
    join_new_posts,
    merge_into_story,
    part_from_story,
)
from wires.models import Post, Story, StoryKey, StoryRuling
from wires.retention import erase
from wires.stories import tell_the_same


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


def are_one(one, other, *, outlet=None):
    return tell_the_same(Copy.of(*one, outlet), Copy.of(*other, outlet))


HOLE = (
    "The hole is nine metres wide and about fourteen metres deep. Residents of 22 houses were brought to"
    " a gymnasium. Geologists suspect old mine workings from the 18th century, of which there are no"
    " plans. The city will fill the hole with 900 cubic metres of concrete, mayor Ina Wolter said."
)
PLEA = (
    " Support independent journalism: become a member of the Meridian Times for 3 pounds a month, and"
    " read every article on every device. You can cancel whenever you like, and the first week is free."
)


def test_copy_cut_to_a_third_under_another_head_is_the_same():
    whole = (
        "Sinkhole swallows bus stop in Garmen",
        f"A sinkhole opened in the centre of Garmen early on Thursday, the fire brigade said. {HOLE}"
        " A driver, Holger Tietz, had stopped his bus 30 metres away. The tram will not run for weeks.",
    )
    cut = (
        "'I saw the shelter go': hole opens in town centre",
        "A faulty traffic light may have saved lives in Garmen. The hole is nine metres wide and about"
        " 14 metres deep. Geologists suspect old mine workings from the 18th century.",
    )

    assert are_one(whole, cut)


def test_copy_between_the_furniture_of_two_outlets_is_the_same():
    one = (
        "Sinkhole swallows bus stop in Garmen",
        f"A sinkhole opened in Garmen early on Thursday. {HOLE}{PLEA}",
    )
    other = (
        "Hole opens in Garmen",
        f"They heard a crack, and the shelter was gone. {HOLE} Follow us: news from Garmen, Zell and"
        " Plauen every morning at seven in your inbox. Have you got a story? Ring the newsroom.",
    )

    assert are_one(one, other)


@pytest.mark.parametrize("outlet", [None, 1])
def test_two_articles_above_the_furniture_of_an_outlet_are_not_the_same(outlet):
    one = (
        "Library to close on Mondays",
        f"The library in Kesby closes on Mondays from April.{PLEA}",
    )
    other = ("Two hurt in crash", f"Two people were hurt when a van hit a wall in Ormside.{PLEA}")

    assert not are_one(one, other, outlet=outlet)


BACKGROUND = (
    " The landfill was used by the paint maker Colora from 1971 to 1988. Tests found solvents in eleven"
    " wells, and 3,400 people have been drinking bottled water since April. Colora went bankrupt in"
    " 1994. The state has set aside 14 million euros for the cleaning, which may take until 2034."
)


@pytest.mark.parametrize(("day", "other_day"), [("Monday", "Wednesday"), ("3 June", "11 June")])
def test_two_days_of_one_affair_with_one_background_are_not_the_same(day, other_day):
    title = "Third barrel found at Lenz landfill"
    denial = f"The mayor of Lenz told councillors on {day} that she knew of no barrels."
    barrel = (
        "Workers dug up a third barrel at the landfill in Lenz on {}, and it was rusted through."
    )

    said = ("Mayor of Lenz denies knowing of landfill", denial + BACKGROUND)

    assert not are_one(said, (title, barrel.format(other_day) + BACKGROUND))
    # All else is the same: it is the day that tells them apart.
    assert are_one(said, (title, barrel.format(day) + BACKGROUND))


def test_two_reports_that_both_go_on_before_the_same_background_are_not_the_same():
    one = " ".join(f"Councillor number {word} of Lenz spoke against it." for word in "abcdefg")
    other = " ".join(f"Neighbour {word} of the Lenz landfill wept and left." for word in "hijklmn")

    assert not are_one(
        ("Council of Lenz debates landfill", one + BACKGROUND),
        ("Neighbours of Lenz landfill leave", other + BACKGROUND),
    )


def test_lines_of_one_live_blog_with_other_times_are_not_the_same():
    title = "Live: Flood in the Orve valley"
    line = (
        " Heavy rain has made the Orve rise to its highest level since 1958. Some 14,000 people in six"
        " towns have been told to leave their homes, and 300 soldiers fill bags with sand in Vernay."
    )

    assert not are_one(
        (title, f"07:40 The dyke at Vernay is holding, and pumps have come.{line}"),
        (title, f"15:05 The dyke at Ablis has given way to the Orve.{line}"),
    )


CLIMBER = (
    "Rescuers on Sunday brought down a climber who spent two nights on a ledge at {} on Mount Aldane"
    " with a broken ankle. Kasper Wynne, a dentist from Holloway, survived temperatures of minus {} by"
    " burning the pages of a guidebook, the mountain service said. He is in a stable condition in"
    " hospital, and his brother, who had waited in the valley, thanked everyone who took part."
)


def test_feet_and_degrees_in_the_units_of_another_country_are_the_same():
    one = CLIMBER.format("9,800 feet", "14 Fahrenheit")
    other = CLIMBER.format("2,990 metres", "10 Celsius")

    assert are_one(("Climber saved after two nights", one), ("Aldane climber alive", other))


def test_sentences_with_other_figures_are_not_the_same():
    one = CLIMBER.format("2,990 metres", "10 Celsius")
    other = CLIMBER.format("3,110 metres", "12 Celsius")

    assert not are_one(("Climber saved after two nights", one), ("Aldane climber alive", other))


def test_an_update_with_another_figure_in_its_headline_is_not_the_same():
    landslide = (
        "At least {} people died when a slope gave way above the town of Huallpa at about 5 a.m. on Monday."
        " Thirty houses were buried. Soldiers are digging with their hands because the road is cut, and"
        " a bridge that was to open on Friday has gone. The governor asked for pumps and tents."
    )
    first = ("Landslide buries houses in Huallpa", landslide.format("four"))

    assert not are_one(first, ("Death toll in Huallpa rises to 19", landslide.format("19")))
    assert are_one(first, ("Slope gives way above Huallpa", landslide.format("four")))


def test_a_script_without_spaces_is_compared_by_its_signs():
    shared = (
        "乗客約3千人が最大2時間閉じ込められ、11人が体調不良を訴えて搬送された。市交通局によると、"
        "変電所の遮断器が老朽化していた。"
    )
    whole = (
        "地下鉄で停電、3千人が車内に",
        f"20日午前8時ごろ、緑市の地下鉄東西線で停電があった。{shared}市長は謝罪した。",
    )
    cut = ("「暗闇で2時間」緑市の地下鉄止まる", f"通勤客の朝は暗闇の中で始まった。{shared}")
    next_day = ("緑市の地下鉄、運転を再開", f"21日午後、緑市の地下鉄は運転を再開した。{shared}")

    assert are_one(whole, cut)
    assert not are_one(whole, next_day)


def test_the_longest_posts_are_compared_in_few_steps_whatever_they_say():
    words = [one + other for one in ascii_lowercase for other in "aeiouy"]
    changed = ["other" if n % 9 == 5 else words[n % 150] for n in range(460)]
    signs = [chr(0x4E00 + n) for n in range(500)]
    texts = [
        (" ".join(words * 3), " ".join(changed)),
        (" ".join(words[:100]) + " a" * 400, "a " * 400 + " ".join(words[:100])),
        ("".join(signs), "".join(signs[n] if n % 11 else "雨" for n in range(500))),
    ]

    for one, other in texts:
        copies = Copy.of("One headline", one), Copy.of("Another headline", other)
        with Profile() as profile:
            tell_the_same(*copies)
        assert len(copies[0].body) > 200
        # Ten thousand steps take about two milliseconds on a slow machine.
        assert sum(entry.callcount for entry in profile.getstats()) < 10_000


def test_a_longer_look_at_a_post_keeps_the_keys_that_are_stored():
    words = " ".join(read_pairs("reprints")[n][0].text for n in range(6))

    keys, before = ({*keys_of(Copy.of("", words[:length]))} for length in (2_000, 890))

    assert len(keys - before) > 5
    # But for those at the end, which see what comes after.
    assert len(before - keys) <= 2


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
def test_an_outlet_that_prints_one_plea_below_everything_does_not_crowd_out_a_copy():
    plea = PLEA + BACKGROUND
    copied = make_copy(ONE, code="A")
    channel = make_channel(code="PLEA", outlet=make_outlet("Plea"))
    for n, (_, (title, text, _)) in enumerate(read_pairs("reprints")[1 : MOST_CANDIDATES + 5]):
        make_post(title=title, text=text + plea, at=later(seconds=n), channel=channel)
    title, text, _ = OTHER
    copy = make_post(title=title, text=text + plea, at=later(minutes=3), channel=channel)

    join()

    assert stories_of(copy) == stories_of(copied) != [None]


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
