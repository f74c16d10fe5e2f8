"""What changes between a first look and the second one, under the lock."""

from functools import partial

import pytest

from tests.clock import NOON, later
from tests.two_connections import just_before
from tests.wires.factories import make_channel
from tests.wires.test_ingest import document, raw
from wires import schedule
from wires.ingest import IngestOutcome, store
from wires.models import Channel, Domain, Post, PostVersion
from wires.retention import erase

pytestmark = pytest.mark.django_db

# The words that an edit is compared with are read outside the transaction, which is then tried again.
COMPARING = (
    'SELECT "wires_postversion"."id", "wires_postversion"."title", "wires_postversion"."text"'
)


def store_edit(channel, text, *, at=NOON):
    return store(channel, document(raw("Harbour", text=text)), at=at)


def test_a_post_that_is_erased_while_its_edit_is_compared_stays_erased():
    channel = make_channel()
    store_edit(channel, "Closed.")

    with just_before(
        COMPARING, lambda: erase(Post.objects.get(), reason="A court.", by=None, at=NOON)
    ):
        outcome = store_edit(channel, "Closed until noon.", at=later(hours=1))

    assert outcome == IngestOutcome(seen=1)
    assert PostVersion.objects.get().text == ""


def test_an_edit_is_compared_with_the_one_that_another_reading_stored_meanwhile():
    channel = make_channel()
    store_edit(channel, "Nine ships.")

    with just_before(COMPARING, partial(store_edit, channel, "Ten ships.", at=later(hours=1))):
        store_edit(channel, "Eleven ships.", at=later(hours=1))

    latest = Post.objects.get().latest_version
    assert (latest.n, latest.text) == (3, "Eleven ships.")
    assert latest.changes[1:3] == [["gone", "Ten"], ["new", "Eleven"]]


# Between the look at what is due and the leases, the domains are written down.
LEASING = 'INTO "wires_domain"'


def claim():
    return schedule.claim(due_at=NOON, at=NOON, most=10, worker="here:1")


def test_a_channel_that_is_paused_while_it_is_claimed_is_not_claimed():
    make_channel()

    with just_before(LEASING, lambda: Channel.objects.update(paused=True)):
        assert claim() == []


def test_a_domain_that_is_leased_while_it_is_claimed_is_not_claimed():
    make_channel(address="https://harbour.example/feed")
    lease = partial(schedule.lease_domain, "harbour.example", worker="here:2", at=NOON)

    with just_before(LEASING, lease) as between:
        claims = claim()

    assert (between, claims) == ([True], [])
    assert Domain.objects.count() == 1
