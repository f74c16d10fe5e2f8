"""Parts that pages share are made once, and never shown where they do not belong."""

from itertools import count

import pytest
from django.utils.translation import override

from tests.clock import NOON, later
from web.fragments import Fragments, Sharing, shared


@pytest.fixture
def make():
    """Return what makes another fragment each time."""
    numbers = count(1)
    return lambda: f"<p>{next(numbers)}</p>"


def test_a_fragment_is_made_once_until_the_minute_or_a_number_is_another(make):
    moments = [(NOON, 1), (later(seconds=59), 1), (later(seconds=60), 1), (later(seconds=60), 2)]

    made = [shared("wire", at=at, numbers=[number], make=make) for at, number in moments]

    assert made == ["<p>1</p>", "<p>1</p>", "<p>2</p>", "<p>3</p>"]


@pytest.mark.parametrize("jump", [{"minutes": -1}, {"days": 1}, {"days": -1}])
def test_a_fragment_is_made_again_where_the_clock_jumped(make, jump):
    shared("clocks", at=NOON, numbers=(), make=make)

    assert shared("clocks", at=later(**jump), numbers=(), make=make) == "<p>2</p>"


def test_a_fragment_of_one_name_or_language_is_not_shown_for_another(make):
    shared("sections", 1, at=NOON, numbers=(), make=make)

    other = shared("sections", 2, at=NOON, numbers=(), make=make)
    with override("cy"):
        welsh = shared("sections", 1, at=NOON, numbers=(), make=make)

    assert (other, welsh) == ("<p>2</p>", "<p>3</p>")
    assert shared("sections", 1, at=NOON, numbers=(), make=make) == "<p>1</p>"


def test_what_changes_while_a_fragment_is_made_is_in_the_next_one(make):
    number = [1]

    def slowly():
        made = make()
        number[0] += 1
        return made

    shared("wire", at=NOON, numbers=number, make=slowly)

    assert shared("wire", at=NOON, numbers=number, make=make) == "<p>2</p>"


def test_nothing_is_kept_while_templates_are_edited(make, settings):
    settings.DEBUG = True
    shared("wire", at=NOON, numbers=(), make=make)

    assert shared("wire", at=NOON, numbers=(), make=make) == "<p>2</p>"


def test_a_fragment_that_cannot_be_made_leaves_the_one_before_alone(make):
    def fail():
        raise ZeroDivisionError

    shared("wire", at=NOON, numbers=[1], make=make)

    with pytest.raises(ZeroDivisionError):
        shared("wire", at=NOON, numbers=[2], make=fail)

    assert shared("wire", at=NOON, numbers=[1], make=make) == "<p>1</p>"


def test_the_fragment_asked_for_longest_ago_makes_room(make):
    kept = Fragments(most=20)
    for name in ("first", "second", "first", "third"):
        kept.get(name, 1, make)

    again = [kept.get(name, 1, make) for name in ("first", "third", "second")]

    assert again == ["<p>1</p>", "<p>3</p>", "<p>4</p>"]


def test_a_fragment_larger_than_all_the_room_is_shown_and_not_kept(make):
    kept = Fragments(most=20)
    kept.get("small", 1, make)

    large = [kept.get("large", 1, lambda: "x" * 21 + make()) for _ in range(2)]

    assert large[0] != large[1]
    assert kept.get("small", 1, make) == "<p>1</p>"


def test_a_fragment_that_is_renewed_takes_the_room_of_the_old_one(make):
    kept = Fragments(most=20)
    kept.get("still there", 1, make)

    for number in range(5):
        kept.get("renewed", number, make)

    assert kept.get("still there", 1, make) == "<p>1</p>"


def test_a_page_that_asks_for_many_shares_them_with_those_that_ask_for_one(make):
    numbers = iter([1, 1, 2])
    pages = [Sharing.of(NOON, [number]) for number in numbers]

    made = [each.get("entry", 7, make=make) for each in pages]

    assert made == ["<p>1</p>", "<p>1</p>", "<p>2</p>"]
    assert shared("entry", 7, at=later(seconds=59), numbers=[2], make=make) == "<p>2</p>"
    assert pages[-1].get("entry", 8, make=make) == "<p>3</p>"
