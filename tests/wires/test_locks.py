"""Two at once on a channel, a domain or a post: who waits, who is skipped, and what comes of it."""

from functools import partial
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.two_connections import (
    just_before,
    on_two_connections,
    transaction_with_another_beside,
)
from tests.wires.factories import make_channel, make_post
from tests.wires.sites import never_fetched
from wires import ingest, schedule, search
from wires.ingest import FetchedBody, IngestOutcome, store
from wires.models import Channel, Domain, Evidence, Post, PostVersion
from wires.platforms.base import Document, RawPost
from wires.platforms.x.clock import x_id_at
from wires.pruning.captures import empty_bodies
from wires.pruning.posts import prune_posts
from wires.retention import erase

pytestmark = on_two_connections()


def page(text):
    link = "https://harbour.example/1"
    post = RawPost(native_id=link, url=link, title="Harbour", text=text, posted_at=NOON)
    return Document(kind="rss", posts=(post,))


def store_page(text, *, at=NOON):
    return store(Channel.objects.get(), page(text), at=at, body=FetchedBody.of(text.encode()))


def erase_post():
    return erase(Post.objects.get(), reason="A court.", by=None, at=NOON)


def texts():
    return list(PostVersion.objects.order_by("n").values_list("text", flat=True))


def claim(*, most=10):
    return schedule.claim(due_at=NOON, at=NOON, most=most, worker="here:1")


# A channel's posts


def test_a_reading_beside_another_finds_the_posts_that_the_other_stored():
    make_channel()

    with transaction_with_another_beside() as beside:
        first = store_page("Closed.")
        second = beside(store_page, "Closed.")

    assert second.waits
    assert (first, second.result()) == (IngestOutcome(new=1), IngestOutcome(seen=1))


def test_an_edit_that_is_read_beside_an_erasure_is_not_stored():
    make_channel()
    store_page("Closed.")

    with transaction_with_another_beside() as beside:
        erase_post()
        reading = beside(store_page, "Closed until noon.", at=later(hours=1))

    assert reading.waits
    assert reading.result() == IngestOutcome(seen=1)
    assert texts() == [""]


def test_an_erasure_beside_a_reading_empties_the_version_that_it_stored():
    make_channel()
    store_page("Closed.")

    with transaction_with_another_beside() as beside:
        store_page("Closed until noon.", at=later(hours=1))
        erasure = beside(erase_post)

    assert erasure.waits
    assert erasure.result() == 2
    assert texts() == ["", ""]


def paste(number, by, **fields):
    return ingest.paste(
        f"https://x.com/portwatch/status/{number}",
        by=by,
        at=NOON,
        fetch=never_fetched,
        parsers=SimpleNamespace(parse=None),
        **fields,
    )


def test_two_who_paste_one_link_at_once_get_one_post():
    number = x_id_at(later(minutes=-30))
    ada, ines = make_user(group="Wire desk"), make_user(group="Wire desk")

    with transaction_with_another_beside() as beside:
        first = paste(number, ada, text="The harbour is closed.")
        second = beside(paste, number, ines, text="The harbour is closed.")

    assert second.waits
    assert second.result() == first
    assert PostVersion.objects.get().captured_by == ada


def test_a_confirmation_beside_new_words_by_hand_does_not_forget_them():
    number, ada = x_id_at(later(minutes=-30)), make_user(group="Wire desk")
    ines = make_user(group="Wire desk")
    version = paste(number, ada, text="The harbour is closed.").newest_version

    with transaction_with_another_beside() as beside:
        paste(number, ada, text="The harbour is open.")
        confirming = beside(ingest.confirm, version, by=ines, at=NOON)

    assert confirming.waits
    confirming.result()
    post = Post.objects.get()
    assert (post.latest_version.n, post.unconfirmed_version.n) == (1, 2)


def test_a_screenshot_that_is_pasted_beside_an_erasure_is_not_kept():
    number, ada = x_id_at(later(minutes=-30)), make_user(group="Wire desk")
    paste(number, ada, text="The harbour is closed.")

    with transaction_with_another_beside() as beside:
        erase_post()
        pasting = beside(paste, number, ada, screenshot=b"picture")

    assert pasting.waits
    with pytest.raises(ingest.OtherWords):
        pasting.result()
    assert not Evidence.objects.exists()


# Whose turn it is


# Just before it, a domain is locked and its lease not yet written.
LEASING = 'UPDATE "wires_domain"'


