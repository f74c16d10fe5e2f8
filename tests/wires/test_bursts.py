"""A channel that posts very much at once folds in lists, and nothing is lost or out of order."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_outlet, make_post
from wires.lists import MOST_LINES, fold_bursts
from wires.models import Story


@dataclass
class Line:
    post: SimpleNamespace


def line(n, *, channel=1, story=None, seconds=0):
    return Line(
        SimpleNamespace(pk=n, channel_id=channel, story_id=story, wire_at=later(seconds=-seconds))
    )


def shape(lines):
    return [(first.post.pk, [each.post.pk for each in rest]) for first, rest in fold_bursts(lines)]


def test_a_burst_of_different_lines_folds_under_the_last_that_is_shown():
    burst = [line(n, seconds=n) for n in range(MOST_LINES + 15)]

    shown = shape(burst)

    assert [first for first, _ in shown] == list(range(MOST_LINES))
    assert shown[-1] == (MOST_LINES - 1, list(range(MOST_LINES, MOST_LINES + 15)))
    assert not any(rest for _, rest in shown[:-1])


def test_lines_of_other_channels_stand_between_those_of_a_burst_as_before():
    lines = [line(n, channel=1 + n % 2 * (n % 3), seconds=n) for n in range(60)]

    shown = shape(lines)

    assert sorted(pk for first, rest in shown for pk in (first, *rest)) == list(range(60))
    assert [first for first, _ in shown] == sorted(first for first, _ in shown)
    assert {2, 3} & {lines[first].post.channel_id for first, _ in shown}


@pytest.mark.parametrize(("gap", "is_folded"), [(59, True), (60, False)])
def test_a_channel_that_posts_a_line_a_minute_is_no_burst(gap, is_folded):
    lines = [line(n, seconds=gap * n) for n in range(MOST_LINES * 3)]

    assert any(rest for _, rest in shape(lines)) is is_folded


def test_what_a_channel_posts_again_of_one_story_folds_at_once():
    lines = [line(1, story=7), line(2, story=7, channel=2), line(3, story=7), line(4, story=8)]

    assert shape(lines) == [(1, [3]), (2, []), (4, [])]


@pytest.mark.django_db
def test_a_burst_folds_on_the_public_wire_but_not_where_its_outlet_is_asked_for(client):
    flood = make_channel(code="FLOOD", outlet=make_outlet("Flood"))
    for n in range(MOST_LINES + 5):
        make_post(channel=flood, title=f"Line {n}", at=later(seconds=-n))
    make_post(title="Quiet news", at=later(minutes=-1))

    wire = client.get("/wire/").content.decode()
    asked = client.get("/wire/?outlet=flood").content.decode()
    of_outlet = client.get(flood.outlet.get_absolute_url()).content.decode()

    assert wire.count("5 more from FLOOD") == 1
    assert wire.index("Line 9<") < wire.index("5 more from FLOOD") < wire.index("Line 14<")
    assert wire.index("Line 14<") < wire.index("Quiet news")
    assert "more from" not in asked + of_outlet


@pytest.mark.django_db
def test_a_story_and_a_burst_fold_in_one_list(client):
    flood = make_channel(code="FLOOD", outlet=make_outlet("Flood"))
    story = Story.objects.create(created_at=NOON)
    for n in range(MOST_LINES):
        make_post(channel=flood, title=f"Line {n}", at=later(seconds=-n))
    make_post(channel=flood, title="Told", story=story, at=later(seconds=-20))
    make_post(title="Told elsewhere", story=story, at=later(seconds=-30))

    wire = client.get("/wire/").content.decode()

    burst = wire[wire.index("1 more from FLOOD") :]
    assert "Told<" in burst
    assert "+1 in" in burst
    assert "Told elsewhere" not in wire
