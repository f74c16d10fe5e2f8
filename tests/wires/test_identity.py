"""Which post an item is, where its id alone does not tell."""

import pytest

from tests.clock import NOON, later
from tests.wires.documents import raw
from wires.ingest.identity import _is_another_story
from wires.ingest.item import Item
from wires.models import Post

SOONER, LATER = later(hours=-1), later(hours=1)


@pytest.mark.parametrize(
    ("posted_at", "item_at", "is_another"),
    [
        (SOONER, NOON, False),
        (SOONER, LATER, True),
        # Its source dated it ahead.
        (LATER, LATER, False),
        (LATER, later(hours=2), True),
        (None, NOON, False),
        (None, LATER, True),
        (SOONER, None, False),
    ],
)
def test_under_the_id_of_a_pruned_post_is_news_what_is_later_than_it_and_than_its_last_sight(
    posted_at, item_at, is_another
):
    post = Post(pruned_at=NOON, posted_at=posted_at, last_seen_at=NOON)
    story = raw(native_id="7", posted_at=item_at)
    item = Item(raw=story, key="7", canonical_url=story.url, story="7#story")

    assert _is_another_story(item, post) is is_another