def test_a_domain_that_another_is_leasing_is_not_claimed():
    make_channel(address="https://harbour.example/feed")
    Domain.objects.create(name="harbour.example")

    with (
        transaction_with_another_beside() as beside,
        just_before(LEASING, partial(beside, claim)) as between,
    ):
        is_ours = schedule.lease_domain("harbour.example", worker="here:2", at=NOON)

    (claiming,) = between
    assert (is_ours, claiming.waits, claiming.result()) == (True, False, [])


def test_a_domain_that_another_is_claiming_is_not_leased():
    make_channel(address="https://harbour.example/feed")
    Domain.objects.create(name="harbour.example")
    lease = partial(
        transaction.atomic(schedule.lease_domain), "harbour.example", worker="here:2", at=NOON
    )

    with (
        transaction_with_another_beside() as beside,
        just_before(LEASING, partial(beside, lease)) as between,
    ):
        claims = claim()

    (leasing,) = between
    assert (len(claims), leasing.waits, leasing.result()) == (1, False, False)


def test_two_pollers_that_claim_channels_of_one_outlet_at_once_do_not_wait():
    first, second = (make_channel(address=f"https://{name}.example/feed") for name in "ab")
    Domain.objects.bulk_create(Domain(name=f"{name}.example") for name in "ab")

    with (
        transaction_with_another_beside() as beside,
        just_before(LEASING, partial(beside, claim)) as between,
    ):
        (ours,) = claim(most=1)

    (claiming,) = between
    # What the first one looks at is locked for a moment, also what it leaves to the other.
    assert (claiming.waits, claiming.result()) == (False, [])
    (theirs,) = claim(most=1)
    assert first.outlet == second.outlet
    assert (ours.channel, theirs.channel) == (first, second)


def test_a_channel_that_an_editor_is_pausing_is_not_claimed():
    channel = make_channel()

    with transaction_with_another_beside() as beside:
        channel.paused = True
        channel.save()
        claiming = beside(claim)

    assert (claiming.waits, claiming.result()) == (False, [])


def test_a_lease_is_renewed_beside_an_editor_without_waiting():
    channel = make_channel(lease_owner="here:1", lease_until=NOON)
    held = Channel.objects.filter(pk=channel.pk)

    with transaction_with_another_beside() as beside:
        channel.paused = True
        channel.save()
        renewing = beside(held.renew, "here:1", at=NOON)

    assert (renewing.waits, renewing.result()) == (False, 0)


def test_a_body_that_an_erasure_is_emptying_is_left_to_it():
    make_channel()
    store_page("Closed.")

    with transaction_with_another_beside() as beside:
        erase_post()
        emptying = beside(lambda: sum(empty_bodies(later(days=1))))

    assert (emptying.waits, emptying.result()) == (False, 0)


def prune_all():
    return sum(prune_posts(later(days=1), at=later(days=1)))


def test_a_post_that_an_editor_is_writing_is_not_pruned():
    post = make_post()

    with transaction_with_another_beside() as beside:
        Post.objects.filter(pk=post.pk).update(hidden_reason="Not sure yet.")
        pruning = beside(prune_all)

    assert (pruning.waits, pruning.result()) == (False, 0)


def test_a_post_that_a_draft_cites_right_before_it_would_be_pruned_stays():
    post = make_post()

    with just_before(
        "FOR UPDATE SKIP LOCKED", partial(make_source, make_article(), post=post, key="x")
    ):
        pruned = prune_all()

    assert pruned == 0
    assert post.versions.count() == 1


def test_a_reading_beside_a_pruning_finds_the_post_pruned():
    make_post(native_id="https://harbour.example/1")

    with transaction_with_another_beside() as beside:
        prune_all()
        reading = beside(store_page, "Open.", at=later(days=1))

    assert reading.waits
    assert reading.result() == IngestOutcome(seen=1)
    assert Post.objects.get().is_pruned


# The index of posts


def test_a_rebuilding_beside_an_edit_leaves_the_words_of_the_edit_in_the_index():
    make_channel()
    store_page("Closed.")

    with transaction_with_another_beside() as beside:
        store_page("Open at noon.", at=later(hours=1))
        rebuilding = beside(lambda: sum(search.rebuild()))

    assert rebuilding.waits
    assert rebuilding.result() == 1
    query = search.SearchQuery.read("noon -closed", at=NOON)
    assert len(search.find_keys(query, most=2, is_public=True)) == 1
