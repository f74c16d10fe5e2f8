"""What a post that quotes erased words keeps of the quotation."""

import pytest

from tests.clock import NOON
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel, make_post
from wires.ingest.erased import without_erased
from wires.platforms.base import Media
from wires.retention import erase

pytestmark = pytest.mark.django_db


def test_of_an_erased_post_a_quotation_keeps_no_words_and_everything_else_stays():
    channel = make_channel()
    erase(make_post(channel=channel, native_id="7"), reason="Court order", by=None, at=NOON)
    quoted = Media(kind="quote", id="7", url="https://harbour.example/7", alt="Lind is ill.")
    other = Media(kind="quote", id="8", url="https://harbour.example/8", alt="Eels ran.")
    picture = Media(kind="photo", id="7", alt="The quay")
    quoting, plain = raw("The court sits", media=(quoted, other, picture)), raw("Eels")

    found, has_erased = without_erased(channel, document(quoting, plain))

    emptied = Media(kind="quote", id="7", url="https://harbour.example/7", alt="")
    assert has_erased
    assert [post.media for post in found.posts] == [(emptied, other, picture), ()]
    assert found.posts[1] is plain
