"""What the parts of a page rest on: read alike from rows and from the database, and made a key."""

from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from articles.page_parts.facts import FactList, facts_of, key_of, read_facts
from articles.page_parts.linked_data import as_moment
from tests.articles.factories import cite
from tests.clock import NOON
from tests.wires.factories import make_post

EAST = timezone(timedelta(hours=2))
ROW = ["Harbour Wire", None, True, 7, NOON]
NUMBERS = FactList(("number",), last=2)


def test_a_key_is_the_same_in_every_release_or_all_pages_are_rendered_again():
    """Where it is another on purpose, write it here: a deployment then renders every page."""
    assert key_of([ROW, ["", False, 0, "", NOON]], NOON) == "17a2d5a19ddbea143f295e40384fe5fe"


@pytest.mark.parametrize(
    "other",
    [
        ["Harbour Wire", None, 1, 7, "2026-06-25 12:00:00"],
        ["Harbour Wire", None, True, 7, NOON.astimezone(EAST)],
        ["Harbour Wire", None, True, 7, NOON.replace(tzinfo=None)],
    ],
    ids=["as SQLite has it", "in another zone", "without a zone"],
)
def test_a_value_has_one_key_however_a_database_holds_it(other):
    assert key_of([other], NOON) == key_of([ROW], NOON)


@pytest.mark.parametrize(
    "other",
    [
        [["Harbour Wire"], [None, True, 7, NOON]],
        [["Harbour Wire", "", True, 7, NOON]],
        [["Harbour Wire", None, False, 7, NOON]],
        [["Harbour Wire", None, True, 8, NOON]],
        [],
    ],
)
def test_what_is_another_fact_has_another_key(other):
    assert key_of(other, NOON) != key_of([ROW], NOON)


def test_the_year_of_a_key_is_that_of_utc():
    new_year = datetime(2027, 1, 1, 1, 0, tzinfo=EAST)

    assert key_of([ROW], new_year) == key_of([ROW], NOON)
    assert key_of([ROW], new_year + timedelta(hours=1)) != key_of([ROW], NOON)


def test_the_first_sources_of_a_feed_entry_count_up_to_the_last():
    rows = [SimpleNamespace(number=n) for n in (1, 2, 3)]

    assert facts_of(rows, NUMBERS) == [[1], [2]]
    assert facts_of(rows, FactList(("number",))) == [[1], [2], [3]]


def test_what_is_missing_on_the_way_to_a_fact_is_none():
    rows = [SimpleNamespace(number=1, note=None)]

    assert facts_of(rows, FactList(("number", "note__length"))) == [[1, None]]


@pytest.mark.django_db
def test_the_facts_of_two_versions_are_read_apart_in_order_and_up_to_the_last(
    django_assert_num_queries,
):
    three = cite(make_post(), make_post(), make_post()).live_version_id
    one = cite(make_post()).live_version_id

    with django_assert_num_queries(1):
        found = read_facts([one, three], NUMBERS)

    assert found == {three: [(1,), (2,)], one: [(1,)]}
    with django_assert_num_queries(0):
        assert read_facts([], NUMBERS) == {}


def test_machines_get_a_moment_in_utc_and_nothing_for_none():
    assert as_moment(datetime(2026, 6, 25, 14, 0, tzinfo=EAST)) == "2026-06-25T12:00:00Z"
    assert as_moment(NOON.astimezone(UTC)) == "2026-06-25T12:00:00Z"
    assert as_moment(None) == ""
